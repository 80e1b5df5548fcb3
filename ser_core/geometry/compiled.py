"""Import of umap-learn, which compiles itself, also without a writable package or home folder."""

import contextlib
import importlib
import os
import tempfile
from pathlib import Path
from typing import Any

from ser_core.workspace import cache_directory

_VARIABLE = "NUMBA_CACHE_DIR"


def umap_class() -> Any:
    """Import ``umap.UMAP``.

    numba keeps what it compiles beside the library or in the home folder. Where neither can be written (a read-only
    image, a container without a home) the import fails; it gets a folder in the workspace's cache then, or a temporary
    one, unless ``NUMBA_CACHE_DIR`` names one.
    """
    try:
        from umap import UMAP
    except RuntimeError as error:
        if "cannot cache" not in str(error) or os.environ.get(_VARIABLE):
            raise
        _name_folder()
        from umap import UMAP
    return UMAP


def _name_folder() -> None:
    os.environ[_VARIABLE] = str(_writable())
    importlib.import_module("numba.core.config").reload_config()  # came with UMAP, and has read the environment before


def _writable() -> Path:
    folder = cache_directory() / "numba"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    return Path(tempfile.mkdtemp(prefix="numba-"))
