"""Promises of the repository as a whole: two commands, layers, licences, nothing pickled, no machine's own paths."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

REPOSITORY = Path(__file__).resolve().parents[1]
SHIPPED = ("app.py", "pages", "ui", "ser_core")
TEXTS = {".py", ".md", ".toml", ".txt", ".json", ".yaml", ".yml", ".sh", ""}
OPEN_THE_APP = "pip install -r requirements.txt && streamlit run app.py"
PASS_THE_TESTS = "pip install -r requirements-dev.txt && pytest"


def files_below(*names: str) -> Iterator[Path]:
    for name in names:
        start = REPOSITORY / name
        for path in [start] if start.is_file() else sorted(start.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def text_files() -> Iterator[Path]:
    top = [path.name for path in REPOSITORY.iterdir() if path.is_file() and not path.name.startswith(".")]
    folders = ("pages", "ui", "ser_core", "tests", "tools", "benchmarks", "docs", "checkpoints", ".ci", ".streamlit")
    return (path for path in files_below(*top, *folders) if path.suffix in TEXTS)


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def settings() -> dict[str, object]:
    return tomllib.loads(read("pyproject.toml"))


def requirements(name: str) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in read(name).splitlines())
    return [line for line in lines if line]


@pytest.mark.parametrize("command", [OPEN_THE_APP, PASS_THE_TESTS])
@pytest.mark.parametrize("file", ["README.md", ".ci/run"])
def test_both_commands_stand_literally_in_the_readme_and_in_the_check(file: str, command: str) -> None:
    assert command in read(file)


def test_the_check_is_an_executable_bash_script() -> None:
    script = REPOSITORY / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_has_a_tested_range_and_names_no_index(file: str) -> None:
    for line in requirements(file):
        assert line == "-r requirements.txt" or re.fullmatch(r"[a-z0-9-]+>=[\d.]+,<[\d.]+", line), line


def test_torch_is_asked_for_first_so_that_no_other_package_chooses_its_build() -> None:
    assert requirements("requirements.txt")[0] == "torch>=2.6,<2.14"


def test_no_lock_file_of_python_packages_is_committed() -> None:
    assert not (REPOSITORY / "uv.lock").exists()


def test_the_tools_for_the_browsers_scripts_have_exact_versions_and_name_no_registry() -> None:
    asked = json.loads(read("package.json"))
    assert "dependencies" not in asked  # what browsers load is bundled from our own files alone
    for name, version in asked["devDependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
    locked = json.loads(read("package-lock.json"))["packages"]
    assert locked[""]["devDependencies"] == asked["devDependencies"]
    for name, package in locked.items():
        assert "resolved" not in package
        assert name == "" or package["integrity"].startswith("sha512-"), name


def test_what_ships_imports_what_requirements_txt_names_no_more_and_no_less() -> None:
    declared = {re.split(r"[<>=]", line)[0] for line in requirements("requirements.txt")}
    extras = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = {re.split(r"[<>=]", line)[0] for lines in extras["optional-dependencies"].values() for line in lines}
    distributions = packages_distributions()
    missing: dict[str, str] = {}
    used: set[str] = set()
    for path in files_below(*SHIPPED):
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for top in {name.partition(".")[0] for name in names} - {"ser_core", "ui"} - sys.stdlib_module_names:
                found = {name.lower().replace("_", "-") for name in distributions.get(top, [top])}
                used |= found
                if not found & (declared | optional):
                    missing[top] = str(path.relative_to(REPOSITORY))
    assert not missing
    assert declared <= used


def test_every_room_of_the_core_has_its_layer() -> None:
    contracts = {contract["id"]: contract for contract in settings()["tool"]["importlinter"]["contracts"]}  # type: ignore[index]
    rooms = contracts["rooms"]
    assert rooms["exhaustive"] is True
    placed = {name.strip() for layer in rooms["layers"] for name in layer.split("|")}
    core = REPOSITORY / "ser_core"
    present = {path.stem for path in core.glob("*.py")} | {path.parent.name for path in core.glob("*/__init__.py")}
    assert present - {"__init__", "__main__"} == placed
    assert contracts["no-streamlit-in-core"]["forbidden_modules"] == ["streamlit"]
    assert contracts["no-torch-below-models"]["forbidden_modules"] == ["torch"]


def test_every_room_is_on_the_map() -> None:
    floor_plan = read("docs/architecture.md").partition("## The layers")[0]
    for folder in ("ser_core", "ui"):
        for path in sorted((REPOSITORY / folder).iterdir()):
            if path.name.startswith("__"):
                continue
            name = f"{path.name}/" if path.is_dir() else path.name
            assert re.search(rf"^  {re.escape(name)} ", floor_plan, re.MULTILINE), f"{folder}/{name}"


def test_what_comes_before_and_after_a_model_imports_where_there_is_no_torch() -> None:
    rooms = ("audio", "corpora", "recordings", "geometry", "embeddings")
    modules = ["ser_core.evaluation.metrics"]
    paths = [path for path in files_below(*(f"ser_core/{room}" for room in rooms)) if path.suffix == ".py"]
    modules += [
        ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__") for path in paths
    ]
    program = "import importlib, sys; sys.modules['torch'] = None; [importlib.import_module(m) for m in sys.argv[1:]]"
    done = subprocess.run(
        [sys.executable, "-c", program, *modules], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_pages_import_nothing_but_streamlit_and_ui() -> None:
    for path in files_below("pages"):
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module:
                    names = [node.module]
                assert {name.partition(".")[0] for name in names} <= {"streamlit", "ui"}, path.name


def public_classes(*names: str) -> Iterator[tuple[str, str]]:
    """Every public class at the top of a module, with its file."""
    for path in files_below(*names):
        if path.suffix == ".py":
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    yield node.name, str(path.relative_to(REPOSITORY))


def names_with_two_meanings(classes: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for name, file in classes:
        files.setdefault(name, []).append(file)
    return {name: found for name, found in files.items() if len(found) > 1}


def test_every_public_class_name_has_one_meaning() -> None:
    assert names_with_two_meanings([("Plan", "a.py"), ("Run", "a.py"), ("Plan", "b.py")]) == {"Plan": ["a.py", "b.py"]}
    assert not names_with_two_meanings(public_classes("ser_core", "ui"))


def test_nothing_that_ships_pickles_or_runs_text_as_code() -> None:
    words = re.compile(
        r"(import pickle|cPickle|joblib|torch\.load\(|torch\.save\(|allow_pickle=True|shell=True|\beval\(|\bexec\()"
    )
    evaluation_mode = re.compile(r"\.eval\(\)")
    for path in files_below(*SHIPPED):
        if path.suffix == ".py":
            found = words.search(evaluation_mode.sub("", path.read_text(encoding="utf-8")))
            assert not found, f"{path.relative_to(REPOSITORY)}: {found and found[0]}"


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    own = re.compile(r"(?<![A-Za-z0-9_.~>-])/(?:wor[k]|far[m]|roo[t]|tm[p]|hom[e]|User[s]|op[t])/[A-Za-z.]")
    for path in text_files():
        found = own.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path.relative_to(REPOSITORY)}: {found and found[0]}"


def test_every_link_in_the_texts_leads_to_a_file() -> None:
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    for path in text_files():
        if path.suffix == ".md":
            for target in link.findall(path.read_text(encoding="utf-8")):
                assert (path.parent / target).exists(), f"{path.relative_to(REPOSITORY)} links to {target}"


def test_the_code_is_under_apache_and_the_notice_excepts_what_came_from_recordings() -> None:
    assert "Version 2.0, January 2004" in read("LICENSE")
    licence = str(settings()["project"]["license"])  # type: ignore[index]
    # Of all that an installation holds.
    assert licence.split(" AND ") == ["Apache-2.0", "CC0-1.0", "CC-BY-NC-SA-4.0", "CC-BY-SA-4.0"]
    assert "under the terms of the" in read("NOTICE")


def test_the_changelog_has_an_unreleased_block() -> None:
    assert "## [Unreleased]" in read("CHANGELOG.md")


def test_a_skipped_browser_test_fails_where_a_browser_is_required(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makeconftest(read("tests/conftest.py"))
    pytester.makeini("[pytest]\nmarkers =\n    browser: x\n    real: x\n")
    pytester.makepyfile("""
        import pytest

        @pytest.mark.browser
        def test_needs_a_browser():
            pytest.skip("no browser here")

        def test_needs_something_else():
            pytest.skip("not here")
    """)
    monkeypatch.delenv("SER_REQUIRE_BROWSER", raising=False)
    pytester.runpytest_subprocess().assert_outcomes(skipped=2)
    monkeypatch.setenv("SER_REQUIRE_BROWSER", "1")
    pytester.runpytest_subprocess().assert_outcomes(skipped=1, failed=1)
