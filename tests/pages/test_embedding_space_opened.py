"""Vectors from elsewhere on the page Embedding space: opened, measured, deleted; refused while the page stays."""

import io

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_score

from ser_core.corpora import open_corpus
from ser_core.embeddings import library
from ser_core.embeddings.space_metrics import DEFINITIONS
from ser_core.plots.point_map import point_map
from tests.pages.test_embedding_space import radio, texts
from ui.components.text import plain

pytestmark = pytest.mark.usefixtures("for_experts")


@pytest.fixture
def table() -> pd.DataFrame:
    random = np.random.default_rng(0)
    speakers, emotions = np.repeat(["a", "b", "c"], 20), ["sad", "calm"] * 30
    vectors = np.eye(3)[np.repeat([0, 1, 2], 20)] + 0.1 * random.normal(size=(60, 3))
    return pd.DataFrame(
        {"file": [f"<b>{row}</b>.wav" for row in range(60)], "speaker": speakers, "emotion": emotions,
         "embedding": list(vectors.astype(np.float32))}
    )  # fmt: skip


def parquet(table: pd.DataFrame) -> bytes:
    stream = io.BytesIO()
    table.to_parquet(stream)
    return stream.getvalue()


def npy(vectors: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, vectors)
    return stream.getvalue()


def from_elsewhere(opened):
    app = opened("embedding_space")
    return (
        next(one for one in app.get("button_group") if one.label == "Vectors of")
        .set_value("a file from elsewhere")
        .run()
    )


def press(app, label):
    return next(one for one in app.button if one.label == label).click().run()


def upload(app, name, content, metadata=None):
    fields = {field.label.split(":")[0].split(" ")[0]: field for field in app.file_uploader}
    fields["Vectors"].set_value((name, content, "application/octet-stream"))
    if metadata is not None:
        fields["Table"].set_value(("m.csv", metadata, "text/csv"))
    app.run()
    return press(app, "Open") if any(one.label == "Open" for one in app.button) else app


def test_a_file_is_opened_measured_and_deleted(opened, table):
    app = upload(from_elsewhere(opened), "my vectors.parquet", parquet(table))
    assert not app.exception
    assert not app.error
    assert "my vectors.parquet is kept as my-vectors." in texts(app.success)
    assert "60 utterances, speaker a, b, c" in texts(app.caption)
    assert "directions come from these very utterances" in texts(app.caption)
    assert "PCA in 2 dimensions" in texts(app.caption)
    app = press(app, "Measure this space")
    assert not app.exception
    assert "This space shows speakers instead of emotions" in texts(app.markdown)
    assert {"MAP@R", "Hubness", "Isotropy"} <= {one.label for one in app.metric}
    assert "all 60 utterances" in texts(app.caption)
    app = press(app, "Delete")
    assert not app.exception
    assert library.saved_spaces() == []
    assert "is deleted" in texts(app.success)


def test_vectors_from_elsewhere_hear_nothing_of_models_training_or_emotions(opened, table):
    told = table.drop(columns="emotion").assign(accent=["north", "south"] * 30)
    app = upload(from_elsewhere(opened), "mine.parquet", parquet(told))
    app = next(one for one in app.selectbox if one.label == "Classes by").set_value("accent").run()
    assert not app.exception
    assert not app.error
    assert "Place a recording of mine on this map" not in [one.label for one in app.toggle]
    assert "Speaker or accent?" in texts(app.header)
    assert "Speaker or emotion?" not in texts(app.header)
    app = press(app, "Measure this space")
    assert not app.exception
    assert "This space shows speakers instead of the accent" in texts(app.markdown)
    assert "The classes are the values of **accent**." in texts(app.markdown)
    measured = {one.label: one.value for one in app.metric}
    assert not [title for title, value in measured.items() if value == "–"], "each number is measured by the accent"
    rows = np.array(told["embedding"].tolist())
    silhouette = silhouette_score(rows / np.linalg.norm(rows, axis=1, keepdims=True), told["accent"], metric="cosine")
    assert measured["Silhouette"] == f"{silhouette:.2f}"
    [figures] = [one.value for one in app.dataframe if "nearest other (°)" in one.value]
    assert next(iter(figures.columns)) == "accent"
    told = " ".join(texts(part) for part in (app.markdown, app.caption, app.info))
    assert "emotion" not in told.replace("No emotions are named", "")
    assert "Train" not in told
    assert "model" not in told


def test_what_was_measured_is_asked_for_again_by_another_column(opened, table):
    app = upload(from_elsewhere(opened), "mine.parquet", parquet(table.assign(accent=["north", "south"] * 30)))
    app = press(app, "Measure this space")
    assert "This space shows speakers instead of emotions" in texts(app.markdown)
    app = next(one for one in app.selectbox if one.label == "Classes by").set_value("speaker").run()
    assert "This space shows" not in texts(app.markdown)
    app = press(app, "Measure this space")
    assert not app.exception
    assert "This space shows speakers more than" in texts(app.markdown)


def test_the_sound_of_a_file_is_found_in_the_folder_that_is_named(opened, table, tmp_path):
    for row in range(0, 60, 2):
        (tmp_path / f"clip{row}.wav").write_bytes(b"RIFF")
    table["file"] = [f"clip{row}.wav" for row in range(60)]
    app = upload(from_elsewhere(opened), "mine.parquet", parquet(table))
    assert "No sound was found. Name the folder that holds, for example, clip0.wav." in texts(app.caption)
    for folder, expected in ((tmp_path, "The sound of 30 of 60 utterances was found."), ("", "No sound was found.")):
        next(one for one in app.text_input if one.label == "Folder of the recordings").set_value(str(folder)).run()
        assert not app.exception
        assert expected in texts(app.caption)
    next(one for one in app.text_input if one.label == "Folder of the recordings").set_value("/not there").run()
    assert "Expected a folder at /not there; there is none. Check its path." in texts(app.warning)


def test_the_sound_of_the_demo_corpus_is_found_without_a_folder(opened, table):
    files = [row.file for row in open_corpus("demo").utterances[:60]]
    app = upload(from_elsewhere(opened), "mine.parquet", parquet(table.assign(file=files, corpus="demo")))
    assert "The sound of 60 of 60 utterances was found." in texts(app.caption)


def test_the_numbers_of_a_model_are_measured_on_what_is_shown(opened):
    app = press(opened("embedding_space"), "Measure this space").run()  # and once more, from what is kept
    assert not app.exception
    assert "This space shows" in texts(app.markdown)
    assert {one.title for one in DEFINITIONS.values()} <= {one.label for one in app.metric}
    assert "Samples, clusters and folds" in texts(app.caption)


def test_an_array_with_its_table_and_rows_left_out(opened, table):
    vectors = np.array(table["embedding"].tolist())
    vectors[7] = np.nan
    told = table.drop(columns="embedding").to_csv(index=False).encode()
    app = upload(from_elsewhere(opened), "x.npy", npy(vectors), told)
    assert not app.exception
    assert "row 8: <b>7</b>.wav" in texts(app.error)
    assert "Tick “Leave out rows that cannot be used”" in texts(app.error)
    app.checkbox[0].check()
    app = press(app, "Open")
    assert not app.error
    assert "Left out 1 of 60 rows" in texts(app.caption)


def test_rows_without_a_split_or_a_speaker_are_told_as_such(opened, table):
    splits, speakers = ["train", "test", None] * 20, ["a", None, "b"] * 20
    app = upload(from_elsewhere(opened), "x.parquet", parquet(table.assign(split=splits, speaker=speakers)))
    assert not app.exception
    assert "all: 20 utterances, speaker b" in texts(app.caption)
    app = radio(app, "Split of the diagonal").set_value("all").run()
    assert not app.exception
    assert "of training, which moves the directions" in texts(app.caption)  # rows without a split tell no direction


def test_rows_without_a_speaker_are_no_speaker_of_their_own(opened, table):
    app = upload(from_elsewhere(opened), "x.parquet", parquet(table.assign(speaker=["a", None, "b"] * 20)))
    app = press(app, "Measure this space")
    assert not app.exception
    assert "- **speaker** (2 values)" in texts(app.markdown)
    app = next(one for one in app.selectbox if one.label == "Classes by").set_value("speaker").run()
    assert not app.exception
    [figures] = [one.value for one in app.dataframe if "nearest other (°)" in one.value]
    assert figures["speaker"].tolist() == ["a", "b"]
    assert figures["utterances"].tolist() == [20, 20]
    assert "not given" not in texts(app.caption)


def test_one_held_out_row_is_no_map_but_all_else_stays(opened, table):
    app = upload(from_elsewhere(opened), "x.parquet", parquet(table.assign(split=["train"] * 59 + ["test"])))
    assert not app.exception
    assert "Expected at least 3 embeddings" in texts(app.error)
    app = press(app, "Measure this space")
    assert not app.exception
    assert "got 1. Measure the training utterances too" in texts(app.error)


def test_emotions_without_a_direction_are_counted(opened, table):
    splits = np.where(table["emotion"] == "sad", "train", "test")
    app = upload(from_elsewhere(opened), "x.parquet", parquet(table.assign(split=splits)))
    assert not app.exception
    assert "30 utterances are left out of the angles" in texts(app.caption)
    assert "no training utterance gives a direction for calm" in texts(app.caption)


@pytest.mark.parametrize("hostile", ["![x](http://evil.invalid/x.png)", "angle_degrees"])
def test_the_name_of_a_class_is_shown_letter_by_letter(opened, table, hostile):
    app = upload(
        from_elsewhere(opened), "x.parquet", parquet(table.assign(emotion=table["emotion"].replace("sad", hostile)))
    )
    for cell in ((hostile, hostile), (hostile, "calm")):
        for label, value in zip(("Angle of", "and"), cell, strict=True):
            next(one for one in app.selectbox if one.label == label).set_value(value).run()
        assert not app.exception
        said = [one.value for one in app.markdown if plain(hostile) in one.value or "evil" in one.value]
        assert said
        assert not [text for text in said if "![x](" in text]
    assert {"angle_degrees", "one", "other"} in [set(one.value.columns) for one in app.dataframe]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.npy", b"\x80\x04K\x01.", "Nothing is unpickled here"),
        ("x.npy", npy(np.zeros((2, 3))), "of 2 rows not: 2 of zero length"),
        ("x.npy", npy(np.ones((2, 3))), "at least 3 vectors in x.npy; got 2"),
        ("x.parquet", b"no parquet", "Expected a parquet table in x.parquet"),
        ("x.tsv", b"1\t2\n1\n", "Expected vectors of one size"),
    ],
)
def test_what_cannot_be_opened_is_refused_and_the_page_stays(opened, name, content, words):
    app = upload(from_elsewhere(opened), name, content)
    assert not app.exception
    assert words in texts(app.error)
    assert library.saved_spaces() == []
    assert [one.label for one in app.file_uploader if one.label.startswith("Vectors")], "another file can be chosen"


@pytest.mark.parametrize("columns", [["file"], ["file", "emotion"], ["file", "speaker"]])
def test_a_file_that_tells_little_is_shown_all_the_same(opened, table, columns):
    app = upload(from_elsewhere(opened), "x.parquet", parquet(table[[*columns, "embedding"]]))
    app = press(app, "Measure this space")
    assert not app.exception
    assert not app.error
    assert "PCA in 2 dimensions" in texts(app.caption)


def test_utterances_without_a_speaker_are_no_further_speaker_in_the_intervals(opened, table):
    app = upload(from_elsewhere(opened), "x.parquet", parquet(table))
    assert "Drawn: 3 speakers" in texts(app.caption)
    table.loc[5:6, "speaker"] = None
    app = upload(press(app, "Open another file"), "y.parquet", parquet(table))
    assert not app.exception
    assert "of 60 utterances 2 tell no speaker" in texts(app.caption)
    assert "Drawn:" not in texts(app.caption)


def test_a_map_of_vectors_without_speakers_offers_no_colour_by_speaker(opened, table, monkeypatch):
    drawn = []

    def recorded(points, rows, **told):
        drawn.append(list(rows.columns))
        return point_map(points, rows, **told)

    monkeypatch.setattr("ui.views.embedding.map.point_map", recorded)
    app = upload(from_elsewhere(opened), "x.parquet", parquet(table[["file", "embedding"]]))
    assert "speaker" not in drawn[-1]
    upload(press(app, "Open another file"), "y.parquet", parquet(table))
    assert "speaker" in drawn[-1]


def test_one_dimension_one_class_and_equal_vectors_are_shown_with_alarms(opened, table):
    flat = table.assign(emotion="sad", embedding=[[1.0] if row % 3 else [2.0] for row in range(60)])
    app = press(upload(from_elsewhere(opened), "x.parquet", parquet(flat)), "Measure this space")
    assert not app.exception
    assert "every angle is 0 or 180" in texts(app.caption)
    assert "All vectors point nearly the same way" in texts(app.warning)


def test_a_kept_file_that_was_damaged_is_said_and_can_be_deleted(opened, table):
    app = upload(from_elsewhere(opened), "x.parquet", parquet(table))
    library.saved_spaces()[0].write_bytes(b"damaged")
    app.run()
    assert not app.exception
    assert "Expected a parquet table in x.parquet" in texts(app.error)
    assert library.saved_spaces()
    press(app, "Delete")
    assert library.saved_spaces() == []
