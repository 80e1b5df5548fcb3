"""What is chosen stands in the page's address, so that a reload or a bookmark brings it back."""

from collections.abc import Mapping, Sequence

import streamlit as st

from ser_core.config import lookup
from ser_core.corpora import CORPORA
from ser_core.corpora.protocols import PROTOCOLS
from ser_core.errors import ConfigError
from ser_core.geometry.table_reading import written_number
from ui import state
from ui.components.corpora import TABLE
from ui.errors import shown_to_visitor
from ui.views.train.corpus import DEMO
from ui.views.train.recipe import ChosenRecipe
from ui.views.train.split import ChosenSplit

READ = "address of Train was read"
SEED, SNAPSHOTS, FOLD, FOLDER, STAGES = "seed", "snapshots", "fold", "path", "stages."


def recall_address() -> None:
    """Start from what the address says, once for each visit; what it says wrongly is named and left out."""
    if state.recall(READ):
        return
    state.remember(READ, True)
    from ser_core.recipes import shipped_recipes

    given = st.query_params.to_dict()
    choices: Mapping[str, tuple[str, Sequence[str]]] = {
        "corpus": ("corpus", [*CORPORA, TABLE]),
        "recipe": ("recipe", shipped_recipes()),
        "split": ("protocol", list(PROTOCOLS)),
    }
    for parameter, (name, options) in choices.items():
        with shown_to_visitor():
            if parameter in given:
                lookup(parameter, given[parameter], dict.fromkeys(options))
                state.remember(name, given[parameter])
    if FOLDER in given and state.recall("corpus"):
        state.remember(f"path of {state.recall('corpus')}", given[FOLDER])
    for parameter in given:
        with shown_to_visitor():
            if parameter in (SEED, SNAPSHOTS):
                state.remember(parameter, _number(parameter, given[parameter]))
            elif parameter == FOLD and state.recall("protocol"):
                state.remember(f"fold of {state.recall('protocol')}", round(_number(parameter, given[parameter])))
            elif parameter.startswith(STAGES) and state.recall("recipe"):
                value = _number(parameter, given[parameter])
                state.remember(f"{state.recall('recipe')}.{parameter.removeprefix(STAGES)}", value)


def keep_address(recipe: ChosenRecipe, split: ChosenSplit | None = None, snapshots: int = 0) -> None:
    """Write what is chosen into the address."""
    corpus = state.recall("corpus", DEMO)
    kept = {"corpus": corpus, "recipe": recipe.name, **dict(item.split("=", 1) for item in recipe.overrides)}
    if folder := state.recall(f"path of {corpus}"):
        kept[FOLDER] = folder
    if split is not None:
        kept |= {"split": split.protocol, FOLD: str(split.fold.number), SEED: str(split.seed)}
    if snapshots:
        kept[SNAPSHOTS] = str(snapshots)
    if st.query_params.to_dict() != kept:
        st.query_params.from_dict(kept)


def _number(parameter: str, text: str) -> float:
    value = written_number(text)
    if value is None or abs(value) > 1e12:
        raise ConfigError(
            f"Expected a number for {parameter} in the address of this page; got {text[:40]!r}. It was left out: "
            "choose it below."
        )
    return value
