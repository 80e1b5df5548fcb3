"""Verdicts follow their rules: made-up predictions of known quality are judged as they must be."""

import numpy as np
import pandas as pd
import pytest

from ser_core.errors import InputError
from ser_core.reproduction.keeping import Kept
from ser_core.reproduction.plan import Claim, System
from ser_core.reproduction.verdicts import FAILS, HOLDS, NOT_TESTABLE, UNDECIDED, judge

LABELS = ["angry", "happy", "neutral", "sad"]
SPEAKERS = 12
EACH = 40  # utterances of a speaker


def kept(accuracy: dict, *, axes: dict, seeds=(0, 1, 2)) -> Kept:
    """An experiment whose point ``values`` is right in a share of the cases, the same for every speaker."""
    random = np.random.default_rng(0)
    runs, tables = [], []
    for values, share in accuracy.items():
        point = ",".join(map(str, values))
        for seed in seeds:
            truth = np.array(LABELS * (SPEAKERS * EACH // 4))
            wrong = np.roll(LABELS, 1)[[LABELS.index(label) for label in truth]]
            predicted = np.where(random.random(truth.size) < share, truth, wrong)
            names = [f"voice{number % SPEAKERS:02d}" for number in range(truth.size)]
            tables.append(
                pd.DataFrame(
                    {
                        "point": point,
                        "seed": seed,
                        "fold": 1,
                        "speaker": names,
                        "emotion": truth,
                        "file": [f"{number}.wav" for number in range(truth.size)],
                        "predicted": predicted,
                        "predicted_softmax_svm": truth,
                    }
                )
            )
            score = float((predicted == truth).mean())
            runs.append(
                {
                    "point": point, "seed": seed, "values": dict(zip(axes, values, strict=True)), "back_end": "head",
                    "uar_mean": score, "wa_mean": score, "stages": [{"stage": "softmax", "back_ends": {}}],
                }
            )  # fmt: skip
    described = [
        {"name": key, "key": key, "values": list(dict.fromkeys(values[place] for values in accuracy))}
        for place, key in enumerate(axes)
    ]
    return Kept(
        {"experiment": "made up", "axes": described, "labels": LABELS, "seeds": list(seeds), "runs": runs},
        pd.concat(tables, ignore_index=True),
    )


def claim(kind: str, **settings) -> Claim:
    return Claim(source="a paper", text="it helps", published="a lot", kind=kind, experiment="made up", **settings)


@pytest.mark.parametrize(
    ("first", "second", "points", "verdict"),
    [(0.5, 0.7, 3.0, HOLDS), (0.7, 0.5, 3.0, FAILS), (0.6, 0.6, 20.0, FAILS), (0.6, 0.605, 3.0, UNDECIDED)],
)
def test_a_gain_holds_above_zero_fails_below_the_claim_and_else_is_undecided(first, second, points, verdict):
    found = kept({("plain",): first, ("new",): second}, axes={"system": "system"})
    asked = claim("gain", points=points, first=System({"system": "plain"}), second=System({"system": "new"}))
    judged = judge(asked, found)
    assert judged.verdict == verdict
    assert judged.found.startswith(f"{100 * _difference(found):+.1f} points (")


def _difference(found: Kept) -> float:
    runs = pd.DataFrame(found.content["runs"]).groupby("point")["uar_mean"].mean()
    return float(runs["new"] - runs["plain"])


def test_two_seeds_decide_nothing():
    found = kept({("plain",): 0.2, ("new",): 0.9}, axes={"system": "system"}, seeds=(0, 1))
    judged = judge(claim("gain", first=System({"system": "plain"}), second=System({"system": "new"})), found)
    assert judged.verdict == UNDECIDED
    assert "2 of the 3 seeds" in judged.found


def test_the_first_of_several_is_compared_at_everybodys_best():
    accuracy = {("a", 6): 0.3, ("a", 7): 0.8, ("b", 6): 0.6, ("b", 7): 0.4}
    axes = {"network": "network", "layers": "layers"}
    asked = claim("first-of", axis="network", winner="a", metric="wa")
    judged = judge(asked, kept(accuracy, axes=axes))
    assert judged.verdict == HOLDS
    assert "a at layers 7, b at layers 6" in judged.found
    assert judge(claim("first-of", axis="network", winner="b", metric="wa"), kept(accuracy, axes=axes)).verdict == FAILS


def test_what_matters_differs_somewhere_and_what_hardly_matters_nowhere_by_three_points():
    far = kept({(0.0,): 0.5, (0.3,): 0.8, (1.0,): 0.6}, axes={"lambda": "lambda"})
    assert judge(claim("matters", axis="lambda"), far).verdict == HOLDS
    assert judge(claim("hardly-matters", axis="lambda"), far).verdict == FAILS
    near = kept({(0.0,): 0.99, (0.3,): 0.99, (1.0,): 0.99}, axes={"lambda": "lambda"})
    assert judge(claim("matters", axis="lambda"), near).verdict == UNDECIDED
    assert judge(claim("hardly-matters", axis="lambda"), near).verdict == HOLDS


def test_a_level_is_reached_if_the_interval_reaches_it():
    found = kept({("new",): 0.8}, axes={"system": "system"})
    system = System({"system": "new"})
    assert judge(claim("level", points=79.0, metric="wa", first=system), found).verdict == HOLDS
    assert judge(claim("level", points=91.67, metric="wa", first=system), found).verdict == FAILS


def test_a_stage_and_back_end_can_be_judged_instead_of_the_recipes_own():
    found = kept({("new",): 0.5}, axes={"system": "system"})
    table = found.table(System({"system": "new"}, stage="softmax", back_end="svm"))
    assert (table["predicted"] == table["emotion"]).all()
    with pytest.raises(InputError, match="predicted_triplet_svm; it is not there"):
        found.table(System({"system": "new"}, stage="triplet", back_end="svm"))


def test_a_system_that_is_no_single_point_is_refused():
    found = kept({("a",): 0.5, ("b",): 0.5}, axes={"system": "system"})
    with pytest.raises(InputError, match="Name a value of every axis"):
        found.table(System())


def test_what_was_not_run_is_undecided_and_what_cannot_be_tested_says_why():
    assert judge(claim("gain"), None).verdict == UNDECIDED
    judged = judge(claim("not-testable", remark="No clip is that long"), None)
    assert (judged.verdict, judged.found) == (NOT_TESTABLE, "No clip is that long")
