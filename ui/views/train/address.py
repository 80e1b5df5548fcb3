"""Choices in the page's address, for reloads and bookmarks.

Anyone can write an address. What is a number or a name in a list is taken from it at once; a path, which would be
opened, and settings, which decide how large a model is, are shown and taken only when the visitor agrees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from ui.components.corpora import TABLE, path_of
from ui.errors import shown_to_visitor
from ui.views.train.corpus import DEMO, spec_of
from ui.views.train.mapping import take_mapping
from ui.views.train.recipe import QUICK, ChosenRecipe, settings_of
from ui.views.train.snapshots import snapshots_of
from ui.views.train.split import ChosenSplit

READ = "address of Train was read"
SEED, SNAPSHOTS, FOLD, FOLDER, SETTINGS = "seed", "snapshots", "fold", "path", "settings"
STAGES, MAP = "stages.", "map."
OFFERS = "what the address of Train offers"


@dataclass(frozen=True)
class _Offer:
    """What an address brings that is asked about first.

    Attributes:
        parameter: of the address.
        choice: that it would set.
        title: for the visitor.
        value: as the address says.
    """

    parameter: str
    choice: str
    title: str
    value: str


def recall_address() -> None:
    """Restore the choices in the address once per visit; invalid ones are reported.

    What is asked about first is offered on every run until the visitor has answered.
    """
    if not state.recall(READ):
        state.remember(READ, True)
        _read_address()
    _draw_offers()


def _read_address() -> None:
    from ser_core.recipes import shipped_recipes

    given = st.query_params.to_dict()
    choices: Mapping[str, tuple[str, Sequence[str]]] = {
        "corpus": ("corpus", [*(name for name, kind in CORPORA.items() if kind.spoken), TABLE]),
        "recipe": ("recipe", shipped_recipes()),
        "split": ("protocol", list(PROTOCOLS)),
    }
    for parameter, (name, options) in choices.items():
        with shown_to_visitor():
            if parameter in given:
                lookup(parameter, given[parameter], dict.fromkeys(options))
                state.remember(name, given[parameter])
    corpus, recipe = state.recall("corpus", DEMO), state.recall("recipe")
    offers = []
    if given.get(FOLDER) and corpus != DEMO:
        offers.append(_Offer(FOLDER, path_of(corpus), f"Path of {corpus}", given[FOLDER]))
    if given.get(SETTINGS) and recipe:
        offers.append(_Offer(SETTINGS, settings_of(recipe), f"Settings for {recipe}", given[SETTINGS]))
    state.remember(OFFERS, tuple(offers))
    for parameter in given:
        with shown_to_visitor():
            if parameter == SEED:
                state.remember(parameter, _number(parameter, given[parameter]))
            elif parameter == SNAPSHOTS:
                state.remember(snapshots_of(recipe or QUICK), _number(parameter, given[parameter]))
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
    snapshots: int | None = None,
    mapping: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write what is chosen into the address; ``snapshots`` only where somebody has chosen their number."""
    corpus = state.recall("corpus", DEMO)
    kept = {"corpus": corpus, "recipe": recipe.name, **dict(item.split("=", 1) for item in recipe.changed)}
    if recipe.written:
        kept[SETTINGS] = "\n".join(recipe.written)
    if folder := state.recall(path_of(corpus)):
        kept[FOLDER] = folder
    for offer in state.recall(OFFERS, ()):
        if offer.choice in (path_of(corpus), settings_of(recipe.name)):
            kept.setdefault(offer.parameter, offer.value)
    if split is not None:
        kept |= {"split": split.protocol, FOLD: str(split.fold.number), SEED: str(split.seed)}
    kept |= {f"{MAP}{label}": target for label, target in mapping.items()}
    if snapshots is not None:
        kept[SNAPSHOTS] = str(snapshots)
    if st.query_params.to_dict() != kept:
        st.query_params.from_dict(kept)


def _draw_offers() -> None:
    offers: tuple[_Offer, ...] = state.recall(OFFERS, ())
    if not offers:
        return
    with st.container(border=True):
        st.markdown("**The address of this page brings more. Use it only if you trust where the link came from.**")
        for offer in offers:
            st.caption(offer.title)
            st.code(offer.value, language=None, wrap_lines=True, height=min(200, 60 + 20 * offer.value.count("\n")))
        use, leave = st.columns(2)
        use.button("Use it", on_click=_take_offers, args=(offers,))
        leave.button("Leave it out", on_click=_take_offers, args=((),))


def _take_offers(offers: Sequence[_Offer]) -> None:
    for offer in offers:
        state.choose(offer.choice, offer.value)
    state.remember(OFFERS, ())


def _spec() -> str:
    corpus = state.recall("corpus", DEMO)
    offered = {offer.choice: offer.value for offer in state.recall(OFFERS, ())}
    path = path_of(corpus)
    return spec_of(corpus, offered.get(path, state.recall(path, "")))


def _number(parameter: str, text: str) -> float:
    value = written_number(text)
    if value is None or abs(value) > 1e12:
        raise ConfigError(
            f"Expected a number for {parameter} in the address of this page; got {text[:40]!r}. It was left out: "
            "choose it under Settings."
        )
    return value
