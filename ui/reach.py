"""Access control for paths that visitors name.

Visitors who sit at the computer may name any. Others reach the workspace, the corpora in the package, and the folders
in the environment variable ``SER_FOLDERS``, which are separated as those in ``PATH``. Every field for a path asks here
before anything is looked at: an answer like "there is no such folder" would tell a stranger what there is.
"""

import os
from pathlib import Path

from streamlit import config

from ser_core.corpora import CORPORA
from ser_core.corpora.joining import parts_of
from ser_core.errors import InputError
from ser_core.paths import expanded
from ser_core.workspace import workspace_root
from ui.server.hosts import LOOPBACK
from ui.whereabouts import sits_here

ENVIRONMENT_VARIABLE = "SER_FOLDERS"
_LONGEST_SHOWN = 200


def open_folders() -> tuple[Path, ...]:
    """Return the folders that visitors from elsewhere may name paths in, besides the workspace."""
    named = os.environ.get(ENVIRONMENT_VARIABLE, "").split(os.pathsep)
    return tuple(expanded(folder).absolute() for folder in named if folder.strip())


def is_limited() -> bool:
    """Tell whether this visitor reaches certain folders alone: the app listens beyond this computer, or passes on."""
    return config.get_option("server.address") not in LOOPBACK or not sits_here()


def in_reach(path: str | Path) -> bool:
    """Tell whether this visitor may name a path."""
    if not is_limited():
        return True
    try:
        real = Path(os.path.realpath(expanded(path)))
        reached = (workspace_root(), *_shipped_folders(), *open_folders())
        return any(real.is_relative_to(os.path.realpath(folder)) for folder in reached)
    except (OSError, ValueError):  # no system has such a path
        return False


def require_reach(path: str | Path) -> None:
    """See that this visitor may name a path.

    Raises:
        InputError: if not; says which folders are open.
    """
    if in_reach(path):
        return
    shown = ", ".join(map(str, open_folders())) or "none"
    raise InputError(
        f"Expected a path in a folder that is open to visitors from other computers ({shown}); got "
        f"{str(path)[:_LONGEST_SHOWN]!r}. Let {ENVIRONMENT_VARIABLE} name its folder where the app is started, or open "
        "the app on that computer."
    )


def require_corpus_in_reach(spec: str) -> None:
    """See that this visitor may open a corpus.

    Args:
        spec: as ``--corpus`` takes it.

    Raises:
        InputError: if its folder or table is not in reach.
    """
    for part in parts_of(spec):
        kind, colon, folder = part.partition(":")
        if kind not in CORPORA:
            require_reach(part)
        elif colon:
            require_reach(folder)


def _shipped_folders() -> tuple[Path, ...]:
    return tuple(kind.shipped for kind in CORPORA.values() if kind.shipped is not None)
