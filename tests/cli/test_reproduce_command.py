"""``reproduce`` runs the experiments of the corpora at hand, and keeps each."""

import pytest

from ser_core.cli import main
from ser_core.experiments.sweep import load_sweep
from ser_core.reproduction.plan import shipped_plan


@pytest.fixture
def ran(monkeypatch):
    """Do no training; list what would have been run, and what kept."""
    runs: list[dict] = []
    kept: list[str] = []
    monkeypatch.setattr(
        "ser_core.experiments.sweep_run.run_sweep",
        lambda sweep, **settings: (runs.append({"sweep": sweep, **settings}), {})[1],
    )
    monkeypatch.setattr(
        "ser_core.reproduction.saving.save_experiment", lambda experiment, *_: kept.append(experiment.name)
    )
    return runs, kept


def test_every_experiment_of_the_corpora_at_hand_is_run_as_planned_and_kept(ran, workspace, tmp_path, capsys):
    runs, kept = ran
    assert main(["reproduce", "--corpus", "emodb:/data/emodb", "--results", str(tmp_path)]) == 0
    planned = [experiment for experiment in shipped_plan().experiments if experiment.corpus == "emodb"]
    assert kept == [experiment.name for experiment in planned]
    for run, experiment in zip(runs, planned, strict=True):
        assert run["corpus"] == "emodb:/data/emodb"
        assert run["out"] == workspace / "reproduction" / experiment.name
        assert run["sweep"] == experiment.shortened_sweep()
    assert "dai-ravdess-heard: left out, there is no --corpus ravdess:DIR" in capsys.readouterr().err


def test_in_full_nothing_is_shortened_and_it_is_kept_apart(ran, workspace, tmp_path, capsys):
    runs, _ = ran
    command = ["reproduce", "--corpus", "ravdess:/data", "--results", str(tmp_path), "--only", "kumar-ablation-ravdess"]
    assert main([*command, "--in-full"]) == 0
    sweep = runs[0]["sweep"]
    assert (sweep.axes, sweep.folds, sweep.overrides) == (load_sweep("kumar-ablation").axes, (), ())
    assert runs[0]["out"] == workspace / "reproduction" / "in-full" / "kumar-ablation-ravdess-random-70-30"
    assert capsys.readouterr().out.strip() == str(tmp_path / "in-full" / "kumar-ablation-ravdess.json")


def test_in_full_two_parts_of_one_sweep_are_trained_once(ran, workspace, tmp_path):
    names = ["kumar-ravdess-70-30", "kumar-ravdess-70-30-paper"]
    command = ["reproduce", "--corpus", "ravdess:/data", "--results", str(tmp_path), "--only", ",".join(names)]
    assert main([*command, "--in-full"]) == 0
    runs, kept = ran
    assert kept == names
    assert runs[0]["sweep"] == runs[1]["sweep"]
    assert runs[0]["out"] == runs[1]["out"]  # where what is done is not done again


def test_some_can_be_named(ran, workspace, tmp_path, capsys):
    runs, kept = ran
    command = ["reproduce", "--corpus", "emodb:/data/emodb", "--results", str(tmp_path), "--only"]
    assert main([*command, "dai-emodb-heard"]) == 0
    assert kept == ["dai-emodb-heard"]
    assert main([*command, "dai-emodb-herd"]) == 2
    assert "Did you mean 'dai-emodb-heard'" in capsys.readouterr().err
    assert len(runs) == 1


def test_the_demo_corpus_needs_no_folder(ran, workspace, tmp_path):
    runs, kept = ran
    assert main(["reproduce", "--corpus", "demo", "--results", str(tmp_path)]) == 0
    assert kept == [experiment.name for experiment in shipped_plan().experiments if experiment.corpus == "demo"]
    assert {run["corpus"] for run in runs} == {"demo"}


def test_a_corpus_without_its_folder_is_refused(ran, workspace, capsys):
    assert main(["reproduce", "--corpus", "ravdess"]) == 2
    assert "Expected KIND:DIR or demo for each --corpus; got ravdess." in capsys.readouterr().err
    assert not ran[0]
