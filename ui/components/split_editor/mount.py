"""Mount of the component in which a split is edited."""

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ser_core.labels import COLOURS, SYMBOLS
from ser_core.lessons.small_corpus import SmallCorpus
from ser_core.lessons.test_sets import SpeakerScores
from ser_core.recipes.published import PublishedFigure
from ui.components import in_browser

_BROWSER = Path(__file__).parent / "browser"


def draw(
    corpus: SmallCorpus,
    scores: Sequence[SpeakerScores],
    published: Sequence[tuple[str, PublishedFigure]],
    link: str,
    *,
    key: str,
) -> None:
    """Draw the editor and the scores.

    Args:
        corpus: whose recordings are moved between training and test.
        scores: of the same network on heard and unheard speakers.
        published: what papers report: whose it is, and the figure.
        link: split that the page's address asks for, one digit per recording; empty for the one by recording. The
            browser checks it.
        key: of the component.
    """
    speakers = list(corpus.manifest.speakers)
    rows = zip(corpus.manifest.utterances, corpus.manifest.emotions, corpus.groups, strict=True)
    data = {
        "speakers": speakers,
        "recordings": [
            {
                "speaker": speakers.index(row.speaker), "group": group, "emotion": emotion,
                "colour": COLOURS[emotion], "symbol": SYMBOLS[emotion],
            }
            for row, emotion, group in rows
        ],
        "splits": {"random": _digits(corpus.by_recording), "speakers": _digits(corpus.by_speaker)},
        "scores": [
            {
                "title": f"{one.system} · {one.corpus}",
                "heard": [100 * value for value in one.heard],
                "unheard": [100 * value for value in one.unheard],
                "chance": 100 * one.chance,
            }
            for one in scores
        ],
        "published": [
            {"title": title, "percent": figure.percent, "speakers": figure.speakers} for title, figure in published
        ],
        "link": link,
    }  # fmt: skip
    _component()(data, key)


def _digits(tested: Sequence[bool]) -> str:
    return "".join(str(int(one)) for one in tested)


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "split_editor",
        _BROWSER,
        markup="split_editor.html",
        styles=("controls.css", "split_editor.css"),
        values=(),
    )
