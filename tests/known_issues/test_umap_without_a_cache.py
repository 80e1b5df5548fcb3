"""UMAP failed where neither its own folder nor the home folder could be written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# numba looks for a folder in these places; none of them can be written, as in a read-only image without a home.
SCRIPT = """
import numba.core.caching as caching

class Nowhere:
    @classmethod
    def from_function(cls, *_):
        return None

for name in ("_InTreeCacheLocator", "_InTreeCacheLocatorFsAgnostic", "_UserWideCacheLocator", "_IPythonCacheLocator"):
    if hasattr(caching, name):
        setattr(caching, name, Nowhere)
for kind in vars(caching).values():
    if hasattr(kind, "_locator_classes"):
        kind._locator_classes = [one for one in kind._locator_classes if "UserProvided" in one.__name__]
from ser_core.geometry.compiled import umap_class
print(umap_class()()(1))
import os
print(os.environ["NUMBA_CACHE_DIR"])
"""
# The real library compiles for half a minute; numba treats a function of this one no differently.
LIBRARY = """
from numba import njit

@njit("i8(i8)", cache=True)
def UMAP_of_one(number):
    return number + 1

def UMAP():
    return UMAP_of_one
"""


def cached(folder: Path, **changed: str) -> str:
    """Import the library where nothing can be cached, and return the folder that was named for it."""
    (folder / "umap.py").write_text(LIBRARY)
    changed["PYTHONPATH"] = os.pathsep.join([str(folder), str(Path.cwd())])
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env={**environment, **changed}, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("2\n"), done.stderr[-500:]
    return done.stdout.splitlines()[1]


def test_compiled_code_is_kept_in_the_workspace(tmp_path: Path) -> None:
    assert cached(tmp_path, SER_WORKSPACE=str(tmp_path)) == str(tmp_path / "cache" / "numba")
    assert any((tmp_path / "cache" / "numba").rglob("*.nbi"))


@pytest.mark.parametrize("workspace", ["/proc/none", "a-file"])
def test_where_the_workspace_cannot_be_written_either_a_temporary_folder_is_used(
    tmp_path: Path, workspace: str
) -> None:
    (tmp_path / "a-file").touch()
    folder = cached(tmp_path, SER_WORKSPACE=str(tmp_path / workspace), TMPDIR=str(tmp_path))
    assert Path(folder).parent == tmp_path


def test_a_folder_that_is_named_is_kept_to(tmp_path: Path) -> None:
    folder = cached(tmp_path, NUMBA_CACHE_DIR=str(tmp_path / "named"), SER_WORKSPACE=str(tmp_path))
    assert folder == str(tmp_path / "named")
    assert not (tmp_path / "cache").exists()
