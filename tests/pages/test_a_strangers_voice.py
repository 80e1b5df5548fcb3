"""The lesson on strangers: who crosses to the browser with which answers, and that its figures are told as measured."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ser_core.lessons.strangers import STRANGERS
from ser_core.lessons.strangers_measured import read_strangers
from tests.pages.shown import texts

Opened = Callable[[str], AppTest]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Keep what crosses to the browser."""
    found: list[dict[str, Any]] = []

    def keep(classes: Any, clips: Any, **more: Any) -> None:
        found.append({"classes": classes, "clips": clips, **more})

    monkeypatch.setattr("ui.components.after_clips.draw", keep)
    return found


def test_it_opens_on_a_clip_of_a_person_that_a_few_clips_put_right_and_says_what_was_measured(
    opened: Opened, drawn: list[dict[str, Any]]
) -> None:
    app = opened("a_strangers_voice")
    assert not app.exception
    sent = drawn[-1]
    assert {clip.voice for clip in sent["clips"]} == {one.title for one in STRANGERS}
    first = sent["clips"][sent["chosen"]]
    assert first.voice == STRANGERS[0].title
    assert first.address is not None
    assert first.steps[0]["verdict"] != first.spoken
    assert first.steps[-1]["verdict"] == first.spoken
    for clip in sent["clips"]:
        assert len(clip.steps) >= 3
        assert all(len(step["place"]) == 2 for step in clip.steps)
        assert clip.steps[0]["place"] != clip.steps[-1]["place"], "its place moves"
    assert {step["clips"] for clip in sent["clips"] for step in clip.steps} == {0, 1, 2, 4, 8, 16}
    assert sent["ground"]["points"]
    emodb = next(one for one in read_strangers().heard if one.corpus.startswith("EmoDB"))
    told = (
        f"{emodb.corpus} {100 * emodb.after(0):.0f} → {100 * emodb.after(8):.0f} (guessing: {100 * emodb.chance:.0f})"
    )
    assert told in texts(app.markdown)
    assert "ransductive" in texts(app.caption)
    assert "were chosen to show both" in texts(app.caption)
    assert "has learned from some of these speakers, who are no strangers to it" in texts(app.caption)


def test_experts_see_every_number_of_clips_on_every_corpus(
    opened: Opened, drawn: list[dict[str, Any]], for_experts: None
) -> None:
    app = opened("a_strangers_voice")
    assert not app.exception
    (table,) = app.table
    assert list(table.value.columns) == [
        "corpus", "speakers", "guessing", "0 clips", "1 clip", "2 clips", "4 clips", "8 clips", "16 clips",
    ]  # fmt: skip
    assert len(table.value) == 3


@pytest.mark.usefixtures("no_models")
def test_without_a_model_the_way_to_one_is_shown(opened: Opened) -> None:
    app = opened("a_strangers_voice")
    assert not app.exception
    assert "No model yet" in texts(app.markdown)
