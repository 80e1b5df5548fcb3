"""Spaces that can be compared with each other: models, files of vectors, and the two networks of the lesson."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ser_core.checkpoints import Entry
from ser_core.embeddings import library
from ser_core.lessons.space_forming import FOLDER, SECOND_STAGES
from ui import cache
from ui.components import checkpoint_choice, utterances
from ui.components.sound_folder import atlas_of
from ui.views.spaces.runs import SHIPPED
from ui.views.spaces.side import SpaceSide, side_of

_LESSON = "A quick network on artificial voices, of which six were trained on: it ships with the lesson of that name."


@dataclass(frozen=True)
class ListedSpace:
    """A space as it is listed.

    Attributes:
        title: for people.
        terms: what is said below it: licence or origin; may be empty.
        corpus: whose utterances it holds; empty if unknown.
        open: reads it.
    """

    title: str
    terms: str
    corpus: str
    open: Callable[[], SpaceSide]


def listed_spaces() -> dict[str, ListedSpace]:
    """List every space by the name under which a choice of it is kept."""
    return {
        **{entry.name: _model(entry) for entry in cache.checkpoints()},
        **{f"file {path.stem}": _file(path) for path in library.saved_spaces()},
        **_of_lesson(),
    }


def partner_of(name: str, spaces: Mapping[str, ListedSpace]) -> str | None:
    """Name another space of the same corpus; ``None`` where there is none, or the corpus is unknown."""
    corpus = spaces[name].corpus
    return next((other for other, one in spaces.items() if corpus and other != name and one.corpus == corpus), None)


def _model(entry: Entry) -> ListedSpace:
    title = checkpoint_choice.title(entry)
    return ListedSpace(
        title,
        checkpoint_choice.terms(entry.card),
        entry.card.corpus,
        lambda: SpaceSide(f"{entry.name}|{cache.version(entry.path)}", title, utterances.known_to(entry.path)),
    )


def _file(path: Path) -> ListedSpace:
    title = f"file {path.stem}"
    return ListedSpace(
        title,
        "",
        "",
        lambda: SpaceSide(
            f"{title}|{cache.version(path)}", title, atlas_of(path, cache.space(path)), library.label_of(path)
        ),
    )


def _of_lesson() -> dict[str, ListedSpace]:
    """List the last epochs of the runs that ship, which began from the same weights."""
    from ser_core.embeddings.snapshots import snapshots_of

    found = {}
    for stage, recipe in SECOND_STAGES.items():
        if snapshots := snapshots_of(FOLDER / recipe)[0]:
            last, title = snapshots[-1], f"{SHIPPED}: softmax, then {stage}"
            found[f"lesson {recipe}"] = ListedSpace(title, _LESSON, last.corpus, partial(side_of, last, title))
    return found
