"""A run's folder: complete when it ends, resumed exactly when it was stopped, never overwritten."""

import json
import os
import shutil
import signal
import tomllib
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from ser_core.corpora.table import load
from ser_core.errors import AudioError, ConfigError, StorageError, TrainingError
from ser_core.recipes import load_recipe
from ser_core.training.event_log import read_events
from ser_core.training.events import RunStopped
from ser_core.training.jobs import run_state
from ser_core.training.plan import make_plan, read_plan, write_config
from ser_core.training.run import STATE, locked, train_run


@pytest.fixture
def plan(tiny_corpus, tiny_recipe):
    return make_plan(corpus=str(tiny_corpus), recipe=tiny_recipe, protocol="held-out-speakers", fold=1, seed=0)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_finished_run_holds_settings_log_checkpoint_and_embeddings(tiny_run, tiny_corpus):
    names = {path.name for path in tiny_run.iterdir()} - {"lock"}
    assert names == {"config.toml", "events.jsonl", "checkpoint", "embeddings.parquet", "recordings.json"}
    card = json.loads((tiny_run / "checkpoint" / "card.json").read_text())
    manifest = load(tiny_corpus)
    assert card["labels"] == list(manifest.labels) == ["neutral", "sad", "angry"]
    assert card["manifest_digest"] == manifest.digest()
    assert card["split"] == {
        "protocol": "held-out-speakers",
        "fold": 1,
        "train_speakers": ["f1", "m1"],
        "development_speakers": ["f2"],
        "test_speakers": ["m2"],
        "speaker_overlap": 0,
        "speaker_independent": True,
    }
    assert set(card["metrics"]) == {"development", "test"}
    assert set(card["metrics"]["test"]) == {"head", "angle", "svm", "knn"}
    assert (card["back_end"], card["epochs"], card["seed"], card["artificial"]) == ("angle", 3, 0, False)


def test_the_log_tells_what_the_contract_lists(tiny_run):
    events = [json.loads(line) for line in (tiny_run / "events.jsonl").read_text().splitlines()]
    kinds = [event["kind"] for event in events]
    assert kinds[0] == "started"
    assert kinds[-2:] == ["saved", "finished"]
    assert kinds.count("epoch") == 3
    assert {"total_epochs", "labels", "corpus", "recipe", "protocol", "fold", "parameters"} <= set(events[0])
    card = json.loads((tiny_run / "checkpoint" / "card.json").read_text())
    assert events[0]["parameters"] == card["parameters"]
    assert events[-1]["metrics"] == card["metrics"]
    for event in events:
        if event["kind"] == "epoch":
            assert {
                "epoch", "stage", "train_loss", "development_uar", "development_wa", "development_uar_angle",
                "confusion", "seconds", "seconds_left",
            } <= set(event)  # fmt: skip


def test_nothing_that_a_run_writes_is_pickled(tiny_run):
    suffixes = {path.suffix for path in tiny_run.rglob("*") if path.is_file()}
    assert suffixes <= {".toml", ".jsonl", ".json", ".md", ".parquet", ".safetensors", ""}
    for name, content in contents(tiny_run).items():
        assert not content.startswith((b"\x80\x04", b"\x80\x05", b"PK\x03\x04")), name


def test_the_settings_of_a_run_are_read_back_as_they_were(plan, tmp_path, tiny_corpus, tiny_recipe):
    recipe = tmp_path / "published.toml"
    recipe.write_text(tiny_recipe.read_text() + '[paper]\nembedding_size = "page 1"\ndropout = "page 2"\n')
    changed = make_plan(
        corpus=str(tiny_corpus),
        recipe=recipe,
        protocol="leave-one-speaker-out",
        fold=2,
        seed=5,
        overrides=["embedding_size=6", "stages.0.epochs=1"],
    )
    write_config(tmp_path / "run", changed)
    again = read_plan(tmp_path / "run")
    assert again.recipe == changed.recipe == load_recipe(recipe, ["embedding_size=6", "stages.0.epochs=1"])
    assert again.recipe.paper == {"dropout": "page 2"}  # an overridden value is no longer the paper's
    assert (again.protocol, again.fold, again.seed) == ("leave-one-speaker-out", changed.fold, 5)
    assert tomllib.loads((tmp_path / "run" / "config.toml").read_text())["corpus"] == str(tiny_corpus)


def test_a_run_stopped_in_the_middle_and_resumed_gives_the_checkpoint_of_one_that_was_not(plan, tiny_run, tmp_path):
    run = tmp_path / "run"

    def stop_after_first_epoch(event):
        if event.kind == "epoch":
            (run / "stop").touch()

    assert train_run(run, plan, listener=stop_after_first_epoch) is None
    assert read_events(run)[-1].event == RunStopped()
    assert not (run / "stop").exists()
    assert not (run / "checkpoint").exists()
    assert train_run(run, read_plan(run), resume=True) == run / "checkpoint"
    assert [figures.epoch for figures in run_state(run).history] == [1, 2, 3]
    left, right = (load_file(path / "checkpoint" / "weights.safetensors") for path in (run, tiny_run))
    assert left.keys() == right.keys()
    for name in left:
        assert torch.equal(left[name], right[name]), name


def test_a_run_is_not_resumed_on_a_corpus_that_has_changed(tiny_corpus, tiny_recipe, tmp_path):
    folder = Path(shutil.copytree(tiny_corpus.parent, tmp_path / "corpus"))
    table = folder / "tiny.csv"
    plan = make_plan(corpus=str(table), recipe=tiny_recipe, protocol="held-out-speakers", fold=1, seed=0)
    write_config(tmp_path / "run", plan)
    assert read_plan(tmp_path / "run").manifest.digest() == plan.manifest.digest()
    table.write_text(table.read_text().replace("f1_sad0.wav,f1,sad", "f1_sad0.wav,f1,neutral"))
    with pytest.raises(ConfigError, match="Restore the corpus, or start a new run"):
        read_plan(tmp_path / "run")


def test_mapped_emotions_are_written_down_and_applied_again(tiny_corpus, tiny_recipe, tmp_path):
    plan = make_plan(
        corpus=str(tiny_corpus),
        recipe=tiny_recipe,
        protocol="held-out-speakers",
        fold=1,
        seed=0,
        mapping={"sad": "neutral"},
    )
    write_config(tmp_path / "run", plan)
    again = read_plan(tmp_path / "run")
    assert again.manifest.labels == plan.manifest.labels == ("neutral", "angry")
    assert again.mapping == {"sad": "neutral"}


def test_a_folder_that_holds_a_run_is_refused_and_nothing_in_it_changes(plan, tiny_run):
    before = contents(tiny_run)
    with pytest.raises(ConfigError, match="Choose another --out, or add --resume"):
        train_run(tiny_run, plan)
    with pytest.raises(ConfigError, match="it is finished"):
        train_run(tiny_run, plan, resume=True)
    assert contents(tiny_run) == before


def test_a_file_in_place_of_the_folder_and_a_folder_without_a_run_get_advice(plan, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ConfigError, match="is a file"):
        train_run(tmp_path / "file", plan)
    with pytest.raises(StorageError, match="Free some space or check"):
        train_run(tmp_path / "file" / "below", plan)
    with pytest.raises(ConfigError, match="Make it again without --resume"):
        read_plan(tmp_path)


def test_a_run_in_use_by_another_process_is_left_alone(plan, tmp_path, monkeypatch):
    monkeypatch.setattr("ser_core.training.run._SECONDS_FOR_LOCK", 0.0)
    run = tmp_path / "run"
    run.mkdir()
    told = rf"held by a training \(process {os.getpid()}\), since \d\d:\d\d\. Wait for it, or stop it on the page Train"
    with locked(run):
        for resume in (False, True):
            with pytest.raises(ConfigError, match=told):
                train_run(run, plan, resume=resume)
    assert not (run / "config.toml").exists()  # the settings of a run are those of whoever trains it


def test_a_request_to_stop_that_was_meant_for_a_process_that_is_gone_is_forgotten(plan, tmp_path, monkeypatch):
    def asked(folder, *rest):
        return (folder / "stop").exists()

    monkeypatch.setattr("ser_core.training.run._train", asked)
    run = tmp_path / "run"
    write_config(run, plan)
    (run / "stop").touch()
    assert train_run(run, plan, resume=True, heed_stop=True) is True
    (run / "stop").touch()
    assert train_run(run, plan, resume=True) is False


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_a_polite_kill_and_a_closed_terminal_end_a_run_as_the_stop_button_does(plan, tmp_path, name):
    run = tmp_path / "run"

    def interrupt(event):
        if event.kind == "epoch":
            signal.raise_signal(name)

    former = signal.getsignal(name)
    assert train_run(run, plan, listener=interrupt) is None
    assert signal.getsignal(name) is former
    assert [one.event.kind for one in read_events(run) if one.event.kind != "batch"][-2:] == ["epoch", "stopped"]
    assert (run / STATE).exists()
    assert not (run / "stop").exists()


def test_under_nohup_a_run_outlives_its_terminal(plan, tmp_path):
    def close_terminal(event):
        if event.kind == "epoch":
            signal.raise_signal(signal.SIGHUP)

    former = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert train_run(tmp_path / "run", plan, listener=close_terminal) is not None
    finally:
        signal.signal(signal.SIGHUP, former)


def test_a_run_that_diverges_fails_with_advice_and_keeps_the_state_before(tiny_corpus, tiny_recipe, tmp_path):
    overrides = ["stages.1.options.margin=1e39"]  # finite, but beyond what the loss is computed in
    plan = make_plan(
        corpus=str(tiny_corpus),
        recipe=tiny_recipe,
        protocol="held-out-speakers",
        fold=1,
        seed=0,
        overrides=overrides,
    )
    run = tmp_path / "run"
    with pytest.raises(TrainingError, match=r"got inf and .* epoch 3, stage 'triplet': .* lower stages\.1\.learning"):
        train_run(run, plan)
    last = read_events(run)[-1].event
    assert last.kind == "failed"
    assert "training has diverged" in last.message
    assert torch.isfinite(load_file(run / STATE)["model.head.weight"]).all()


def test_a_recording_that_is_gone_fails_the_run_with_its_name_in_the_log(tiny_corpus, tiny_recipe, tmp_path):
    folder = Path(shutil.copytree(tiny_corpus.parent, tmp_path / "corpus"))
    plan = make_plan(corpus=str(folder / "tiny.csv"), recipe=tiny_recipe, protocol="held-out-speakers", fold=1, seed=0)
    (folder / "m1_sad0.wav").unlink()
    with pytest.raises(AudioError, match="m1_sad0.wav"):
        train_run(tmp_path / "run", plan)
    last = read_events(tmp_path / "run")[-1].event
    assert last.kind == "failed"
    assert "m1_sad0.wav" in last.message
    assert not (tmp_path / "run" / STATE).exists()


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        ({"fold": 2}, "Choose one with --fold"),
        ({"protocol": "held-out"}, "Did you mean 'held-out-speakers'"),
        ({"overrides": ["encoder_options.chanels=[4]"]}, "Did you mean 'channels'"),
        ({"overrides": ["stages.0.options.smoothing=1"]}, "Did you mean 'label_smoothing'"),
        ({"recipe": "quik"}, "Did you mean 'quick'"),
    ],
)
def test_what_cannot_be_trained_is_refused_before_anything_is_written(tiny_corpus, tiny_recipe, change, advice):
    settings = {"recipe": tiny_recipe, "protocol": "held-out-speakers", "fold": 1, "seed": 0}
    with pytest.raises(ConfigError, match=advice):
        make_plan(corpus=str(tiny_corpus), **settings | change)
