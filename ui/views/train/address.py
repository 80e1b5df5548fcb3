"""What is chosen stands in the page's address, so that a reload or a bookmark brings it back."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from ser_core.config import lookup
from ser_core.corpora import CORPORA
from ser_core.corpora.manifest import DROP
from ser_core.corpora.protocols import PROTOCOLS
from ser_core.errors import ConfigError
from ser_core.geometry.table_reading import written_number
from ser_core.labels import EMOTIONS
from ui import state
from ui.components.corpora import TABLE
from ui.errors import shown_to_visitor
from ui.views.train.corpus import DEMO, spec_of
from ui.views.train.mapping import take_mapping
from ui.views.train.recipe import ChosenRecipe, settings_of
from ui.views.train.split import ChosenSplit

READ = "address of Train was read"
SEED, SNAPSHOTS, FOLD, FOLDER, SETTINGS = "seed", "snapshots", "fold", "path", "settings"
STAGES, MAP = "stages.", "map."


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
    if SETTINGS in given and state.recall("recipe"):
        state.remember(settings_of(state.recall("recipe")), given[SETTINGS])
    for parameter in given:
        with shown_to_visitor():
            if parameter in (SEED, SNAPSHOTS):
                state.remember(parameter, _number(parameter, given[parameter]))
            elif parameter == FOLD and state.recall("protocol"):
                state.remember(f"fold of {state.recall('protocol')}", round(_number(parameter, given[parameter])))
            elif parameter.startswith(MAP):
                label, target = parameter.removeprefix(MAP), given[parameter]
                lookup("emotion to be mapped", label, dict.fromkeys(EMOTIONS))
                lookup(f"emotion that {label} becomes", target, dict.fromkeys((*EMOTIONS, DROP)))
                take_mapping(_spec(), {label: target})
            elif parameter.startswith(STAGES) and state.recall("recipe"):
                value = _number(parameter, given[parameter])
                state.remember(f"{state.recall('recipe')}.{parameter.removeprefix(STAGES)}", value)


def keep_address(
    recipe: ChosenRecipe,
    split: ChosenSplit | None = None,
    snapshots: int = 0,
    mapping: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write what is chosen into the address."""
    corpus = state.recall("corpus", DEMO)
    kept = {"corpus": corpus, "recipe": recipe.name, **dict(item.split("=", 1) for item in recipe.changed)}
    if recipe.written:
        kept[SETTINGS] = "\n".join(recipe.written)
    if folder := state.recall(f"path of {corpus}"):
        kept[FOLDER] = folder
    if split is not None:
        kept |= {"split": split.protocol, FOLD: str(split.fold.number), SEED: str(split.seed)}
    kept |= {f"{MAP}{label}": target for label, target in mapping.items()}
    if snapshots:
        kept[SNAPSHOTS] = str(snapshots)
    if st.query_params.to_dict() != kept:
        st.query_params.from_dict(kept)


def _spec() -> str:
    corpus = state.recall("corpus", DEMO)
    return spec_of(corpus, state.recall(f"path of {corpus}", ""))


def _number(parameter: str, text: str) -> float:
    value = written_number(text)
    if value is None or abs(value) > 1e12:
        raise ConfigError(
            f"Expected a number for {parameter} in the address of this page; got {text[:40]!r}. It was left out: "
            "choose it below."
        )
    return value
