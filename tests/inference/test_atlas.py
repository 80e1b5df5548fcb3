"""The utterances a checkpoint knows, and a whole corpus through a model."""

import dataclasses
import json
import math
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.checkpoints.folder import write_digests
from ser_core.corpora.table import load
from ser_core.errors import CheckpointError
from ser_core.inference import Atlas, Reader
from ser_core.inference.embedding import embed_corpus


@pytest.fixture(scope="module")
def atlas(tiny_checkpoint) -> Atlas:
    return Atlas.load(tiny_checkpoint)


def test_the_atlas_holds_every_utterance_with_its_split_and_what_the_manifest_tells(atlas):
    assert len(atlas.frame) == len(atlas.embeddings) == 36
    assert atlas.embeddings.shape == (36, 8)
    assert atlas.frame.groupby("split")["speaker"].agg(lambda names: sorted(set(names))).to_dict() == {
        "train": ["f1", "m1"], "development": ["f2"], "test": ["m2"],
    }  # fmt: skip
    assert {"gender", "corpus", "predicted", "probability_sad", "angle_sad"} <= set(atlas.frame.columns)
    assert "embedding" not in atlas.frame


@pytest.mark.parametrize("include_training", [False, True])
def test_neighbours_are_those_with_the_smallest_angles(atlas, include_training):
    query = atlas.embeddings[5] + 0.1
    found = atlas.neighbours(query, 4, include_training=include_training)

    def angle(row: int) -> float:
        other = atlas.embeddings[row].astype(float)
        return math.degrees(math.acos(min(1.0, float(query @ other) / np.linalg.norm(query) / np.linalg.norm(other))))

    rows = [row for row in range(36) if include_training or atlas.frame["split"][row] != "train"]
    expected = sorted(rows, key=angle)[:4]
    assert found["angle_degrees"].tolist() == pytest.approx([angle(row) for row in expected], abs=0.02)
    assert set(found.index) == set(expected)


def test_neighbours_are_never_more_than_there_are(atlas):
    assert len(atlas.neighbours(atlas.embeddings[0], 100)) == 18
    assert len(atlas.neighbours(atlas.embeddings[0], 0)) == 0


def test_the_sound_of_a_row_is_found_in_the_corpus_only(tiny_checkpoint, tiny_corpus, workspace):
    atlas = Atlas.load(Path(shutil.copytree(tiny_checkpoint, workspace / "checkpoints" / "mine")))
    row = atlas.frame.iloc[0]
    assert atlas.audio_path(row) == tiny_corpus.parent / row["file"]
    assert atlas.audio_path({"file": "not there.wav"}) is None
    for outside in ("../tiny.csv", str(tiny_corpus)):
        assert atlas.audio_path({"file": outside}) is None


@pytest.mark.parametrize("root", ["//server/share", "\\\\server\\share", ""])
def test_a_card_cannot_make_this_computer_ask_another_one_for_sound(tiny_checkpoint, tmp_path, root):
    copied = Path(shutil.copytree(tiny_checkpoint, tmp_path / "model"))
    card = json.loads((copied / "card.json").read_text(encoding="utf-8"))
    (copied / "card.json").write_text(json.dumps({**card, "corpus_root": root}), encoding="utf-8")
    write_digests(copied)
    assert Atlas.load(copied).roots == ()


def test_a_checkpoint_without_an_atlas_or_with_a_wrong_one_gets_advice(tiny_checkpoint, tmp_path):
    copied = Path(shutil.copytree(tiny_checkpoint, tmp_path / "model"))
    frame = pd.read_parquet(copied / "atlas.parquet")
    frame.drop(columns="speaker").to_parquet(copied / "atlas.parquet")
    with pytest.raises(CheckpointError, match="has changed since"):
        Atlas.load(copied)
    write_digests(copied)
    with pytest.raises(CheckpointError, match="no column speaker"):
        Atlas.load(copied)
    (copied / "atlas.parquet").unlink()
    with pytest.raises(CheckpointError, match="train it again"):
        Atlas.load(copied)


def test_a_corpus_through_the_model_gives_the_atlas_again(atlas, tiny_checkpoint, tiny_corpus):
    table = embed_corpus(Reader.load(tiny_checkpoint), load(tiny_corpus))
    assert table["file"].tolist() == atlas.frame["file"].tolist()
    assert table["split"].tolist() == atlas.frame["split"].tolist()
    assert table["predicted"].tolist() == atlas.frame["predicted"].tolist()
    np.testing.assert_allclose(np.stack(table["embedding"]), atlas.embeddings, rtol=1e-4, atol=1e-4)
    assert list(table.columns[:7]) == ["file", "start", "end", "speaker", "emotion", "split", "predicted"]


def test_another_corpus_is_unseen(tiny_checkpoint, tiny_corpus):
    other = dataclasses.replace(load(tiny_corpus).select([0, 1]), corpus="other")
    assert set(embed_corpus(Reader.load(tiny_checkpoint), other)["split"]) == {"unseen"}
