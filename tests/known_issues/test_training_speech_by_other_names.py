"""Recordings of the training, listed under other names, were scored as speech of people whom a model had not heard."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest
import soundfile

from ser_core.checkpoints.elsewhere import worth_in_a_sentence
from ser_core.checkpoints.folder import read_card
from ser_core.cli import main
from ser_core.inference import Reader
from ser_core.inference.heard_before import learned_embeddings, speakers_heard_before


@pytest.fixture
def renamed(tiny_corpus, tmp_path):
    """Return a function that lists the recordings of a corpus again: no name of corpus, speaker or file is the same."""

    def make(*, change=None, speakers=("f1", "m1", "f2", "m2"), corpus=None):
        rows = pd.read_csv(tiny_corpus).drop(columns="split")
        rows = rows[rows["speaker"].isin(speakers)].reset_index(drop=True)
        for number, file in enumerate(rows["file"]):
            samples, rate = soundfile.read(tiny_corpus.parent / file, dtype="float32")
            rows.loc[number, "file"] = name = f"clip{number}.wav"
            soundfile.write(tmp_path / name, samples if change is None else change(samples), rate, subtype="FLOAT")
        rows["speaker"] = "Person " + rows["speaker"]
        if corpus is not None:
            rows["corpus"] = corpus
        rows.to_csv(tmp_path / "ours.csv", index=False)
        return tmp_path / "ours.csv"

    return make


def evaluated(checkpoint, table, out, capsys):
    status = main(["evaluate", "--checkpoint", str(checkpoint), "--corpus", str(table), "--out", str(out)])
    return status, " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("corpus", [None, "tiny"])
def test_only_people_whom_the_model_has_not_heard_are_scored(
    renamed, corpus, tiny_checkpoint, workspace, tmp_path, capsys
):
    split = read_card(tiny_checkpoint).split
    out = tmp_path / "scores.json"
    status, told = evaluated(tiny_checkpoint, renamed(corpus=corpus), out, capsys)
    assert status == 0
    (found,) = json.loads(out.read_text())["corpora"]
    assert sorted(found["by_speaker"]) == [f"Person {name}" for name in sorted(split.test_speakers)]
    assert found["left_out"] == found["recognised"] == 27
    assert found["trained_on"]
    assert "Left out: 27 utterances of speakers whom the model has learned from, although the corpus has" in told
    assert any(note.startswith("Left out: 27 utterances") for note in found["notes"])


def test_such_scores_do_not_tell_what_answers_are_worth_for_other_people(
    renamed, tiny_checkpoint, workspace, tmp_path, capsys
):
    shutil.copytree(tiny_checkpoint, workspace / "checkpoints" / "tiny-run")
    out = tmp_path / "scores.json"
    assert evaluated("tiny-run", renamed(), out, capsys)[0] == 0
    assert main(["checkpoints", "--scores", str(out)]) == 0
    assert "was not measured" in worth_in_a_sentence(read_card(workspace / "checkpoints" / "tiny-run"))


def test_a_list_of_nobody_else_is_refused_with_advice(renamed, tiny_checkpoint, workspace, tmp_path, capsys):
    split = read_card(tiny_checkpoint).split
    table = renamed(speakers=[*split.train_speakers, *split.development_speakers])
    status, told = evaluated(tiny_checkpoint, table, tmp_path / "scores.json", capsys)
    assert status == 2
    assert "whom the model tiny-run has not learned from; it has learned from all 27 utterances" in told
    assert not (tmp_path / "scores.json").exists()


def test_without_an_atlas_the_speakers_of_the_training_are_found(renamed, tiny_checkpoint, workspace, tmp_path, capsys):
    model = shutil.copytree(tiny_checkpoint, tmp_path / "model")
    (model / "atlas.parquet").unlink()
    sums = [line for line in (model / "SHA256SUMS").read_text().splitlines() if "atlas" not in line]
    (model / "SHA256SUMS").write_text("\n".join(sums) + "\n")
    reader = Reader.load(model)
    assert learned_embeddings(reader, model) is reader.checkpoint.training_embeddings
    out = tmp_path / "scores.json"
    assert evaluated(model, renamed(), out, capsys)[0] == 0
    heard = read_card(model).split.train_speakers
    assert not {f"Person {name}" for name in heard} & set(json.loads(out.read_text())["corpora"][0]["by_speaker"])


def test_one_exact_recording_or_more_than_half_that_are_near_give_a_speaker_away(random):
    learned = random.normal(size=(200, 16))
    usual = np.median([np.sort(np.linalg.norm(learned - row, axis=1))[1] for row in learned])
    direction = random.normal(size=16)
    direction /= np.linalg.norm(direction)

    def beside(distance, count):
        return learned[:count] + distance * usual * direction

    other = random.normal(size=(9, 16))
    for known, embeddings in (
        (True, [*beside(0, 1), *other]),
        (True, [*beside(0.05, 6), *other[:5]]),
        (False, [*beside(0.05, 5), *other[:5]]),
        (False, beside(0.3, 10)),
        (False, other),
    ):
        found = speakers_heard_before(np.array(embeddings), ["a"] * len(embeddings), learned)
        assert found == ({"a"} if known else set())


def test_where_embeddings_have_fallen_together_nobody_is_recognised(random):
    together = np.ones((50, 8), dtype=np.float32)
    assert speakers_heard_before(together[:5], ["a"] * 5, together) == frozenset()
    assert speakers_heard_before(together[:0], [], together) == frozenset()
    assert speakers_heard_before(random.normal(size=(5, 8)), ["a"] * 5, together[:1]) == frozenset()
