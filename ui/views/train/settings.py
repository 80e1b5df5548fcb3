"""All settings of a new run, and what they come to in one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.corpora import CORPORA
from ui import cache
from ui.components.text import plain
from ui.views.train.address import keep_address
from ui.views.train.corpus import choose_corpus
from ui.views.train.mapping import choose_mapping
from ui.views.train.recipe import ChosenRecipe, choose_recipe
from ui.views.train.snapshots import choose_snapshots
from ui.views.train.split import ChosenSplit, choose_split

if TYPE_CHECKING:
    from ser_core.corpora import Manifest
    from ser_core.recipes import Recipe


@dataclass(frozen=True)
class ChosenRun:
    """What a run would be.

    Attributes:
        corpus: as ``ser_core train --corpus`` takes it.
        manifest: its utterances, emotions mapped.
        mapping: emotion to emotion or ``drop``.
        chosen: recipe with a visitor's changes, by name.
        recipe: the same, read.
        split: who trains and who tests.
        snapshots: epochs between two snapshots of the space; 0 keeps none.
    """

    corpus: str
    manifest: "Manifest"
    mapping: Mapping[str, str]
    chosen: ChosenRecipe
    recipe: "Recipe"
    split: ChosenSplit
    snapshots: int

    @property
    def in_words(self) -> str:
        """Say it in one line."""
        fold, speakers = self.split.fold, [one.speaker for one in self.manifest.utterances]
        heard, others = (len({speakers[row] for row in rows}) for rows in (fold.train, [*fold.development, *fold.test]))
        changed = len(self.chosen.overrides)
        return " · ".join(
            [
                _corpus_title(self.corpus),
                f"{heard} voices to learn from, {others} kept apart",
                self.recipe.title.partition(":")[0] + (f" ({changed} changed)" if changed else ""),
                f"{self.recipe.epochs} epochs: {', then '.join(stage.name for stage in self.recipe.stages)}",
            ]
        )


def choose_settings() -> ChosenRun | None:
    """Draw every setting.

    Returns:
        What a run would be; ``None`` while the corpus is not known.

    Raises:
        SerError: if they do not fit each other, or a value is out of its range.
    """
    from ser_core.training.fit import trained_fold
    from ser_core.training.snapshots import usual_interval

    corpus = choose_corpus()
    if corpus is None:
        keep_address(choose_recipe())
        return None
    spec, manifest = corpus
    mapping, mapped = choose_mapping(spec, manifest)
    chosen = choose_recipe()
    split = choose_split(mapped)
    snapshots = choose_snapshots(chosen, split)
    recipe = cache.recipe(chosen.name, chosen.overrides)
    usual = usual_interval(recipe, trained_fold(recipe, split.fold))
    keep_address(chosen, split, snapshots if snapshots != usual else None, mapping)
    for stage in recipe.stages:
        if stage.teach:
            st.caption(f"**{plain(stage.name)}**: {plain(stage.teach)}")
    return ChosenRun(spec, mapped, mapping, chosen, recipe, split, snapshots)


def _corpus_title(spec: str) -> str:
    kind = CORPORA.get(spec.partition(":")[0])
    return kind.title if kind else Path(spec).name
