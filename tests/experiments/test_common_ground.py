"""What cannot be compared fully is compared as far as it can be, and one sentence says what is missing."""

import dataclasses
from typing import Any

import pandas as pd
import pytest

from ser_core.evaluation.comparable import ADVICE, ScoreBasis
from ser_core.evaluation.comparison import scores_by_seed
from ser_core.evaluation.metrics import uar
from ser_core.experiments.common_ground import CommonGround, common_ground
from ser_core.experiments.places import EVALUATION, SWEEP_POINT, ResultLocation
from ser_core.experiments.records import ExperimentRecord
from ser_core.experiments.systems import systems_of

BASIS = ScoreBasis("ravdess", "1234567890", ("neutral", "sad"), {}, "emobox", (1,), 0)
FILES = ("a.wav", "b.wav", "c.wav", "d.wav")


def record(name: str, system: str, tmp_path, **changes: Any) -> ExperimentRecord:
    kind = SWEEP_POINT if name.startswith("sweeps/") else EVALUATION
    return ExperimentRecord(
        place=ResultLocation(name, kind, tmp_path / name),
        state="finished",
        recipe=system,
        settings={"dropout": 0.1},
        corpus="",
        basis=dataclasses.replace(BASIS, **changes),
        speakers_heard=False,
        back_end="head",
    )


def answers(*wrong: str, files=FILES, seed: int = 0, fold: int = 1) -> pd.DataFrame:
    """Predictions of two speakers: the first two files are sad, the others neutral; the ``wrong`` ones are missed."""
    truth = {file: "sad" if file in FILES[:2] else "neutral" for file in files}
    other = {"sad": "neutral", "neutral": "sad"}
    return pd.DataFrame(
        [
            {
                "seed": seed, "fold": fold, "file": file, "speaker": "f" if file in FILES[::2] else "m",
                "emotion": truth[file], "predicted": other[truth[file]] if file in wrong else truth[file],
            }
            for file in files
        ]
    )  # fmt: skip


@pytest.fixture
def ground(tmp_path):
    def find(*given: tuple[str, str, dict[str, Any], pd.DataFrame | None]) -> CommonGround:
        records = [record(name, system, tmp_path, **changes) for name, system, changes, _ in given]
        return common_ground(records, {one[0]: one[3] for one in given if one[3] is not None})

    return find


def test_what_was_measured_alike_is_compared_in_full(ground):
    found = ground(("results/one", "A", {}, answers("a.wav")), ("results/two", "B", {"seed": 7}, answers(seed=7)))
    assert found.gaps == ()
    assert found.compared == ("one", "two")
    assert found.utterances == 4
    scores = [scores_by_seed(found.predictions(system), BASIS.labels) for system in found.systems]
    assert scores == [{0: 0.75}, {0: 1.0}]  # one of two sad ones is missed; the other seed is paired with it


def test_of_other_folds_the_shared_recordings_alone_are_compared(ground):
    found = ground(
        ("results/one", "A", {"folds": (1, 2)}, answers("a.wav", "c.wav")),
        ("results/two", "B", {"folds": (1,)}, answers("a.wav", files=("a.wav", "b.wav"))),
    )
    assert [gap.sentence for gap in found.gaps] == [
        "one was tested on fold 1, 2 and two on fold 1: only the 2 recordings that both were tested on are compared."
    ]
    assert "folds (1, 2 and 1)" in found.gaps[0].advice
    assert ADVICE["folds"] in found.gaps[0].advice
    for system in found.systems:
        table = found.predictions(system)
        assert sorted(table["file"]) == ["a.wav", "b.wav"]
        assert scores_by_seed(table, BASIS.labels) == {0: uar([[0, 0], [1, 1]])}  # c.wav no longer counts


def test_another_protocol_compares_models_and_says_that_it_does_not_compare_methods(ground):
    found = ground(
        ("results/one", "A", {}, answers()),
        ("results/two", "B", {"protocol": "random-70-30"}, answers(files=("b.wav", "c.wav"), fold=3)),
    )
    (gap,) = found.gaps
    assert gap.sentence.startswith("The recordings were divided in another way for one than for two: only the 2")
    assert gap.sentence.endswith("this compares the models, not the methods.")
    assert set(found.predictions(found.systems[1])["fold"]) == {1}  # that of the first, so that rows are paired


@pytest.mark.parametrize(
    ("changes", "files", "told"),
    [
        ({"corpus": "emodb", "digest": "9"}, FILES, "one was tested on ravdess and two on emodb"),
        ({"mapping": {"calm": "neutral"}, "digest": "9"}, FILES, "one and two tell different emotions apart"),
        ({"labels": ("sad", "angry")}, FILES, "one and two tell different emotions apart"),
        ({"folds": (2,)}, ("x.wav",), "one was tested on fold 1 and two on fold 2"),
        ({"seed": 1}, ("x.wav",), "one and two were tested on other recordings"),
    ],
)
def test_without_a_shared_recording_each_keeps_its_own_score_and_the_reason_is_told(ground, changes, files, told):
    found = ground(("results/one", "A", {}, answers()), ("results/two", "B", changes, answers(files=files)))
    (gap,) = found.gaps
    assert gap.sentence.startswith(told)
    assert gap.sentence.endswith("their own scores stand side by side and tell nothing of which is better.")
    assert "They differ in: " in gap.advice
    assert (found.compared, found.utterances, found.tables) == ((), 0, {})
    assert [system.name for system in found.systems] == ["one", "two"]


def test_one_that_stands_apart_leaves_the_others_compared(ground):
    found = ground(
        ("results/one", "A", {}, answers()),
        ("results/other", "C", {"corpus": "emodb", "digest": "9"}, answers()),
        ("results/two", "B", {}, answers("a.wav")),
    )
    assert found.compared == ("one", "two")
    assert [gap.sentence.partition(":")[0] for gap in found.gaps] == ["one was tested on ravdess and other on emodb"]
    assert [system.name for system in found.systems] == ["one", "other", "two"]


def test_seeds_that_one_lacks_are_left_out_of_both_and_named(ground):
    seeds = [(f"results/one-{seed}", "A", {"seed": seed}, answers("a.wav", seed=seed)) for seed in range(3)]
    others = [(f"results/two-{seed}", "B", {"seed": seed}, answers(seed=seed)) for seed in (0, 2)]
    found = ground(*seeds, *others)
    (gap,) = found.gaps
    assert gap.sentence == ("Not all were trained equally often: only what all of them have is compared, seed 0, 2.")
    assert "A: 0, 1, 2; B: 0, 2" in gap.advice
    assert [system.seeds for system in found.systems] == [(0, 2), (0, 2)]
    assert found.seeds == {"A": (0, 1, 2), "B": (0, 2)}
    assert scores_by_seed(found.predictions(found.systems[0]), BASIS.labels) == {0: 0.75, 2: 0.75}


def test_two_that_share_no_seed_stand_apart(ground):
    seeds = [(f"results/one-{seed}", "A", {"seed": seed}, answers(seed=seed)) for seed in (0, 1)]
    others = [(f"results/two-{seed}", "B", {"seed": seed}, answers(seed=seed)) for seed in (2, 3)]
    found = ground(*seeds, *others)
    assert found.compared == ()
    assert found.gaps[0].sentence.startswith("A and B share no seed: ")


def test_what_has_no_answers_yet_is_named_and_leaves_the_others_alone(ground):
    found = ground(
        ("results/half", "C", {}, None), ("results/one", "A", {}, answers()), ("results/two", "B", {}, answers())
    )
    assert found.compared == ("one", "two")
    assert [gap.sentence for gap in found.gaps] == [
        "half has not answered any test recording yet, so it cannot be compared."
    ]
    alone = ground(("results/half", "C", {}, None), ("results/more", "D", {}, None))
    assert (alone.compared, len(alone.gaps)) == ((), 2)


def test_a_seed_that_has_not_ended_is_left_out(ground):
    found = ground(
        ("results/one-0", "A", {"seed": 0}, answers()),
        ("results/one-1", "A", {"seed": 1}, None),
        ("results/two-0", "B", {"seed": 0}, answers()),
        ("results/two-1", "B", {"seed": 1}, answers(seed=1)),
    )
    assert found.gaps[0].sentence == "A has no answers under seed 1 yet, which is left out."
    assert found.compared == ("A", "B")
    assert [system.seeds for system in found.systems] == [(0,), (0,)]


def test_stretches_of_one_file_are_utterances_of_their_own(ground):
    table = answers().assign(start=[0.0, 1.0, 2.0, 3.0], end=[1.0, 2.0, 3.0, 4.0], file="long.wav")
    found = ground(
        ("results/one", "A", {}, table), ("results/two", "B", {"folds": (1, 2)}, table[:3].reset_index(drop=True))
    )
    assert found.utterances == 3
    assert found.predictions(found.systems[0])["start"].tolist() == [0.0, 1.0, 2.0]


def test_the_seeds_of_a_point_of_a_sweep_are_one_system_named_by_what_differs(tmp_path):
    points = [
        record(f"sweeps/mine/recipe={recipe}/seed-{seed}", recipe, tmp_path, seed=seed)
        for recipe in ("quick", "slow")
        for seed in (1, 0)
    ]
    systems = systems_of(points)
    assert [(system.name, system.seeds) for system in systems] == [("quick", (0, 1)), ("slow", (0, 1))]
    beside = systems_of([*points[:2], record("results/other", "C", tmp_path)])
    assert [system.name for system in beside] == ["quick (mine)", "other"]


def test_the_seeds_of_one_system_alone_are_what_is_compared(tmp_path):
    chosen = [record(f"results/one-{seed}", "A", tmp_path, seed=seed) for seed in range(2)]
    assert [system.name for system in systems_of(chosen)] == ["one-0", "one-1"]
