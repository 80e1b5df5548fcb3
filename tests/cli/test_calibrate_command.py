"""``calibrate``: from a model of two corpora to its new temperature, ranges and card."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest
from safetensors.numpy import load_file

from ser_core.checkpoints.folder import read_card
from ser_core.checkpoints.store import load_checkpoint
from ser_core.checkpoints.words import card_in_words
from ser_core.cli import main
from ser_core.evaluation.calibration import softmax
from ser_core.evaluation.left_out import fit_on_left_out
from ser_core.models.running import run_head


@pytest.fixture(scope="module")
def two_corpora(tiny_corpus, tmp_path_factory):
    """Two tables: the recordings of two of the four speakers each; four speakers of each by another name of two."""
    rows = pd.read_csv(tiny_corpus).drop(columns="split")
    folders = []
    for name, speakers in (("one", ("f1", "m1")), ("other", ("f2", "m2"))):
        folder = tmp_path_factory.mktemp(name)
        own = rows[rows["speaker"].isin(speakers)].copy()
        for file in own["file"]:
            shutil.copy(tiny_corpus.parent / file, folder / file)
        third = own["file"].str.contains("2.wav", regex=False)
        own.loc[third, "speaker"] = "third of " + own.loc[third, "speaker"]
        own.assign(corpus=name).to_csv(folder / "list.csv", index=False)
        folders.append(folder / "list.csv")
    return folders


@pytest.fixture(scope="module")
def trained(two_corpora, tiny_recipe, tmp_path_factory):
    """The folder of a model of both."""
    run = tmp_path_factory.mktemp("runs") / "both"
    corpora = [word for table in two_corpora for word in ("--corpus", str(table))]
    assert main(["train", *corpora, "--recipe", str(tiny_recipe), "--out", str(run)]) == 0
    return run / "checkpoint"


def test_temperature_and_ranges_are_those_fitted_on_corpora_left_out(
    trained, two_corpora, tmp_path, monkeypatch, capsys
):
    model = tmp_path / "model"
    shutil.copytree(trained, model)
    before = load_checkpoint(model)
    fitted = []

    def spy(answers, **options):
        fitted.append(fit_on_left_out(answers, **options))
        return fitted[-1]

    monkeypatch.setattr("ser_core.evaluation.left_out.fit_on_left_out", spy)
    corpora = [word for table in two_corpora for word in ("--corpus", str(table))]
    assert main(["calibrate", "--checkpoint", str(model), *corpora, "--keep", str(tmp_path / "kept")]) == 0
    printed = capsys.readouterr()
    assert printed.out.strip() == str(model)
    assert "1 of 2: training without one, then judging it" in printed.err
    (found,) = fitted
    after = load_checkpoint(model)  # its digests fit
    assert after.temperature == pytest.approx(found.temperature, rel=1e-6)
    assert found.temperature_by_development == pytest.approx(before.temperature, rel=1e-6)
    np.testing.assert_allclose(after.ranges, np.clip(before.ranges + found.widened_degrees, 0, 180), rtol=1e-5)
    np.testing.assert_array_equal(after.directions, before.directions)
    old, new = load_file(trained / "weights.safetensors"), load_file(model / "weights.safetensors")
    assert [name for name in old if not np.array_equal(old[name], new[name])] == ["ranges", "temperature"]

    card = read_card(model)
    assert card.left_out == found
    assert [one.corpus for one in card.left_out.corpora] == ["one", "other"]
    assert "on corpora that were left out of the training of models like this one, in turn: one (" in card_in_words(
        card
    )
    atlas = pd.read_parquet(model / "atlas.parquet")
    vectors = np.stack(atlas["embedding"].to_list())
    expected = softmax(run_head(after.model, vectors), found.temperature)
    np.testing.assert_allclose(atlas[[f"probability_{name}" for name in after.labels]], expected, atol=1e-6)
    assert card.reliability.covered >= before.card.reliability.covered or found.widened_degrees < 0

    # Once more: the same figures, from what is kept, and from what development speakers had set at first.
    assert main(["calibrate", "--checkpoint", str(model), *corpora, "--keep", str(tmp_path / "kept")]) == 0
    assert read_card(model) == card


def test_a_model_of_one_corpus_stays_as_it_is(tiny_checkpoint, tiny_corpus, tmp_path, capsys):
    model = tmp_path / "model"
    shutil.copytree(tiny_checkpoint, model)
    before = (model / "card.json").read_bytes()
    assert main(["calibrate", "--checkpoint", str(model), "--corpus", str(tiny_corpus)]) == 2
    said = capsys.readouterr().err
    assert "Expected a model that was trained on several corpora" in said
    assert "Its confidence stays as development speakers set it" in said
    assert (model / "card.json").read_bytes() == before


def test_other_corpora_than_those_of_the_training_are_refused(trained, two_corpora, capsys):
    assert main(["calibrate", "--checkpoint", str(trained), "--corpus", str(two_corpora[0])]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "was trained, tuned and tested on (one+other)" in said
    assert "left_out" not in json.loads((trained / "card.json").read_text())


def test_a_place_that_cannot_be_written_is_named_before_anything_is_read(
    trained, two_corpora, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("ser_core.training.examples.load_examples", lambda *_, **__: pytest.fail("it reads"))
    (tmp_path / "notes.txt").write_text("no folder")
    corpora = [word for table in two_corpora for word in ("--corpus", str(table))]
    assert main(["calibrate", "--checkpoint", str(trained), *corpora, "--keep", str(tmp_path / "notes.txt")]) == 2
    said = "".join(capsys.readouterr().err.split())
    assert "Expectedtowrite" in said
    assert "notes.txt" in said
