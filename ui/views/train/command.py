"""The command that measures a recipe, ready to be copied into a terminal."""

import itertools
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from ser_core.workspace import results_directory

if TYPE_CHECKING:
    from ser_core.recipes.published import Replication


def evaluate_command(recipe: str, repeat: "Replication | None") -> str:
    """Write the command; its result gets a name that no other result has.

    Args:
        recipe: name of a shipped recipe.
        repeat: corpus and protocol; without it, the demo corpus with new speakers in every fold.
    """
    corpus, protocol = (f"{repeat.corpus}:FOLDER", repeat.protocol) if repeat else ("demo", "speaker-k-fold")
    words = ["python", "-m", "ser_core", "evaluate", "--corpus", corpus, "--recipe", recipe, "--protocol", protocol]
    if repeat and repeat.mapping:
        words += ["--map", repeat.mapping]
    out = _free(results_directory() / f"{recipe}-{repeat.corpus if repeat else 'demo'}-{protocol}.json")
    here = Path.cwd()
    return shlex.join([*words, "--out", str(out.relative_to(here) if out.is_relative_to(here) else out)])


def _free(path: Path) -> Path:
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in itertools.count(2))
    return next(free for free in itertools.chain([path], numbered) if not free.exists())
