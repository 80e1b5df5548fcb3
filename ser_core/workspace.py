"""Folders of the workspace, which ``SER_WORKSPACE`` can move."""

import os
from pathlib import Path

from ser_core.paths import expanded

ENVIRONMENT_VARIABLE = "SER_WORKSPACE"


def workspace_root() -> Path:
    """Return the workspace folder as an absolute path; it need not exist yet."""
    return expanded(os.environ.get(ENVIRONMENT_VARIABLE) or "workspace").absolute()


def runs_directory() -> Path:
    """Return the folder with one sub-folder per training run."""
    return workspace_root() / "runs"


def results_directory() -> Path:
    """Return the folder in which result files of ``evaluate`` are looked for."""
    return workspace_root() / "results"


def sweeps_directory() -> Path:
    """Return the folder with one sub-folder per sweep."""
    return workspace_root() / "sweeps"


def recordings_directory() -> Path:
    """Return the folder of recordings made in the app."""
    return workspace_root() / "recordings"


def tables_directory() -> Path:
    """Return the folder of tables of utterances that were brought in by the app."""
    return workspace_root() / "tables"


def downloads_directory() -> Path:
    """Return the folder of fetched corpora."""
    return workspace_root() / "downloads"


def spaces_directory() -> Path:
    """Return the folder of vectors from elsewhere that were opened in the app."""
    return workspace_root() / "spaces"


def views_directory() -> Path:
    """Return the folder of the views of spaces that were kept under a name."""
    return workspace_root() / "views"


def voices_directory() -> Path:
    """Return the folder of saved voices."""
    return workspace_root() / "voices"


def user_checkpoints_directory() -> Path:
    """Return the folder of checkpoints made here, as opposed to those that ship."""
    return workspace_root() / "checkpoints"


def reproduction_directory() -> Path:
    """Return the folder of the reproduction report's sweeps, from which a stopped one goes on."""
    return workspace_root() / "reproduction"


def cache_directory() -> Path:
    """Return the folder of files that can be deleted at any time."""
    return workspace_root() / "cache"


def bugs_directory() -> Path:
    """Return the folder of reports of bugs."""
    return workspace_root() / "bugs"


def microphone_lock() -> Path:
    """Return the file whose lock is held by the process that listens to this computer's microphone."""
    return workspace_root() / "microphone.lock"
