"""A sweep is read back from its file when it is finished, and from its folds while it goes on."""

import json
from pathlib import Path

import pytest

from ser_core.errors import ConfigError
from ser_core.experiments.sweep import SweepPoint
from ser_core.experiments.sweep_result import PointScore, read_sweep_result, sweep_folders

AXES = [
    {"name": "network", "key": "encoder", "values": ["fc", "cnn"]},
    {"name": "channels", "key": "encoder_options.channels", "values": [[4, 8], [8, 16]]},
]
CONTENT = {
    "version": 1, "sweep": "mine", "recipe": "quick", "protocol": "held-out-speakers", "axes": AXES, "seeds": [0, 3],
    "folds": [], "corpus": "demo", "manifest_digest": "d", "overrides": ["dropout=0.1"], "points": [],
}  # fmt: skip

POINT = {
    "values": {"encoder": "cnn", "encoder_options.channels": [8, 16]}, "seed": 3, "uar_mean": 0.5, "wa_mean": 0.25,
}  # fmt: skip


@pytest.fixture
def folder(workspace: Path) -> Path:
    path = workspace / "sweeps" / "mine"
    path.mkdir(parents=True)
    return path


def write(folder: Path, **changes) -> None:
    (folder / "sweep.json").write_text(json.dumps(CONTENT | changes))


def write_fold(folder: Path, values: tuple, seed: int, fold: int, uar: float) -> None:
    name = SweepPoint({axis["key"]: value for axis, value in zip(AXES, values, strict=True)}).name
    path = folder / name / f"seed-{seed}" / f"fold-{fold}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"fold": {"fold": fold, "uar": uar, "wa": uar / 2}}))


def test_a_finished_sweep_gives_the_score_of_every_point_and_seed(folder):
    write(folder, points=[POINT])
    assert sweep_folders() == [folder]
    swept = read_sweep_result(folder)
    assert swept.scores == (PointScore((1, 1), 3, 0.5, 0.25),)
    assert (swept.finished, swept.expected, swept.recipe, swept.corpus) == (True, 8, "quick", "demo")
    assert [axis.name for axis in swept.axes] == ["network", "channels"]
    assert swept.overrides == ("dropout=0.1",)


def test_a_sweep_that_goes_on_gives_the_points_whose_folds_are_all_done(folder):
    write(folder)
    assert read_sweep_result(folder).scores == ()
    for fold, uar in ((1, 0.4), (2, 0.6)):
        write_fold(folder, ("fc", [4, 8]), 0, fold, uar)
    write_fold(folder, ("fc", [8, 16]), 0, 1, 0.9)  # its second fold is under way
    swept = read_sweep_result(folder)
    assert not swept.finished
    assert swept.scores == (PointScore((0, 0), 0, pytest.approx(0.5), pytest.approx(0.25)),)
    write(folder, folds=[1])
    write_fold(folder, ("cnn", [8, 16]), 3, 1, 0.7)
    assert [score.place for score in read_sweep_result(folder).scores] == [(0, 1), (1, 1)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "Expecting property name"),
        (json.dumps(CONTENT | {"version": 2}), "version 2 instead of 1"),
        (json.dumps({key: value for key, value in CONTENT.items() if key != "axes"}), "no 'axes'"),
        (json.dumps(CONTENT | {"axes": 3}), "not iterable"),
        ("[" * 100_000, "too deep"),
        ("[]", "list indices"),
        (json.dumps(CONTENT | {"seeds": [int("1" * 400)]}), "a number that is none, 1111"),
        (json.dumps(CONTENT | {"points": [POINT | {"uar_mean": 77}]}), "uar_mean 77 in place of a score"),
        (json.dumps(CONTENT | {"points": [{"values": {"encoder": "rnn"}}]}), "not in"),
    ],
)
def test_a_damaged_sweep_is_refused_with_the_reason(folder, content, reason):
    (folder / "sweep.json").write_text(content)
    with pytest.raises(ConfigError, match=f"{reason}.*another --out"):
        read_sweep_result(folder)


@pytest.mark.parametrize("uar", ["NaN", "77", '"high"', "1" * 400])
def test_a_fold_that_tells_no_score_counts_as_damaged(folder, uar):
    write(folder)
    write_fold(folder, ("fc", [4, 8]), 0, 1, 0.5)
    (path,) = folder.rglob("fold-1.json")
    path.write_text(f'{{"fold": {{"uar": {uar}, "wa": 0.5}}}}')
    with pytest.raises(ConfigError, match="Expected a finished fold in .* Delete .* to have it trained again"):
        read_sweep_result(folder)


def test_a_damaged_sweep_makes_nobody_read_outside_its_folder(folder):
    write(folder, axes=[{"name": "n", "key": "stages.0.name", "values": ["../../escape"]}])
    with pytest.raises(ConfigError, match="without slashes"):
        read_sweep_result(folder)


def test_no_sweep_is_no_error(workspace):
    assert sweep_folders() == []
