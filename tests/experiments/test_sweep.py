"""``sweep``: every point once, whatever happens in between."""

import json
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from ser_core.cli import main
from ser_core.errors import ConfigError
from ser_core.experiments import sweep_run as room
from ser_core.experiments.events import ExperimentEvent, FoldDone, FoldEpoch, FoldsPlanned
from ser_core.experiments.result import predictions_path
from ser_core.experiments.sweep import SweepAxis, load_sweep, shipped_sweeps
from ser_core.experiments.sweep_run import run_sweep

QUICK = ("stages.0.epochs=1", "stages.1.epochs=1")


@pytest.fixture
def small(tmp_path, tiny_recipe):
    path = tmp_path / "margins.toml"
    path.write_text(
        f"""
title = "Margins"
summary = "Does the margin matter?"
source = "a question of ours"
recipe = "{tiny_recipe.as_posix()}"
protocol = "leave-one-speaker-out"
seeds = [0, 1]
folds = [1, 2]

[[axes]]
name = "margin"
key = "stages.1.options.margin"
values = [0.1, 0.4]
""",
        encoding="utf-8",
    )
    return path


def test_it_goes_on_inside_a_fold_and_leaves_nothing_of_what_was_unfinished(small, tiny_corpus, tmp_path):
    settings = {"corpus": str(tiny_corpus), "workers": 1}
    sweep = replace(load_sweep(small), overrides=QUICK, seeds=(0,), folds=(1,))
    told: list[ExperimentEvent] = []

    def stop_in_the_second_point(event):
        told.append(event)
        if sum(isinstance(one, FoldEpoch) for one in told) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_sweep(sweep, **settings, out=tmp_path / "out", listener=stop_in_the_second_point)
    (unfinished,) = (tmp_path / "out").rglob("*.unfinished")
    done = tmp_path / "out" / "margin=0.1" / "seed-0" / "fold-1.json"
    done.with_suffix(".unfinished").mkdir()  # the process was killed between writing the one and deleting the other
    told.clear()
    content = run_sweep(sweep, **settings, out=tmp_path / "out", listener=told.append)
    assert [(event.point, event.figures.epoch) for event in told if isinstance(event, FoldEpoch)] == [("margin=0.4", 2)]
    assert unfinished.parent.parent.name == "margin=0.4"
    assert list((tmp_path / "out").rglob("*.unfinished")) == []
    undisturbed = run_sweep(sweep, **settings, out=tmp_path / "undisturbed")
    assert content["points"] == undisturbed["points"]


def test_it_goes_on_where_it_was_stopped_and_repeats_nothing(small, tiny_corpus, tmp_path, monkeypatch):
    settings = {"corpus": str(tiny_corpus), "out": tmp_path / "out", "workers": 1}
    sweep = replace(load_sweep(small), overrides=QUICK)
    told: list[ExperimentEvent] = []

    def stop_after_three(event):
        told.append(event)
        if isinstance(event, FoldDone) and event.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_sweep(sweep, **settings, listener=stop_after_three)
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("fold-*.json")}
    assert len(kept) == 3
    told.clear()
    content = run_sweep(sweep, **settings, listener=told.append)
    assert [event.done for event in told if isinstance(event, FoldDone)] == [4, 5, 6, 7, 8]
    assert all(path.stat().st_mtime_ns == moment for path, moment in kept.items())
    told.clear()
    monkeypatch.setattr("ser_core.experiments.sweep_run.run_fold", lambda *task: pytest.fail("a fold was repeated"))
    assert run_sweep(sweep, **settings, listener=told.append) == content
    assert told == [FoldsPlanned(8, 8, (), tmp_path / "out")]

    rows = pd.DataFrame(content["points"])
    assert rows["point"].tolist() == ["margin=0.1", "margin=0.1", "margin=0.4", "margin=0.4"]
    assert rows["seed"].tolist() == [0, 1, 0, 1]
    for row in content["points"]:
        result = tmp_path / "out" / row["point"] / f"seed-{row['seed']}.json"
        found = json.loads(result.read_text())
        assert found["settings"]["stages"][1]["options"]["margin"] == row["values"]["stages.1.options.margin"]
        assert found["uar_mean"] == row["uar_mean"]
        assert found["partial"] is True  # two of four folds
        assert set(pd.read_parquet(predictions_path(result))["fold"]) == {1, 2}
        assert (found["corpus_option"], found["mapping"]) == (str(tiny_corpus), {})
    assert (content["corpus_option"], content["mapping"]) == (str(tiny_corpus), {})

    # A sweep that was begun by an earlier release, or whose corpus has moved since, goes on.
    begun = tmp_path / "out" / "sweep.json"
    begun.write_text(json.dumps({name: content[name] for name in content if name not in ("corpus_option", "mapping")}))
    assert run_sweep(sweep, **settings) == content

    # Folds of an earlier release do not tell what probabilities and ranges are worth; they count as they are.
    old = tmp_path / "out" / "margin=0.1" / "seed-0" / "fold-1.json"
    fold = json.loads(old.read_text())
    for name in ("temperature", "ranges_degrees", "reliability"):
        del fold["fold"][name]
    old.write_text(json.dumps(fold))
    assert run_sweep(sweep, **settings) == content
    results = {seed: json.loads((old.parents[1] / f"seed-{seed}.json").read_text()) for seed in (0, 1)}
    assert results[0]["reliability"] is None
    assert results[0]["folds"][0] == fold["fold"]
    assert results[1]["reliability"]["utterances"] == 18

    with pytest.raises(ConfigError, match="started with; overrides differ. Repeat the command"):
        run_sweep(load_sweep(small), **settings)


def test_a_recipe_can_be_an_axis_and_two_keys_that_end_alike_cannot(small, tiny_recipe):
    recipes = SweepAxis("system", "recipe", ("lian-2018-pdt", str(tiny_recipe)))
    sweep = replace(load_sweep(small), axes=(recipes, SweepAxis("seconds", "front_end.duration_seconds", (2.0,))))
    assert [point.name for point in sweep.points()] == [
        "recipe=lian-2018-pdt,duration_seconds=2.0",
        f"recipe={tiny_recipe.stem},duration_seconds=2.0",
    ]
    chosen = sweep.recipe_of(sweep.points()[0])
    assert (chosen.name, chosen.front_end.duration_seconds) == ("lian-2018-pdt", 2.0)
    alike = (SweepAxis("one", "stages.0.epochs", (1,)), SweepAxis("two", "stages.1.epochs", (1,)))
    with pytest.raises(ConfigError, match="keys end differently"):
        replace(sweep, axes=alike)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seeds": ()}, "at least one seed"),
        ({"seeds": (0, 1, 0)}, "each seed once; got 0 twice"),
        ({"axis": ("stages.0.learning_rate", (1e-3, 1e-2, 0.001))}, "'mine' once; got 0.001 twice"),
        ({"axis": ("recipe", ("quick", "mine/quick.toml"))}, "name of its own .* rename one"),
        ({"axis": ("recipe", ("a/r.toml", "b/r.toml"))}, "got 'recipe=r' for .*a/r.*b/r"),
        ({"axis": ("stages.0.name", ("../../escape",))}, "without slashes"),
        ({"axis": ("stages.0.name", ("a\\b",))}, "without slashes"),
        ({"axis": ("stages.0.name", ("a\0b",))}, "without slashes and line breaks"),
        ({"axis": ("stages.0.name", ("x" * 300,))}, "x…', .* at most 200 characters"),
        ({"overrides": ("stages.1.options.margin=5",)}, "'margin' sets .* for every point. Leave --set"),
        ({"overrides": ("stages.1.options={margin = 5}",)}, "Leave --set stages.1.options out"),
        ({"axis": ("stages.1.options", ({"margin": 0.1},)), "overrides": ("stages.1.options.margin=5",)},
         "Leave --set stages.1.options.margin out"),
        ({"axis": ("recipe", ("quick",)), "overrides": ("recipe=kumar-2020",)}, "'mine' sets recipe for every point"),
    ],
)  # fmt: skip
def test_points_that_could_not_be_told_apart_and_settings_that_would_not_count_are_refused(small, changes, said):
    def changed(sweep, *, axis=None, **others):
        return replace(sweep, **others, **({"axes": (SweepAxis("mine", *axis),)} if axis else {}))

    with pytest.raises(ConfigError, match=said):
        changed(load_sweep(small), **changes)


def test_ordinary_values_name_their_points_as_ever(small):
    axes = (
        SweepAxis("lambda", "stages.0.options.weight", (-0.3, 1e-05)),
        SweepAxis("channels", "encoder_options.channels", ([4, 8],)),
        SweepAxis("input", "front_end.kind", ("log-mel",)),
    )
    assert [point.name for point in replace(load_sweep(small), axes=axes).points()] == [
        "weight=-0.3,channels=[4, 8],kind=log-mel",
        "weight=1e-05,channels=[4, 8],kind=log-mel",
    ]


@pytest.fixture
def trained(small, tiny_corpus, tmp_path):
    """Train the smallest part of a sweep; return what it was, how it was asked for, and its folder."""
    sweep = replace(load_sweep(small), overrides=QUICK, seeds=(0,), folds=(1,))
    settings = {"corpus": str(tiny_corpus), "out": tmp_path / "out", "workers": 1}
    run_sweep(sweep, **settings)
    return sweep, settings, tmp_path / "out"


def test_what_went_on_with_is_what_was_begun(trained, tiny_recipe, monkeypatch):
    """One training for all that is refused before the next one, or accepted without one."""
    sweep, settings, out = trained
    monkeypatch.setattr(room, "side_by_side", lambda run, tasks, *given: pytest.fail("trained") if tasks else iter(()))
    begun = json.loads((out / "sweep.json").read_text())
    assert begun["recipes"]["margin=0.4"]["stages"][1]["options"]["margin"] == 0.4

    recipe = tiny_recipe.read_text()
    tiny_recipe.write_text(recipe.replace("embedding_size = 8", "embedding_size = 9"))
    assert tiny_recipe.read_text() != recipe
    changed = "the recipe that .*out was started with; of margin=0.1, embedding_size differ. Put the recipe back"
    with pytest.raises(ConfigError, match=changed):
        run_sweep(sweep, **settings)
    # An earlier release wrote no recipes; the results tell them, and without results nobody can know.
    earlier = {name: value for name, value in begun.items() if name != "recipes"}
    (out / "sweep.json").write_text(json.dumps(earlier))
    with pytest.raises(ConfigError, match=changed):
        run_sweep(sweep, **settings)
    tiny_recipe.write_text(recipe)
    assert run_sweep(sweep, **settings)["points"] == begun["points"]
    assert json.loads((out / "sweep.json").read_text()) == begun
    for result in out.glob("*/seed-0.json"):
        result.write_text("{")
    (out / "sweep.json").write_text(json.dumps(earlier | {"points": []}))
    assert run_sweep(sweep, **settings) == begun

    fold = out / "margin=0.4" / "seed-0" / "fold-1.json"
    whole = json.loads(fold.read_text())
    scored = {"fold": whole["fold"] | {"uar": 77}}
    other = {"fold": whole["fold"] | {"fold": 2}}
    ragged = {"fold": whole["fold"] | {"confusion": [[1, 0], [1]]}}
    for damaged in (
        "", "{", "[]", "null", "[" * 100_000, '{"fold": {}, "stages": [], "parameters": 1}',
        '{"fold": [1], "stages": 5, "parameters": 1}', '{"fold": {"fold": 1, "uar": NaN}}',
        *(json.dumps(whole | part) for part in (scored, other, ragged, {"stages": [{}]}, {"parameters": "x"})),
    ):  # fmt: skip
        fold.write_text(damaged)
        with pytest.raises(
            ConfigError, match=r"Expected a finished fold in .*fold-1\.json .* to have it trained again"
        ):
            run_sweep(sweep, **settings)
    fold.write_text(json.dumps(whole))
    assert run_sweep(sweep, **settings) == begun
    fold.with_suffix(".parquet").write_bytes(b"PAR1garbage")
    with pytest.raises(ConfigError, match="Expected a finished fold"):
        run_sweep(sweep, **settings)

    for damaged in ("[]", "null", '"x"', "{", "[" * 100_000):
        (out / "sweep.json").write_text(damaged)
        with pytest.raises(ConfigError, match=r"the settings of a sweep in .*sweep\.json; got: .* Name another --out"):
            run_sweep(sweep, **settings)


def test_two_at_once_are_told_who_works_on_it_and_a_process_that_was_killed_holds_nobody_up(
    small, tiny_corpus, tmp_path, monkeypatch
):
    monkeypatch.setattr(room, "side_by_side", lambda *given: pytest.fail("something was trained"))
    out = tmp_path / "out"
    program = f"""
import sys, pathlib
from ser_core.locks import ProcessLock
with ProcessLock(pathlib.Path({str(out)!r}) / "lock", "the sweep margins", ValueError):
    print("held", flush=True)
    sys.stdin.read()
"""
    other = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout.readline() == "held\n"
        told = rf"held by the sweep margins \(process {other.pid}\), since \d\d:\d\d\. Wait for it"
        with pytest.raises(ConfigError, match=told):
            run_sweep(load_sweep(small), corpus=str(tiny_corpus), out=out)
    finally:
        other.kill()
        other.communicate()
    with pytest.raises(pytest.fail.Exception, match="something was trained"):
        run_sweep(load_sweep(small), corpus=str(tiny_corpus), out=out)


def test_a_folder_with_other_files_is_left_alone(small, tiny_corpus, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(ConfigError, match="it holds other files. Name another"):
        run_sweep(load_sweep(small), corpus=str(tiny_corpus), out=tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("name", shipped_sweeps())
def test_every_point_of_a_sweep_that_ships_is_a_recipe_that_can_be_built(name):
    sweep = load_sweep(name)
    assert len(sweep.seeds) >= 3  # a verdict needs three
    names = [point.name for point in sweep.points()]
    assert len(set(names)) == len(names)
    for point in sweep.points():
        recipe = sweep.recipe_of(point)
        found = {"recipe": recipe.name, **recipe.parameters()}
        assert all(found[key] == value for key, value in point.values.items())


def test_what_cannot_be_swept_is_refused_with_advice(small, tiny_corpus, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(room, "side_by_side", lambda *given: pytest.fail("something was trained"))
    with pytest.raises(ConfigError, match="Did you mean 'dai-lambda'"):
        load_sweep("dai-lamda")
    broken = tmp_path / "broken.toml"
    broken.write_text(small.read_text().replace("[0.1, 0.4]", "[]"))
    with pytest.raises(ConfigError, match=r"Add values = \[...\]"):
        load_sweep(broken)
    broken.write_text(small.read_text().partition("[[axes]]")[0] + "axes = []\n")
    assert main(["sweep", str(broken), "--corpus", str(tiny_corpus), "--out", str(tmp_path / "out")]) == 2
    assert "Add [[axes]] with name, key and values, or train the recipe as it is" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    broken.write_text(small.read_text().replace("[0.1, 0.4]", "[0.1, -1.0]"))
    with pytest.raises(ConfigError, match="margin of at least 0; got -1"):
        run_sweep(load_sweep(broken), corpus=str(tiny_corpus), out=tmp_path / "out")
    assert main(["sweep", str(small)]) == 2
    assert "Expected --corpus and --out" in capsys.readouterr().err
    assert main(["sweep", str(small), "--corpus", str(tiny_corpus), "--out", str(tmp_path / "o"), "--seeds", "a"]) == 2
    assert "Correct --seeds" in capsys.readouterr().err


def test_the_command_lists_sweeps_and_prints_a_table_of_points(small, tiny_corpus, tmp_path, capsys):
    assert main(["sweep"]) == 0
    listed = capsys.readouterr().out
    assert all(f"{name}: " in listed for name in shipped_sweeps())
    assignments = [part for assignment in QUICK for part in ("--set", assignment)]
    arguments = ["--corpus", str(tiny_corpus), "--out", str(tmp_path / "out"), "--seeds", "0", "--folds", "1"]
    assert main(["sweep", str(small), *arguments, *assignments, "--workers", "1"]) == 0
    printed = capsys.readouterr()
    assert printed.out.strip().endswith("sweep.json")
    assert "2 of 2: margin=0.4, seed 0, fold 1: UA" in printed.err
    assert "margin=0.1" in printed.err
