"""Snapshots of a run's space: training does not notice them, resuming goes on with them, and they are what they say."""

from dataclasses import replace

import numpy as np
import pytest
import torch
import typer
from safetensors.torch import load_file
from typer.testing import CliRunner

from ser_core.cli.train import train
from ser_core.corpora.splits import Fold
from ser_core.embeddings.snapshots import open_snapshot, snapshots_of
from ser_core.errors import ConfigError
from ser_core.geometry.angles import unit
from ser_core.models.running import run_model
from ser_core.recipes import load_recipe
from ser_core.training import snapshots
from ser_core.training.callbacks import Callback
from ser_core.training.examples import load_examples
from ser_core.training.fit import fit_fold
from ser_core.training.plan import make_plan, read_plan, write_config
from ser_core.training.run import train_run
from ser_core.training.snapshots import SnapshotTaker, chosen_rows, snapshot_size, usual_interval


@pytest.fixture(scope="module")
def plan(tiny_corpus, tiny_recipe):
    return make_plan(
        corpus=str(tiny_corpus), recipe=tiny_recipe, protocol="held-out-speakers", fold=1, seed=0, snapshots=1
    )


@pytest.fixture(scope="module")
def run(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("snapshots") / "run"
    train_run(folder, plan)
    return folder


def weights(folder):
    return load_file(folder / "checkpoint" / "weights.safetensors")


def test_training_with_snapshots_gives_the_same_weights_bit_by_bit(run, tiny_run):
    ours, theirs = weights(run), weights(tiny_run)
    assert ours.keys() == theirs.keys()
    for name in ours:
        assert torch.equal(ours[name], theirs[name]), name


def test_the_epochs_and_stages_are_listed_from_the_space_before_training_on(run):
    found, damaged = snapshots_of(run)
    assert [(one.epoch, one.stage) for one in found] == [(0, "softmax"), (1, "softmax"), (2, "softmax"), (3, "triplet")]
    assert not damaged
    assert {one.corpus for one in found} == {"tiny"}


def test_a_snapshot_holds_the_directions_of_the_weights_that_judged_its_epoch(plan, run, tmp_path):
    examples = load_examples(plan.manifest, plan.recipe, cache=None)
    rows = sorted([*plan.fold.train, *plan.fold.development])
    seen = {}

    class Judge(Callback):
        def state_reached(self, trainer):
            if trainer.epoch:
                embeddings = run_model(trainer.algorithm.judged, examples.select(rows).inputs).embeddings
                seen[trainer.epochs_done] = unit(embeddings)

    fit_fold(plan.manifest, plan.fold, plan.recipe, examples, seed=plan.seed, callbacks=[Judge()])
    for one in snapshots_of(run)[0][1:]:
        space = open_snapshot(one)
        assert space.column("file").tolist() == [plan.manifest.utterances[row].file for row in rows]
        assert space.column("emotion").tolist() == [plan.manifest.utterances[row].emotion for row in rows]
        assert set(space.column("split")) == {"train", "development"}
        np.testing.assert_allclose(space.embeddings, seen[one.epoch], atol=5e-4)


def test_a_stopped_and_resumed_run_has_the_snapshots_and_weights_of_one_that_was_not(plan, run, tmp_path):
    again = tmp_path / "run"

    def stop_after_first_epoch(event):
        if event.kind == "epoch":
            (again / "stop").touch()

    assert train_run(again, plan, listener=stop_after_first_epoch) is None
    assert [one.epoch for one in snapshots_of(again)[0]] == [0, 1]
    (again / "snapshots" / "epoch-00003.parquet").write_bytes(b"of an epoch that the state does not have")
    assert read_plan(again).snapshots == 1
    train_run(again, read_plan(again), resume=True)
    names = sorted(path.name for path in (run / "snapshots").iterdir())
    assert sorted(path.name for path in (again / "snapshots").iterdir()) == names
    for ours, theirs in zip(snapshots_of(again)[0], snapshots_of(run)[0], strict=True):
        assert np.array_equal(open_snapshot(ours).embeddings, open_snapshot(theirs).embeddings)
    assert all(torch.equal(value, weights(run)[name]) for name, value in weights(again).items())


def test_epochs_are_kept_at_the_interval_and_at_the_end_of_each_stage(plan, tmp_path):
    taken = SnapshotTaker.__new__(SnapshotTaker)  # only when it keeps is looked at
    taken.every, taken.run = 4, tmp_path
    kept = []
    taken._keep = lambda trainer: kept.append(trainer.epochs_done)

    class Trainer:
        epochs_done, epoch, stage_is_over = 0, 0, False

    trainer = Trainer()
    taken.training_begins(trainer)
    for stage_epochs in (6, 3):
        trainer.epoch = 0
        for epoch in range(1, stage_epochs + 1):
            trainer.epoch, trainer.epochs_done = epoch, trainer.epochs_done + 1
            trainer.stage_is_over = epoch == stage_epochs
            taken.state_reached(trainer)
        trainer.epoch = 0
        taken.state_reached(trainer)
    assert kept == [0, 4, 6, 8, 9]
    stages = tuple(replace(plan.recipe.stages[0], name=str(epochs), epochs=epochs) for epochs in (6, 3))
    assert snapshot_size(replace(plan.recipe, stages=stages), plan.fold, 4)[0] == len(kept)


def test_of_many_training_utterances_a_part_is_drawn_and_of_development_none_is_left_out(monkeypatch):
    monkeypatch.setattr(snapshots, "MOST_TRAINING", 10)
    fold = Fold(1, tuple(range(100)), tuple(range(100, 140)), (140,))
    rows = chosen_rows(fold, seed=3)
    assert len(rows) == 50
    assert set(range(100, 140)) <= set(rows.tolist())
    assert rows.tolist() == sorted(set(rows.tolist()))
    assert chosen_rows(fold, seed=3).tolist() == rows.tolist()
    assert chosen_rows(fold, seed=4).tolist() != rows.tolist()


def test_the_size_that_is_told_is_that_of_the_files(plan, run):
    count, size = snapshot_size(plan.recipe, plan.fold, 1)
    files = list((run / "snapshots").iterdir())
    assert len(files) == count
    for file in files:
        assert 0.5 < file.stat().st_size / size < 2


def test_a_run_keeps_its_interval_and_one_of_an_earlier_release_has_none(plan, tmp_path):
    write_config(tmp_path, plan)
    assert read_plan(tmp_path).snapshots == 1
    config = tmp_path / "config.toml"
    config.write_text(config.read_text().replace("snapshots = 1\n", ""))
    assert read_plan(tmp_path).snapshots == 0


def test_an_interval_below_zero_is_refused(tiny_corpus):
    with pytest.raises(ConfigError, match=r"from 0 \(none\) to 100000 epochs between two snapshots; got -1"):
        make_plan(corpus=str(tiny_corpus), recipe="quick", protocol="held-out-speakers", fold=1, seed=0, snapshots=-1)


def test_the_command_line_passes_the_interval_on_and_tells_the_size(tiny_corpus, tiny_recipe, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("ser_core.training.run.train_run", lambda out, plan, **options: asked.append(plan) or out)
    app = typer.Typer()
    app.command()(train)
    words = ["--out", str(tmp_path / "run"), "--corpus", str(tiny_corpus), "--recipe", str(tiny_recipe)]
    found = CliRunner().invoke(app, [*words, "--snapshots", "2"])
    assert found.exit_code == 0, found.output
    assert asked[0].snapshots == 2
    assert "Snapshots of the space: at most 3 files of" in found.stderr
    write_config(tmp_path / "run", asked[0])
    with pytest.raises(ConfigError, match="Expected --resume without --snapshots"):
        CliRunner().invoke(
            app, ["--out", str(tmp_path / "run"), "--resume", "--snapshots", "1"], catch_exceptions=False
        )


def test_the_recipes_that_ship_need_little_room():
    fold = Fold(1, tuple(range(20_000)), tuple(range(20_000, 20_500)), ())
    count, size = snapshot_size(load_recipe("residual-softmax"), fold, 1)
    assert count * size < 1e8


def test_where_nobody_chooses_every_epoch_is_kept_and_of_long_runs_or_large_corpora_fewer():
    small, large = (
        Fold(1, tuple(range(216)), tuple(range(216, 252)), ()),
        Fold(1, tuple(range(900)), tuple(range(900, 1900)), ()),
    )
    assert usual_interval(load_recipe("quick"), small) == 1
    long = load_recipe("quick", ["stages.0.epochs=500"])
    every = usual_interval(long, small)
    assert snapshot_size(long, small, every)[0] <= snapshots.MOST_SNAPSHOTS
    assert snapshot_size(long, small, every - 1)[0] > snapshots.MOST_SNAPSHOTS
    wide = load_recipe("residual-triplet")
    count, size = snapshot_size(wide, large, usual_interval(wide, large))
    assert count * size <= snapshots.MOST_BYTES
    count, size = snapshot_size(wide, large, usual_interval(wide, large) - 1)
    assert count * size > snapshots.MOST_BYTES or count > snapshots.MOST_SNAPSHOTS
