"""Embedding space with many classes: what is hidden is not drawn, and what is drawn has a limit that is told."""

import io

import numpy as np
import pandas as pd
import pytest

from tests.pages.shown import button, texts
from ui.state import key_of

pytestmark = pytest.mark.usefixtures("for_experts")

TABS = key_of("what of the angles")


def vectors(classes: int, rows: int) -> bytes:
    random = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "file": [f"u{row}" for row in range(rows)],
            "emotion": [f"class {row % classes}" for row in range(rows)],
            "speaker": [f"s{row % 7}" for row in range(rows)],
            "the town": [f"t{row % 31}" for row in range(rows)],
            "embedding": list(random.normal(size=(rows, 4)).astype("f4")),
        }
    )
    file = io.BytesIO()
    table.to_parquet(file)
    return file.getvalue()


@pytest.fixture
def show(opened):
    def open_file(classes: int, rows: int):
        app = opened("embedding_space")
        next(one for one in app.get("button_group") if one.label == "Vectors of").set_value(
            "a file from elsewhere"
        ).run()
        next(one for one in app.file_uploader if one.label.startswith("Vectors")).set_value(
            ("many.parquet", vectors(classes, rows), "application/octet-stream")
        )
        app.run()
        button(app, "Open").click().run()
        assert not app.exception
        assert not app.error
        return app

    return open_file


def charts(app, key: str) -> list[str]:
    return [one.proto.spec for one in app.get("plotly_chart") if key in one.key]


@pytest.mark.parametrize(("classes", "rows"), [(40, 400), (300, 600)])
def test_many_classes_are_shown_in_part_and_that_is_told(show, classes, rows):
    app = show(classes, rows)
    assert f"Angles of 30 of the {classes} classes, those with the most utterances" in texts(app.caption)
    assert not charts(app, "|intervals")
    assert len(charts(app, "|histograms")) == 1
    assert "Drawn: the 12 of 30 with the most utterances" in texts(app.caption)
    app.session_state[TABS] = "Intervals"
    app.run()
    assert not charts(app, "|histograms")
    (spec,) = charts(app, "|intervals")
    assert spec.count("class ") < 500
    assert "Drawn: the 30 widest of 30 classes and the 90 closest of 435 pairs" in texts(app.caption)
    app.session_state[TABS] = "Take away"
    app.run()
    assert not charts(app, "|intervals")
    assert not charts(app, "|histograms")


def test_the_command_for_all_of_them_names_the_column_that_was_chosen(show):
    app = show(40, 400)
    assert "All of them: `python -m ser_core angles`." in texts(app.caption)
    next(one for one in app.selectbox if one.label == "Classes by").set_value("the town").run()
    assert "All of them: `python -m ser_core angles --label 'the town'`." in texts(app.caption)


def test_other_classes_can_be_chosen(show):
    app = show(40, 400)
    chooser = next(one for one in app.multiselect if one.label.startswith("Classes"))
    assert len(chooser.value) == 30
    chooser.set_value(["class 38", "class 39"]).run()
    assert not app.exception
    assert "Angles of 2 of the 40 classes." in texts(app.caption)
