"""An evaluation that was stopped began from the first fold again, and wrote over a finished result after its first."""

import json
import signal
import subprocess
import sys

import pandas as pd
import pytest
import torch

from ser_core.cli import main
from ser_core.errors import ConfigError
from ser_core.experiments import evaluation as room
from ser_core.experiments.evaluation import evaluate
from ser_core.experiments.events import FoldDone, FoldEpoch, FoldsPlanned
from ser_core.experiments.kept_folds import KeptFolds
from ser_core.experiments.places import result_places
from ser_core.experiments.result import predictions_path
from ser_core.recipes import load_recipe

QUICK = ("stages.0.epochs=1", "stages.1.epochs=1")
PROTOCOL = "leave-one-speaker-out"


@pytest.fixture(scope="module")
def asked(tiny_corpus, tiny_recipe):
    """What every evaluation here asks for."""
    recipe = load_recipe(tiny_recipe, QUICK)
    return {"corpus": str(tiny_corpus), "recipe": recipe, "protocol": PROTOCOL, "workers": 1}


@pytest.fixture(scope="module")
def undisturbed(asked, tmp_path_factory):
    """The result of an evaluation that nothing stopped."""
    out = tmp_path_factory.mktemp("undisturbed") / "result.json"
    evaluate(**asked, out=out)
    return out


def stopped_after(folds, told):
    """A listener that ends the evaluation after some folds, as Ctrl-C does."""

    def listen(event):
        told.append(event)
        if isinstance(event, FoldDone) and event.done == folds:
            raise KeyboardInterrupt

    return listen


def stop(asked, out, folds=2, **more):
    with pytest.raises(KeyboardInterrupt):
        evaluate(**asked, out=out, listener=stopped_after(folds, []), **more)


def figures(out):
    """Everything that a result file holds, but for how long it took."""
    content = json.loads(out.read_text())
    for fold in content["folds"]:
        del fold["seconds"], fold["core_seconds"]
    return content


def assert_same_figures(out, other):
    assert figures(out) == figures(other)
    tables = [pd.read_parquet(predictions_path(path)) for path in (out, other)]
    pd.testing.assert_frame_equal(*tables, check_exact=True)


@pytest.mark.parametrize("folds", [1, 3])
def test_it_goes_on_after_the_folds_that_are_done_and_ends_with_the_same_figures(asked, undisturbed, tmp_path, folds):
    out, told = tmp_path / "result.json", []
    stop(asked, out, folds)
    assert not out.exists()
    evaluate(**asked, out=out, listener=told.append)
    assert [event.done for event in told if isinstance(event, FoldsPlanned)] == [folds]
    assert [event.done for event in told if isinstance(event, FoldDone)] == list(range(folds + 1, 5))
    assert_same_figures(out, undisturbed)
    left = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")}
    assert left == {"result.json", "result.predictions.parquet"}


def test_one_that_was_killed_goes_on_likewise(undisturbed, asked, tiny_corpus, tiny_recipe, tmp_path, capsys):
    out = tmp_path / "result.json"
    given = ["evaluate", "--corpus", str(tiny_corpus), "--recipe", str(tiny_recipe), "--protocol", PROTOCOL]
    given += [part for assignment in QUICK for part in ("--set", assignment)] + ["--workers", "1", "--out", str(out)]
    command = subprocess.Popen([sys.executable, "-m", "ser_core", *given], stderr=subprocess.PIPE, text=True)
    try:
        for line in command.stderr:
            if line.startswith("fold 2 (2 of 4)"):
                break
    finally:
        command.send_signal(signal.SIGKILL)
        command.communicate()
    assert not out.exists()
    assert main(given) == 0
    said = capsys.readouterr().err
    assert "2 of 4 folds were done before" in said
    assert "fold 3 (3 of 4)" in said
    assert "fold 1 " not in said
    assert_same_figures(out, undisturbed)


LONGER = ("stages.0.epochs=3", "stages.1.epochs=3")


@pytest.fixture(scope="module")
def longer(asked, tiny_recipe):
    """An evaluation of one fold with three epochs in each of its two stages."""
    return {**asked, "recipe": load_recipe(tiny_recipe, LONGER), "folds": [1]}


@pytest.fixture(scope="module")
def undisturbed_longer(longer, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed") / "result.json"
    evaluate(**longer, out=out)
    return out


@pytest.mark.parametrize("epoch", [2, 3, 4, 6])
def test_a_fold_that_was_interrupted_goes_on_after_its_last_whole_epoch(longer, undisturbed_longer, tmp_path, epoch):
    out, told = tmp_path / "result.json", []

    def listen(event):
        if isinstance(event, FoldEpoch) and event.figures.epoch == epoch:
            raise KeyboardInterrupt  # before the state of this epoch is written

    with pytest.raises(KeyboardInterrupt):
        evaluate(**longer, out=out, listener=listen)
    evaluate(**longer, out=out, listener=told.append)
    assert [event.figures.epoch for event in told if isinstance(event, FoldEpoch)] == list(range(epoch, 7))
    assert_same_figures(out, undisturbed_longer)
    assert not KeptFolds(out).folder.exists()


def test_a_fold_whose_process_was_killed_in_its_second_stage_goes_on_likewise(
    undisturbed_longer, tiny_corpus, tiny_recipe, tmp_path, capsys
):
    out = tmp_path / "result.json"
    given = ["evaluate", "--corpus", str(tiny_corpus), "--recipe", str(tiny_recipe), "--protocol", PROTOCOL]
    given += [part for assignment in LONGER for part in ("--set", assignment)] + ["--folds", "1", "--out", str(out)]
    command = subprocess.Popen([sys.executable, "-m", "ser_core", *given], stderr=subprocess.PIPE, text=True)
    try:
        for line in command.stderr:
            if line.startswith("fold 1 epoch 5"):
                break
    finally:
        command.send_signal(signal.SIGKILL)
        command.communicate()
    before = json.loads((KeptFolds(out).file(1).with_suffix(".unfinished") / "spent.json").read_text())
    assert main(given) == 0
    said = capsys.readouterr().err
    assert "fold 1 epoch 4" not in said
    assert "fold 1 epoch 6" in said
    assert_same_figures(out, undisturbed_longer)
    (fold,) = json.loads(out.read_text())["folds"]
    assert fold["seconds"] > before["seconds"]
    assert fold["core_seconds"] > before["core_seconds"]


def test_the_time_of_a_fold_counts_what_was_spent_before_it_was_interrupted(longer, tmp_path):
    out = tmp_path / "result.json"

    def listen(event):
        if isinstance(event, FoldEpoch) and event.figures.epoch == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(**longer, out=out, listener=listen)
    spent = KeptFolds(out).file(1).with_suffix(".unfinished") / "spent.json"
    assert all(seconds > 0 for seconds in json.loads(spent.read_text()).values())
    spent.write_text(json.dumps({"seconds": 5000.0, "core_seconds": 9000.0}))
    (fold,) = evaluate(**longer, out=out)["folds"]
    assert 5000 < fold["seconds"] < 6000
    assert 9000 < fold["core_seconds"] < 10000


@pytest.mark.parametrize("damaged", ["state.safetensors", "stage-0.safetensors", "spent.json"])
def test_a_damaged_state_is_refused_in_one_sentence(longer, tmp_path, damaged):
    out = tmp_path / "result.json"

    def listen(event):
        if isinstance(event, FoldEpoch) and event.figures.epoch == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(**longer, out=out, listener=listen)
    folder = KeptFolds(out).file(1).with_suffix(".unfinished")
    (folder / damaged).write_text("{")
    with pytest.raises(ConfigError, match=r"fold-1\.unfinished; got: .*\. Delete that folder to have the fold trained"):
        evaluate(**longer, out=out)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_processes_and_of_their_cores_changes_no_bit(asked, undisturbed, tmp_path, workers):
    out, threads = tmp_path / "result.json", torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        content = evaluate(**{**asked, "workers": workers}, out=out)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(threads)
    assert {fold["environment"]["threads"] for fold in content["folds"]} == {1}
    assert_same_figures(out, undisturbed)


def test_the_last_fold_may_be_done_by_a_stop_before_the_result(asked, undisturbed, tmp_path, monkeypatch):
    out = tmp_path / "result.json"
    stop(asked, out, 4)
    monkeypatch.setattr(room, "load_examples", lambda *_, **__: pytest.fail("audio was read"))
    evaluate(**asked, out=out)
    assert_same_figures(out, undisturbed)


def test_the_figures_of_what_is_done_can_be_had_by_asking_for_those_folds(asked, undisturbed, tmp_path, monkeypatch):
    out = tmp_path / "result.json"
    stop(asked, out)
    monkeypatch.setattr(room, "load_examples", lambda *_, **__: pytest.fail("audio was read"))
    content = evaluate(**asked, out=out, folds=[1, 2])
    assert content["partial"] is True
    assert figures(out)["folds"] == figures(undisturbed)["folds"][:2]


def test_a_finished_result_is_not_replaced_unless_that_is_asked_for(asked, tmp_path, monkeypatch, undisturbed):
    out = tmp_path / "result.json"
    evaluate(**asked, out=out, folds=[1])
    before = [path.read_bytes() for path in (out, predictions_path(out))]
    with pytest.raises(ConfigError, match=r"there already\. Name another, or add --overwrite"):
        evaluate(**asked, out=out)
    stop(asked, out, 1, overwrite=True)
    assert [path.read_bytes() for path in (out, predictions_path(out))] == before
    told: list[dict] = []
    evaluate(**asked, out=out, overwrite=True, listener=told.append)
    assert [event.done for event in told if isinstance(event, FoldDone)] == [2, 3, 4]
    assert_same_figures(out, undisturbed)


def test_what_is_no_result_is_not_replaced_either(asked, tmp_path):
    for name in ("thesis.json", "notes"):
        (tmp_path / name).write_text("years of work")
        with pytest.raises(ConfigError, match="is there already"):
            evaluate(**asked, out=tmp_path / name)
    (tmp_path / "result.folds").mkdir()
    (tmp_path / "result.folds" / "mine.txt").write_text("years of work")
    with pytest.raises(ConfigError, match=r"Expected .*result\.folds to be free"):
        evaluate(**asked, out=tmp_path / "result.json", overwrite=True)
    assert (tmp_path / "result.folds" / "mine.txt").read_text() == "years of work"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"seed": 1}, "seed differ"),
        ({"protocol": "held-out-speakers"}, "protocol differ"),
        ({"mapping": {"sad": "neutral"}}, "manifest_digest differ"),
        ({"overrides": ["stages.0.learning_rate=1e-3"]}, r"stages\.0\.learning_rate differ"),
        ({"overrides": ["embedding_size=9", "dropout=0.0"]}, "embedding_size, dropout differ"),
    ],
)
def test_other_settings_than_those_of_the_folds_that_are_done_are_refused_in_one_sentence(
    asked, tiny_recipe, tmp_path, monkeypatch, changes, named
):
    out = tmp_path / "result.json"
    stop(asked, out, 1)
    changes = dict(changes)
    overrides = changes.pop("overrides", [])
    other = {**asked, "recipe": load_recipe(tiny_recipe, [*QUICK, *overrides]), **changes}
    monkeypatch.setattr(room, "side_by_side", lambda *_: pytest.fail("trained"))
    with pytest.raises(ConfigError, match=rf"result\.folds; {named}\. Repeat its command, name another --out, or add"):
        evaluate(**other, out=out)
    told: list[dict] = []
    with pytest.raises(pytest.fail.Exception, match="trained"):
        evaluate(**other, out=out, overwrite=True, listener=told.append)
    assert [event.done for event in told if isinstance(event, FoldsPlanned)] == [0]


def test_two_at_once_are_told_who_works_on_it(asked, tmp_path, monkeypatch):
    out = tmp_path / "result.json"
    program = f"""
import sys, pathlib
from ser_core.locks import ProcessLock
with ProcessLock(pathlib.Path({str(KeptFolds(out).lock().lock)!r}), "an evaluation", ValueError):
    print("held", flush=True)
    sys.stdin.read()
"""
    other = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    monkeypatch.setattr(room, "side_by_side", lambda *_: pytest.fail("trained"))
    try:
        assert other.stdout.readline() == "held\n"
        told = rf"held by an evaluation \(process {other.pid}\), since \d\d:\d\d\. Wait for it, or name another --out"
        with pytest.raises(ConfigError, match=told):
            evaluate(**asked, out=out, overwrite=True)
        assert not KeptFolds(out).folder.exists()
    finally:
        other.kill()
        other.communicate()
    with pytest.raises(pytest.fail.Exception, match="trained"):
        evaluate(**asked, out=out)


def test_a_damaged_fold_is_named_before_anything_is_trained(asked, tmp_path, monkeypatch):
    out = tmp_path / "result.json"
    stop(asked, out, 2)
    monkeypatch.setattr(room, "side_by_side", lambda *_: pytest.fail("trained"))
    (tmp_path / "result.folds" / "fold-2.json").write_text("{")
    with pytest.raises(ConfigError, match=r"Expected a finished fold in .*fold-2\.json .* to have it trained again"):
        evaluate(**asked, out=out)
    (tmp_path / "result.folds" / "started.json").write_text("[")
    with pytest.raises(ConfigError, match=r"the settings of an evaluation in .*started\.json; got"):
        evaluate(**asked, out=out)


def test_compare_lists_no_part_of_an_unfinished_evaluation(asked, workspace):
    stop(asked, workspace / "results" / "mine.json", 1)
    assert [place.name for place in result_places() if place.name.startswith("results/")] == []
