"""The lesson on a forming space tells what was measured, from the file that ships, and no more."""

import dataclasses

import numpy as np
import pytest

from ser_core.embeddings.forming import forming_space
from ser_core.lessons.space_forming import shipped_epochs
from ser_core.lessons.triplets_measured import CONTROL, HEARD, TRIPLETS, UNHEARD, mean_over_seeds, read_measured
from tests.pages.shown import texts
from ui.components.percent import percent
from ui.state import key_of


def test_the_lesson_opens_on_the_picture_with_a_question_below(opened):
    app = opened("watch_a_space_form")
    assert not app.exception
    assert not app.error
    assert [title.value for title in app.title] == ["Watch a space form"]
    assert "What brings the emotions together: triplets, or training?" in texts(app.markdown)


def test_the_text_says_how_many_are_right_before_training_and_why(opened):
    words = texts(opened("watch_a_space_form").markdown)
    before = forming_space(shipped_epochs(TRIPLETS)).epochs[0].unheard.accuracy
    assert f"Why are {percent(before, digits=0)} right before training?" in words
    assert "the mean of labelled clips" in words


def test_every_figure_of_the_text_is_the_measured_one(opened):
    app = opened("watch_a_space_form")
    content = read_measured()
    table = next(one.value for one in app.dataframe if "right, unheard" in one.value.columns)
    for row, (recipe, stage) in enumerate(((TRIPLETS, 1), (TRIPLETS, 2), (CONTROL, 2))):
        for part, name in ((HEARD, "heard"), (UNHEARD, "unheard")):
            right = 100 * np.mean(content.values("accuracy", recipe, part, stage))
            ratio = np.mean(content.values("within_between", recipe, part, stage))
            assert table[f"right, {name}"][row] == f"{right:.1f} %"
            assert table[f"scatter, {name}"][row] == f"{ratio:.2f}"
    assert list(table.columns[:3]) == ["", "right, unheard", "right, heard"], "a phone shows three columns"
    found = mean_over_seeds(100 * content.difference("accuracy", UNHEARD))
    words = texts(app.markdown)
    for value in (found.estimate, found.low, found.high):
        assert f"{value:+.1f}".replace("-", "−") in words
    assert "12 times with other seeds" in words
    assert "can be chosen in 792 ways" in words


def test_the_figure_of_five_seeds_is_drawn_when_it_is_opened_and_keeps_nobody_waiting_before(opened):
    app = opened("watch_a_space_form")
    assert not app.get("plotly_chart")
    assert "The figure: what each choice of five seeds would have found" in [one.label for one in app.expander]
    app.session_state[key_of("five seeds of the lesson")] = True
    app.run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize(
    ("shift", "verdict"), [(0.2, "Triplets help."), (-0.2, "Triplets harm."), (0.0, "no difference can be told")]
)
def test_the_verdict_follows_the_interval(opened, monkeypatch, shift, verdict):
    content = read_measured()
    moved = (TRIPLETS, UNHEARD, 2)
    rows = tuple(
        dataclasses.replace(row, accuracy=row.accuracy + shift) if (row.recipe, row.part, row.stage) == moved else row
        for row in content.figures
    )
    changed = dataclasses.replace(content, figures=rows)
    monkeypatch.setattr("ui.views.forming.measured.read_measured", lambda: changed)
    assert verdict in texts(opened("watch_a_space_form").markdown)
