"""Apply a mutation to a copy of the tree, run the tests concerned there, and say what they noticed."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.mutations.mutation import REPOSITORY, Mutation

Outcome = Literal["caught", "survived", "broken"]

# What is left out of the copy: what git ignores, and what no test concerned reads.
_LEFT_OUT = (
    ".git",
    "__pycache__",
    ".*_cache",
    "workspace",
    "screenshots",
    ".venv",
    "node_modules",
    "*.egg-info",
    ".coverage*",
)
_OF_AN_ASSERTION = re.compile(r"(assert |AssertionError|Failed:)")
_LONGEST = 300  # seconds that the tests concerned may take


@dataclass(frozen=True)
class Found:
    """What became of a mutation.

    Attributes:
        outcome: ``caught`` if an assertion failed, ``survived`` if every test passed, ``broken`` if its text no
            longer applies, or the tests failed in another way: on import, in a fixture, by an exception that no test
            expected, or by not ending.
        reason: the first line of the failure, or why it was none.
    """

    outcome: Outcome
    reason: str


@contextmanager
def copied_tree() -> Iterator[Path]:
    """Give a copy of the working tree, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(REPOSITORY, tree, ignore=_left_out, symlinks=True)
        yield tree


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Name what of a folder is not copied; the data that lie in ``shared`` beside the code are none of it."""
    data = {"shared"} if Path(folder) == REPOSITORY else set()
    return data | shutil.ignore_patterns(*_LEFT_OUT)(folder, names)


def tried(mutation: Mutation, tree: Path) -> Found:
    """Apply a mutation in a copied tree, run the tests concerned, and take it back."""
    file = tree / mutation.file
    try:
        before = file.read_text(encoding="utf-8")
        changed = mutation.applied(before)
    except (OSError, ValueError) as error:
        return Found("broken", str(error))
    file.write_text(changed, encoding="utf-8")
    try:
        return _found(mutation.tests, tree)
    finally:
        file.write_text(before, encoding="utf-8")


def _found(tests: tuple[str, ...], tree: Path) -> Found:
    report = tree.parent / "report.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-x", "-p", "no:cacheprovider"]
    command += ["-m", "browser"] if any(test.startswith("tests/browser/") for test in tests) else []
    # A file that was changed twice in one second would be found in the cache of byte code as it was first.
    # A browser that is not there must not pass for a mutation that survived.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "SER_REQUIRE_BROWSER": "1"}
    try:
        done = subprocess.run(
            [*command, f"--junitxml={report}", *tests],
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Found("broken", f"the tests had not ended after {_LONGEST} s")
    if done.returncode == 0:
        return Found("survived", f"every test passed: {' '.join(tests)}")
    messages = failures(report.read_text(encoding="utf-8")) if report.exists() else []
    asserted = [message for message in messages if _OF_AN_ASSERTION.match(message)]
    if done.returncode == 1 and asserted:
        return Found("caught", asserted[0].splitlines()[0])
    return Found("broken", (messages or done.stdout.splitlines()[-1:] or ["pytest said nothing"])[0].splitlines()[0])


def failures(report: str) -> list[str]:
    """Return the messages of the tests that failed in a JUnit report; errors in fixtures and on import are none.

    Examples:
        >>> failures('<testsuites><testcase><failure message="assert 1 == 2"/></testcase></testsuites>')
        ['assert 1 == 2']
        >>> failures('<testsuites><testcase><error message="ImportError: no"/></testcase></testsuites>')
        []
    """
    return [failure.get("message", "") for failure in ElementTree.fromstring(report).iter("failure")]
