"""What the source reports of a recipe and what was measured here, side by side only where they can be compared."""

import itertools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from ser_core.corpora import CORPORA, MAPPINGS
from ser_core.corpora.protocols import PROTOCOLS
from ui import cache
from ui.components.percent import SPACE, percent
from ui.components.scores import BACK_ENDS
from ui.components.text import plain
from ui.views.train.command import evaluate_command

if TYPE_CHECKING:
    from ser_core.experiments.measured import ChangedSetting, Measurement
    from ser_core.experiments.places import ResultLocation
    from ser_core.recipes import PublishedFigure, Recipe
    from ser_core.recipes.published import Replication

Item = TypeVar("Item")
DIFFERENCES = 4  # settings that are named; of more only the number is given

# Figures of two of these groups cannot be compared, so they never stand side by side.
GROUPS = {
    "not heard": ("New speakers", "No test speaker was heard in training."),
    "heard": (
        "Known speakers",
        "Test speakers were heard in training: the score also rewards knowing the voice. "
        "Not comparable with figures on new speakers.",
    ),
    "not stated": (
        "Speakers not stated",
        "It is not said whether test speakers were heard in training: comparable with neither kind.",
    ),
}


def draw_figures(recipe: "Recipe") -> None:
    """Draw the published figures of a recipe, those measured here, and how to measure what is missing."""
    from ser_core.experiments.measured import measurements

    results, damaged = cache.results()
    ours = measurements(results, recipe)
    groups = sorted(GROUPS, key=lambda name: not any(figure.speakers == name for figure in recipe.published))
    for name in groups:
        of_paper = [figure for figure in recipe.published if figure.speakers == name]
        of_ours = [measured for measured in ours if measured.speakers == name]
        if of_paper or of_ours:
            title, meaning = GROUPS[name]
            st.markdown(f"**{title}**")
            st.caption(meaning)
            _draw_group(of_paper, of_ours, published=bool(recipe.published))
    if not recipe.published:
        st.caption("Our own system: no publication reports a figure of it.")
    _draw_missing(recipe, ours)
    if ours or recipe.published:
        st.caption(
            "UA: recall of each emotion, averaged over the emotions. WA: share of all utterances that are right. "
            "±: standard deviation over the folds of all seeds."
        )
    for name, message in damaged:
        st.warning(f"**{plain(name)}** cannot be shown. {plain(message)}")


def _draw_group(paper: "Sequence[PublishedFigure]", ours: "Sequence[Measurement]", *, published: bool) -> None:
    """Draw the figures of one group: paper and ours side by side where there are both."""
    left, right = st.columns(2) if paper and ours else (st.container(), st.container())
    with left:
        if paper:
            st.markdown("**Paper**")
            together = [list(alike) for _, alike in itertools.groupby(paper, key=_circumstances)]
            own = [alike for alike in together if not alike[0].cited]
            _draw_all(
                [alike for alike in own if not alike[0].settings],
                own,
                "{} of the paper with other settings",
                _draw_published,
            )
            cited = [alike for alike in together if alike[0].cited]
            _draw_all([], cited, "{} of other works, as the paper prints them", _draw_published)
        elif published:
            st.caption("The paper has no figure of this kind.")
    with right:
        if ours:
            st.markdown("**Ours**")
            _draw_all(
                [measured for measured in ours if measured.is_recipe],
                ours,
                "{} of ours with other settings",
                _draw_measured,
            )
        else:
            st.caption("We have no figure of this kind.")


def _draw_all(
    shipped: "Sequence[Item]", items: "Sequence[Item]", others_title: str, draw: "Callable[[Item], None]"
) -> None:
    """Draw what belongs to the recipe as it ships; what belongs to other settings opens with a click."""
    for item in shipped:
        draw(item)
    others = [item for item in items if item not in shipped]
    if others:
        with st.expander(others_title.format(len(others))):
            for item in others:
                draw(item)


def _circumstances(figure: "PublishedFigure") -> tuple[str, ...]:
    """Return what figures share that stand in one line: all but score and its name."""
    return (figure.system, figure.cited, figure.corpus, figure.emotions, figure.protocol, figure.place, figure.note)


def _draw_published(figures: "Sequence[PublishedFigure]") -> None:
    """Draw the scores of one system under one protocol."""
    figure = figures[0]
    scores = ", ".join(one.score.replace(" ", SPACE) for one in figures)
    where = f"corpus {figure.corpus}" if figure.corpus == "not stated" else f"on {figure.corpus}"
    st.markdown(f"**{scores}** {plain(where)}")
    _draw_lines(
        f"{figure.system[:1].upper()}{figure.system[1:]}{f', {figure.cited}' if figure.cited else ''}",
        f"Protocol: {figure.protocol}",
        f"Emotions: {figure.emotions}",
        f"In {figure.place}, called {'; '.join(one.called for one in figures)}",
        figure.note.rstrip("."),
    )


def _draw_measured(measured: "Measurement") -> None:
    """Draw one measurement, with all that sets it apart from another."""
    corpus = CORPORA[measured.corpus].title if measured.corpus in CORPORA else measured.corpus
    told = {"partial": measured.partial, "shortened": measured.shortened, "other settings": not measured.is_recipe}
    marks = [f":orange[**{mark}**]" for mark, holds in told.items() if holds]
    scores = f"UA {percent(*measured.uar)}, WA {percent(*measured.wa)}"
    st.markdown(f"**{scores}** on {' '.join([plain(corpus), ', '.join(marks)]).rstrip()}")
    title = PROTOCOLS[measured.protocol].title if measured.protocol in PROTOCOLS else "a protocol not known here"
    seeds = "1 seed" if len(measured.seeds) == 1 else f"{len(measured.seeds)} seeds"
    seeds += f" ({', '.join(map(str, measured.seeds))})"
    counts = sorted(set(measured.folds))
    folds = "1 fold" if counts == [1] else f"{' or '.join(map(str, counts))} folds"
    _draw_lines(
        f"Protocol: {title} ({measured.protocol}); {folds}, {seeds}",
        "Partial: not all folds of the protocol were done" if measured.partial else "",
        f"Emotions: {', '.join(measured.labels)}{_mapped(measured)}",
        f"Judged by {BACK_ENDS.get(measured.back_end, measured.back_end)}",
        *_settings(measured),
        f"In {', '.join(dict.fromkeys(map(_place_text, measured.places)))}",
    )


def _draw_lines(*lines: str) -> None:
    st.caption("  \n".join(f"{plain(line)}." for line in lines if line))


def _mapped(measured: "Measurement") -> str:
    changes = [f"{source} → {target}" for source, target in (measured.mapping or {}).items()]
    return f" (mapped: {', '.join(changes)})" if changes else ""


def _place_text(place: "ResultLocation") -> str:
    return f"{place.path.name}{f' at {place.point}' if place.point else ''}"


def _settings(measured: "Measurement") -> list[str]:
    if measured.differences is None:
        return ["Its settings cannot be compared with the recipe: they are of another release"]
    if not measured.differences:
        return ["Settings: the recipe as it ships"]
    others = [one for one in measured.differences if one not in measured.shortening]
    lines = [f"Shortened: {_named(measured.shortening)}"] if measured.shortening else []
    if others:
        verb = "setting differs" if len(others) == 1 else "settings differ"
        lines.append(f"{len(others)} {verb} from the recipe: {_named(others)}")
    return lines


def _named(differences: "Sequence[ChangedSetting]") -> str:
    named = [f"{one.key} is {one.value}, ships as {one.shipped}" for one in differences[:DIFFERENCES]]
    more = len(differences) - DIFFERENCES
    return "; ".join([*named, f"and {more} more"] if more > 0 else named)


def _draw_missing(recipe: "Recipe", ours: "Sequence[Measurement]") -> None:
    """Say what was not measured, and show the command that does it."""
    asked = list(dict.fromkeys(figure.repeat for figure in recipe.published if figure.repeat and not figure.settings))
    missing = [repeat for repeat in asked if not any(_answers(measured, repeat) for measured in ours)]
    commands = [evaluate_command(recipe.name, repeat) for repeat in missing]
    if missing:
        st.markdown("Not measured yet: the paper's question, with the protocol here that comes nearest.")
    elif not recipe.published and not ours:
        st.markdown("Not measured yet. This measures it on the artificial demo corpus:")
        commands.append(evaluate_command(recipe.name, None))
    for command in commands:
        st.code(command, language=None, wrap_lines=True)


def _answers(measured: "Measurement", repeat: "Replication") -> bool:
    merged = set(MAPPINGS.get(repeat.mapping, ()))
    same = (measured.corpus, measured.protocol) == (repeat.corpus, repeat.protocol)
    return same and measured.as_shipped and not measured.partial and not merged & set(measured.labels)
