"""``train``, ``evaluate``, ``embed``, ``angles`` as a person would chain them."""

import json

import pandas as pd
import pytest

from ser_core.cli import main
from ser_core.training.event_log import read_events


@pytest.fixture
def run(capsys):
    def call(*arguments):
        status = main([str(argument) for argument in arguments])
        return status, capsys.readouterr()

    return call


def test_train_prints_the_checkpoint_and_shows_every_epoch(run, tiny_corpus, tiny_recipe, tmp_path):
    out = tmp_path / "a run"
    arguments = ["train", "--corpus", tiny_corpus, "--recipe", tiny_recipe, "--out", out]
    status, output = run(
        *arguments, "--set", "stages.0.epochs=1", "--set", "embedding_size=4", "--seed", 3, "--map", "sad=neutral"
    )
    assert status == 0
    assert output.out == f"{out / 'checkpoint'}\n"
    read, noted, *lines = output.err.splitlines()
    assert read == "tiny: 36 utterances, 4 speakers"
    assert noted == "note: Emotions mapped: sad → neutral (12 rows)."
    assert lines[0].startswith("epoch 1/2 softmax · loss ")
    assert lines[1].startswith("epoch 2/2 triplet · loss ")
    assert "% of triplets active" in lines[1]
    assert "from 10 training utterances of each emotion" in lines[2]  # why figures by angle above and below differ
    assert "the finished model below has directions from all of them" in lines[2]
    assert [line.split(" ")[0] for line in lines[3:]] == ["development", "test"]
    card = json.loads((out / "checkpoint" / "card.json").read_text())
    assert card["labels"] == ["neutral", "angry"]
    assert (card["embedding_size"], card["seed"], card["epochs"]) == (4, 3, 2)

    status, output = run(*arguments)
    assert status == 2
    assert "add --resume" in output.err
    status, output = run("train", "--out", out, "--resume")
    assert status == 2
    assert "it is finished" in output.err


def test_a_stopped_run_says_how_to_go_on_and_does(run, tiny_corpus, tiny_recipe, tmp_path):
    out = tmp_path / "run"
    out.mkdir()
    (out / "stop").touch()
    status, output = run("train", "--corpus", tiny_corpus, "--recipe", tiny_recipe, "--out", out, "--heed-stop")
    assert status == 130
    assert output.err.splitlines()[-1] == f"Stopped. Go on with: python -m ser_core train --out {out} --resume"
    assert read_events(out)[-1].event.kind == "stopped"
    for option, value in (("--seed", 0), ("--fold", 0), ("--set", "dropout=0.2"), ("--map", "sad=neutral")):
        status, output = run("train", "--out", out, "--resume", option, value)
        assert status == 2
        assert f"Expected --resume without {option}, since" in output.err
    (out / "stop").touch()  # left by a process that was killed
    status, output = run("train", "--out", out, "--resume")
    assert status == 0
    assert read_events(out)[-1].event.kind == "finished"


def test_a_run_that_fails_ends_with_one_line(run, tiny_corpus, tiny_recipe, tmp_path):
    (tmp_path / "file").write_text("")
    status, output = run("train", "--corpus", tiny_corpus, "--recipe", tiny_recipe, "--out", tmp_path / "file" / "run")
    assert status == 2
    assert len(output.err.splitlines()) == 1
    assert "check the folder's permissions" in output.err


def test_evaluate_writes_the_result_and_says_it_in_a_line(run, tiny_corpus, tiny_recipe, tmp_path):
    out = tmp_path / "result.json"
    status, output = run(
        "evaluate", "--corpus", tiny_corpus, "--recipe", tiny_recipe, "--protocol", "leave-one-speaker-out",
        "--out", out, "--folds", "2,1", "--set", "stages.0.epochs=1", "--workers", 1,
    )  # fmt: skip
    assert status == 0
    assert output.out == f"{out}\n"
    content = json.loads(out.read_text())
    assert [fold["fold"] for fold in content["folds"]] == [1, 2]
    assert content["partial"] is True
    assert (tmp_path / "result.predictions.parquet").is_file()
    last = output.err.splitlines()[-1]
    assert last.startswith(f"UA {100 * content['uar_mean']:.1f} ± {100 * content['uar_std']:.1f} %")
    assert "over 2 folds of leave-one-speaker-out, by angle" in last


def test_embed_and_angles_follow_each_other(run, tiny_checkpoint, tiny_corpus, tmp_path):
    table, matrix = tmp_path / "vectors.parquet", tmp_path / "angles.json"
    status, output = run("embed", "--checkpoint", tiny_checkpoint, "--corpus", tiny_corpus, "--out", table)
    assert status == 0
    assert output.out == f"{table}\n"
    assert "36 utterances, 8 dimensions" in output.err
    assert len(pd.read_parquet(table)) == 36
    status, _ = run("angles", table, "--out", matrix)
    assert status == 0
    content = json.loads(matrix.read_text())
    assert content["labels"] == ["neutral", "sad", "angry"]
    assert content["split"] == "test"
    assert content["counts"] == [3, 3, 3]
    assert len(content["matrix_degrees"]) == 3
