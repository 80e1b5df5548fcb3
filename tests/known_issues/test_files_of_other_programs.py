"""Tables and vectors as audformat, openSMILE, pandas, Hugging Face and PyTorch write them were refused or misread."""

import json
import re
import shlex
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.parquet
import pytest
import safetensors.numpy

from ser_core.corpora import open_corpus
from ser_core.corpora.table_cells import seconds_of
from ser_core.embeddings.opening import open_space
from ser_core.errors import CorpusError, EmbeddingError

ROWS = 12
EMOTIONS = ["sad", "angry", "happy"] * 4


@pytest.fixture
def vectors(random) -> np.ndarray:
    return random.normal(size=(ROWS, 5)).astype(np.float32)


def told() -> pd.DataFrame:
    return pd.DataFrame({"file": [f"u{row}.wav" for row in range(ROWS)], "emotion": EMOTIONS})


# ------------------------------------------------------------------------------------------------ times
@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0 days", 0.0),
        ("1 day", 86_400.0),
        ("2 days", 172_800.0),
        ("0 days 00:00:01.5", 1.5),
        ("1 day, 0:00:02", 86_402.0),
    ],
)
def test_a_time_of_whole_days_is_a_time(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["days", "0 days 00", "0 days x", "1 dayss", "-1 days", "0 days "[:6] + " ,", ":"])
def test_what_is_no_time_is_none(text):
    with pytest.raises(ValueError):
        seconds_of(text)


def test_a_list_whose_segments_all_begin_at_zero_opens_as_pandas_writes_it(tiny_corpus, tmp_path):
    rows = pd.read_csv(tiny_corpus)
    rows["start"] = pd.to_timedelta(0, unit="s")
    rows["end"] = pd.NaT
    path = tiny_corpus.parent / "whole-days.csv"
    rows.to_csv(path, index=False)
    assert "0 days," in path.read_text()
    assert {row.start for row in open_corpus(str(path)).utterances} == {0.0}
    path.unlink()


# ------------------------------------------------------------------------------------------------ one column each
@pytest.mark.parametrize("form", ["f{}", "{}", "dim_{}", "emb.{:03d}", "feature{}"])
@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".tsv"])
@pytest.mark.parametrize("first", [0, 1])
def test_one_column_per_dimension_is_the_vector(vectors, tmp_path, form, suffix, first):
    names = [form.format(number) for number in range(first, first + 5)]
    table = pd.concat([told(), pd.DataFrame(vectors, columns=names)], axis=1).assign(age=30.0)
    path = write(table, tmp_path / f"wide{suffix}")
    space = open_space(path)
    assert np.allclose(space.embeddings, vectors)
    assert list(space.frame["file"]) == list(table["file"])
    assert list(space.frame["age"]) == [30.0] * ROWS
    assert f"5 columns of numbers were read as the vector: {names[0]} to {names[-1]}." in space.notes


def test_the_numbers_decide_the_order_of_the_columns(tmp_path, random):
    values = random.normal(size=(ROWS, 12)).astype(np.float32)
    order = sorted(range(12), key=str)  # 0, 1, 10, 11, 2, …
    table = pd.concat([told(), pd.DataFrame(values[:, order], columns=[f"x{n}" for n in order])], axis=1)
    assert np.allclose(open_space(write(table, tmp_path / "a.csv")).embeddings, values)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_functionals_of_speech_with_file_start_and_end_open_with_a_word_on_their_sizes(tmp_path, random, suffix):
    names = [f"F0semitone_{sign}" for sign in "abcdefgh"] + [f"loudness_sma3_{sign}" for sign in "abcdefgh"]
    values = random.normal(size=(ROWS, 16)) * np.r_[np.ones(15), 1e4]
    index = pd.MultiIndex.from_arrays(
        [told()["file"], pd.to_timedelta([0] * ROWS, unit="s"), pd.to_timedelta(np.arange(1, ROWS + 1), unit="s")],
        names=["file", "start", "end"],
    )
    table = pd.DataFrame(values, columns=names, index=index)
    path = tmp_path / f"egemaps{suffix}"
    table.to_csv(path) if suffix == ".csv" else table.to_parquet(path)
    space = open_space(path)
    assert (space.size, list(space.frame["start"])) == (16, [0.0] * ROWS)
    assert list(space.frame["end"]) == list(range(1, ROWS + 1))
    assert any("decides every angle" in note for note in space.notes)


def test_numbers_without_a_header_are_vectors_without_names(vectors, tmp_path):
    np.savetxt(tmp_path / "a.csv", vectors, delimiter=",")
    assert np.allclose(open_space(tmp_path / "a.csv").embeddings, vectors, atol=1e-6)


def test_a_table_without_a_vector_is_refused_with_the_way_to_write_one(tmp_path):
    told().assign(score=1.0, other=2.0).to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(EmbeddingError, match="numbered like f0, f1, f2; got none among file, emotion, score"):
        open_space(tmp_path / "a.csv")


def test_a_cell_without_a_number_makes_its_row_unusable_and_names_it(vectors, tmp_path):
    table = pd.concat([told(), pd.DataFrame(vectors, columns=list("01234"))], axis=1)
    table.loc[3, "2"] = np.nan
    with pytest.raises(EmbeddingError, match="1 without finite numbers \\(row 4: u3.wav, nothing in 2\\)"):
        open_space(write(table, tmp_path / "a.csv"))
    assert len(open_space(write(table, tmp_path / "a.csv"), leave_out=True)) == ROWS - 1


# ------------------------------------------------------------------------------------------------ no header
@pytest.mark.parametrize(
    "order", [["file", "speaker", "emotion"], ["speaker", "emotion", "file"], ["emotion", "file", "speaker"]]
)
def test_a_list_without_a_header_keeps_its_first_row(tiny_corpus, order):
    rows = pd.read_csv(tiny_corpus)[order]
    path = tiny_corpus.parent / "bare.csv"
    rows.to_csv(path, index=False, header=False)
    manifest = open_corpus(str(path))
    assert [row.file for row in manifest.utterances] == list(rows["file"])
    assert [row.speaker for row in manifest.utterances] == list(rows["speaker"])
    assert any(f"no header; its columns were read as {', '.join(order)}" in note for note in manifest.notes)
    path.unlink()


def test_a_list_without_a_header_that_names_no_speaker_says_what_is_missing(tiny_corpus):
    path = tiny_corpus.parent / "bare.csv"
    pd.read_csv(tiny_corpus)[["file", "emotion"]].to_csv(path, index=False, header=False)
    with pytest.raises(CorpusError, match="speaker"):
        open_corpus(str(path))
    path.unlink()


@pytest.mark.parametrize(
    "columns", [["file"], ["file", "emotion"], ["emotion", "file"], ["file", "emotion", "speaker"]]
)
def test_a_table_beside_vectors_may_have_no_header(vectors, tmp_path, columns):
    np.save(tmp_path / "v.npy", vectors)
    told().assign(speaker=[f"s{row % 3}" for row in range(ROWS)])[columns].to_csv(
        tmp_path / "m.csv", index=False, header=False
    )
    space = open_space(tmp_path / "v.npy", tmp_path / "m.csv")
    assert list(space.frame["file"]) == [f"u{row}.wav" for row in range(ROWS)]
    if "emotion" in columns:
        assert list(space.frame["emotion"]) == EMOTIONS


# ------------------------------------------------------------------------------------------------ Hugging Face
def hugging_face(features: object) -> dict[bytes, bytes]:
    return {b"huggingface": json.dumps({"info": {"features": features}}).encode()}


def test_numbers_of_classes_get_the_names_that_the_file_has_for_them(vectors, tmp_path):
    table = pyarrow.table(
        {
            "audio": [{"bytes": b"RIFF", "path": f"u{row}.wav"} for row in range(ROWS)],
            "label": [-1, *(row % 3 for row in range(1, ROWS))],
            "embedding": pyarrow.array(list(vectors)),
        }
    )
    features = {"label": {"names": ["sadness", "anger", "joy"], "_type": "ClassLabel"}, "audio": {"_type": "Audio"}}
    pyarrow.parquet.write_table(table.replace_schema_metadata(hugging_face(features)), tmp_path / "a.parquet")
    space = open_space(tmp_path / "a.parquet")
    assert list(space.frame["emotion"][1:4]) == ["angry", "happy", "sad"]
    assert space.frame["emotion"].isna()[0]
    assert space.frame["file"][5] == "u5.wav"
    assert any("Numbers in the column label were read as the classes" in note for note in space.notes)


@pytest.mark.parametrize(
    "metadata",
    [
        {b"huggingface": b"{"},
        {b"huggingface": b"[" * 5000},
        hugging_face([]),
        hugging_face({"label": 3}),
        hugging_face({"label": {"_type": "ClassLabel"}}),
        hugging_face({"label": {"_type": "ClassLabel", "names": 7}}),
        hugging_face({"label": {"_type": "ClassLabel", "names": ["sad"]}}),
    ],
)
def test_whatever_stands_in_that_place_the_table_opens(vectors, tmp_path, metadata):
    table = pyarrow.table({"label": [row % 3 for row in range(ROWS)], "embedding": pyarrow.array(list(vectors))})
    pyarrow.parquet.write_table(table.replace_schema_metadata(metadata), tmp_path / "a.parquet")
    assert len(open_space(tmp_path / "a.parquet")) == ROWS


# ------------------------------------------------------------------------------------------------ arrays
@pytest.mark.parametrize("shape", [(ROWS, 1, 5), (ROWS, 5, 1), (ROWS, 1, 5, 1), (ROWS, 1, 1, 5)])
@pytest.mark.parametrize("suffix", [".npy", ".npz"])
def test_axes_of_one_entry_are_dropped(vectors, tmp_path, shape, suffix):
    path = tmp_path / f"a{suffix}"
    (np.save if suffix == ".npy" else np.savez_compressed)(path, vectors.reshape(shape))
    assert np.array_equal(open_space(path).embeddings, vectors)


def test_frames_are_not_taken_for_vectors(random, tmp_path):
    np.save(tmp_path / "a.npy", random.normal(size=(ROWS, 3, 5)))
    with pytest.raises(EmbeddingError, match=r"got shape \(12, 3, 5\). Average over time first"):
        open_space(tmp_path / "a.npy")


def test_several_arrays_are_refused_with_a_line_that_saves_one(vectors, tmp_path, monkeypatch):
    np.savez(tmp_path / "a.npz", embeddings=vectors, labels=np.arange(ROWS))
    run_the_line(refused(tmp_path / "a.npz", "got 2: embeddings, labels"), monkeypatch, tmp_path)
    assert np.array_equal(open_space(tmp_path / "a.npy").embeddings, vectors)


def test_tensors_are_refused_with_a_line_that_saves_them(vectors, tmp_path, monkeypatch):
    safetensors.numpy.save_file({'it\'s "quoted"': vectors}, tmp_path / "a.safetensors")
    run_the_line(refused(tmp_path / "a.safetensors", "tensors"), monkeypatch, tmp_path)
    assert np.array_equal(open_space(tmp_path / "a.npy").embeddings, vectors)


@pytest.mark.parametrize("name", ["a.pt", "a.pth", "it's here.pt"])
def test_a_file_of_pytorch_is_refused_with_a_line_that_saves_it(vectors, tmp_path, monkeypatch, name):
    import torch

    torch.save(torch.from_numpy(vectors), tmp_path / name)  # noqa: TID251 - what other programs do
    run_the_line(refused(tmp_path / name, "a file of PyTorch"), monkeypatch, tmp_path)
    assert np.array_equal(open_space((tmp_path / name).with_suffix(".npy")).embeddings, vectors)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"nonsense", b"PK\x05\x06" + bytes(18)])
def test_a_damaged_archive_is_refused_with_advice(tmp_path, content):
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(EmbeddingError, match="Expected an array"):
        open_space(tmp_path / "a.npz")


def test_pickled_objects_in_an_archive_stay_closed(tmp_path):
    np.savez(tmp_path / "a.npz", np.array([{"a": 1}], dtype=object))
    with pytest.raises(EmbeddingError, match="pickled Python objects, which are never opened here"):
        open_space(tmp_path / "a.npz")


def refused(path: Path, words: str) -> str:
    with pytest.raises(EmbeddingError, match=re.escape(words)) as caught:
        open_space(path)
    return str(caught.value)


def run_the_line(message: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Run what the advice says, as a shell would, in this process."""
    monkeypatch.chdir(folder)
    line = shlex.split("python -c" + message.split("python -c")[1])
    assert line[:2] == ["python", "-c"]
    exec(line[2], {})


def write(table: pd.DataFrame, path: Path) -> Path:
    if path.suffix == ".parquet":
        table.to_parquet(path)
    else:
        table.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    return path
