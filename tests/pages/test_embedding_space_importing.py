"""Import of a foreign file: a preview, the roles of its columns, any column as the label, and then the map."""

import io

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings import library
from tests.pages.shown import box, button, texts

pytestmark = pytest.mark.usefixtures("for_experts")

ROWS, SIZE = 24, 32


@pytest.fixture
def foreign() -> pd.DataFrame:
    """Return a wide table as another program leaves it: no emotion, names of its own."""
    random = np.random.default_rng(0)
    styles = ["read", "free", "sung"] * 8
    vectors = np.eye(SIZE)[[1, 2, 3] * 8] + 0.1 * random.normal(size=(ROWS, SIZE))
    told = pd.DataFrame({"clip": [f"c{row}" for row in range(ROWS)], "style": styles, "room": ["a", "b"] * 12})
    return pd.concat([told, pd.DataFrame(vectors, columns=[f"dim_{number}" for number in range(SIZE)])], axis=1)


def parquet(table: pd.DataFrame) -> bytes:
    stream = io.BytesIO()
    table.to_parquet(stream)
    return stream.getvalue()


def field(app, start):
    return next(one for one in app.file_uploader if one.label.startswith(start))


@pytest.fixture
def chosen(opened, foreign):
    """Choose the file; it is not open yet."""
    app = opened("embedding_space")
    source = next(one for one in app.get("button_group") if one.label == "Vectors of")
    app = source.set_value("a file from elsewhere").run()
    return field(app, "Vectors").set_value(("theirs.parquet", parquet(foreign), "application/octet-stream")).run()


def test_the_first_rows_and_the_roles_of_the_columns_are_shown_before_anything_is_kept(chosen):
    assert not chosen.exception
    assert not chosen.error
    assert "24 vectors" in texts(chosen.markdown)
    preview = next(one.value for one in chosen.dataframe if "style" in one.value)
    assert preview["style"].tolist() == ["read", "free", "sung", "read", "free"]
    assert box(chosen, "Vector").options == ["32 columns of numbers: dim_0 to dim_31"]
    assert (box(chosen, "Name of each row").value, box(chosen, "Label").value) == ("clip", "")
    assert library.saved_spaces() == []


def test_a_wide_table_is_on_the_map_after_one_more_press_with_angles_by_its_own_label(chosen):
    box(chosen, "Label").set_value("style").run()
    app = button(chosen, "Open").click().run()
    assert not app.exception
    assert not app.error
    assert "theirs.parquet is kept as theirs." in texts(app.success)
    assert "PCA in 2 dimensions" in texts(app.caption)
    assert box(app, "Classes by").value == "style"
    spread = next(one.value for one in app.dataframe if "mean (°)" in one.value)
    assert spread["emotion"].tolist() == ["free", "read", "sung"]
    assert spread["own nearest (%)"].tolist() == [100, 100, 100]
    library_label = library.label_of(library.saved_spaces()[0])
    assert library_label == "style"


def test_the_classes_can_be_taken_from_another_column_later(chosen):
    app = button(chosen, "Open").click().run()
    box(app, "Classes by").set_value("room").run()
    assert not app.exception
    assert not app.error
    spread = next(one.value for one in app.dataframe if "mean (°)" in one.value)
    assert spread["emotion"].tolist() == ["a", "b"]
    box(app, "Angle of").set_value("a").run()
    box(app, "and").set_value("b").run()
    assert "**a** and **b**" in texts(app.markdown)


def test_the_emotions_of_a_model_give_way_to_another_column_and_keep_no_head(opened):
    app = opened("embedding_space")
    assert box(app, "Classes by").value == "emotion"
    box(app, "Classes by").set_value("speaker").run()
    assert not app.exception
    assert not app.error
    directions = next(one for one in app.radio if one.label == "Directions by")
    assert directions.options == ["class mean", "medoid"]


def test_the_import_can_be_left_again(chosen):
    app = button(chosen, "Open").click().run()
    app = button(app, "Open another file").click().run()
    assert field(app, "Vectors")
    app = button(app, "Back to the map").click().run()
    assert "PCA in 2 dimensions" in texts(app.caption)


def test_an_array_is_mapped_with_the_columns_of_the_table_beside_it(opened, foreign):
    app = opened("embedding_space")
    source = next(one for one in app.get("button_group") if one.label == "Vectors of")
    app = source.set_value("a file from elsewhere").run()
    stream = io.BytesIO()
    np.save(stream, foreign.filter(like="dim_").to_numpy())
    field(app, "Vectors").set_value(("v.npy", stream.getvalue(), "application/octet-stream"))
    table = foreign[["clip", "style", "room"]].to_csv(index=False).encode()
    app = field(app, "Table").set_value(("t.csv", table, "text/csv")).run()
    assert box(app, "Vector").options == ["the array: 32 numbers"]
    box(app, "Speaker").set_value("room").run()
    app = button(app, "Open").click().run()
    assert not app.exception
    assert "24 utterances, speaker a, b" in texts(app.caption)
