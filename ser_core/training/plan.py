"""What a run is about to do: checked before anything is computed, kept in ``config.toml``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tomli_w

from ser_core.config import FileRecord, override, read_toml
from ser_core.corpora import CORPORA, Manifest, open_corpus
from ser_core.corpora.joining import SEPARATOR, parts_of
from ser_core.corpora.protocols import make_folds
from ser_core.corpora.splits import Fold
from ser_core.errors import ConfigError
from ser_core.models import EMOTION
from ser_core.paths import exists, expanded
from ser_core.recipes import Recipe, recipe_table
from ser_core.recipes.recipe import recipe_of
from ser_core.storage import write_text_atomically
from ser_core.training.fit import require_trainable, trained_fold

CONFIG = "config.toml"
MOST_EPOCHS = 100_000  # between two snapshots: what a stage can have at most


@dataclass(frozen=True)
class Plan:
    """What a run is about to do, checked before anything is written or computed.

    The manifest's emotions are mapped; ``table`` is the recipe as TOML, overrides applied; ``snapshots`` are the epochs
    between two snapshots of the space, 0 for none.
    """

    corpus: str
    manifest: Manifest
    recipe: Recipe
    table: dict[str, Any]
    protocol: str
    fold: Fold
    seed: int
    mapping: Mapping[str, str] = field(default_factory=dict)
    snapshots: int = 0


def make_plan(
    *,
    corpus: str,
    recipe: str | Path,
    protocol: str,
    fold: int,
    seed: int,
    overrides: Sequence[str] = (),
    mapping: Mapping[str, str] = MappingProxyType({}),
    snapshots: int = 0,
) -> Plan:
    """Read corpus and recipe and choose the fold; the arguments are the options of ``train``.

    Raises:
        SerError: if one of them does not exist or does not fit the others.
    """
    return _plan(corpus, recipe_table(recipe), overrides, protocol, fold, seed, mapping, snapshots)


def _plan(
    corpus: str,
    table: dict[str, Any],
    overrides: Sequence[str],
    protocol: str,
    fold: int,
    seed: int,
    mapping: Mapping[str, str],
    snapshots: int,
) -> Plan:
    if not 0 <= snapshots <= MOST_EPOCHS:
        raise ConfigError(
            f"Expected from 0 (none) to {MOST_EPOCHS} epochs between two snapshots; got {snapshots}. "
            "Correct --snapshots."
        )
    recipe = recipe_of(table, overrides)
    kinds = [task.kind for task in recipe.tasks]
    manifest = open_corpus(corpus, labelled=kinds == [EMOTION]).map_emotions(mapping)
    if EMOTION in kinds and len(manifest.labels) < 2:
        raise ConfigError(
            f"Expected at least two emotions to tell apart; got {', '.join(manifest.labels)}. "
            "Choose another corpus, or merge fewer emotions."
        )
    if snapshots and None in {row.emotion for row in manifest.utterances}:
        raise ConfigError(
            f"Expected an emotion for every utterance of {manifest.corpus}, to show snapshots by; some have none. "
            "Leave out --snapshots."
        )
    divided = manifest if EMOTION in kinds else manifest.without_emotions()
    folds = {item.number: item for item in make_folds(divided, protocol, seed)}
    if fold not in folds:
        raise ConfigError(
            f"Expected a fold of {protocol} among {', '.join(map(str, folds))}; got {fold}. Choose one with --fold."
        )
    chosen = trained_fold(recipe, folds[fold])
    require_trainable(manifest, [chosen], recipe)
    # What was overridden is no longer the paper's, also when the table is read again.
    changed = {**override(table, overrides), "paper": dict(recipe.paper)}
    return Plan(corpus, manifest, recipe, changed, protocol, chosen, seed, dict(mapping), snapshots)


def write_config(run: Path, plan: Plan) -> None:
    """Write the settings of a run, which it is started and resumed with, into its folder."""
    content = {
        "corpus": _absolute(plan.corpus),
        "protocol": plan.protocol,
        "fold": plan.fold.number,
        "seed": plan.seed,
        "manifest_digest": plan.manifest.digest(),
        "mapping": dict(plan.mapping),
        "snapshots": plan.snapshots,
        "recipe": plan.table,
    }
    write_text_atomically(run / CONFIG, tomli_w.dumps(content))


@dataclass(frozen=True)
class RunConfig(FileRecord):
    """``config.toml`` of a run; the last three are missing in runs of early releases.

    ``recipe`` is the TOML table, overrides applied; ``manifest_digest`` that of the list of utterances, emotions
    mapped; ``snapshots`` are the epochs between two snapshots, 0 for none.
    """

    corpus: str
    protocol: str
    fold: int
    seed: int
    recipe: Mapping[str, Any]
    manifest_digest: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    snapshots: int = 0


def read_config(run: Path) -> RunConfig:
    """Read what :func:`write_config` wrote, without looking at the corpus.

    Raises:
        ConfigError: if the folder holds no run, or a setting is missing or of another type.
    """
    try:
        return RunConfig.from_table(read_toml(run / CONFIG))
    except ConfigError as error:
        raise ConfigError(
            f"Expected a run at {run} (a folder with {CONFIG}); got: {error} Make it again without --resume, or "
            "move it out of the workspace."
        ) from error


def read_plan(run: Path, *, seed: int | None = None) -> Plan:
    """Read back what :func:`write_config` wrote.

    Args:
        run: its folder.
        seed: of another run of the same settings; by default that of this one.

    Raises:
        ConfigError: if there are no readable settings, or the corpus is not the one the run was started on.
    """
    config = read_config(run)
    plan = _plan(
        config.corpus,
        dict(config.recipe),
        (),
        config.protocol,
        config.fold,
        config.seed if seed is None else seed,
        config.mapping,
        config.snapshots,
    )
    if config.manifest_digest != plan.manifest.digest():
        raise ConfigError(
            f"Expected the corpus that the run at {run} was started on; {config.corpus} lists other utterances by now, "
            "and its split would be another one. Restore the corpus, or start a new run."
        )
    return plan


def _absolute(corpus: str) -> str:
    """Make each corpus findable from any folder."""
    return SEPARATOR.join(map(_absolute_part, parts_of(corpus)))


def _absolute_part(corpus: str) -> str:
    kind, colon, folder = corpus.partition(":")
    if colon and kind in CORPORA:
        return f"{kind}:{expanded(folder).absolute()}"
    path = expanded(corpus)
    return str(path.absolute()) if exists(path) and corpus not in CORPORA else corpus
