"""Verdicts follow their rules: made-up predictions of known quality are judged as they must be."""

import numpy as np
import pandas as pd
import pytest

from ser_core.errors import InputError
from ser_core.experiments.sweep import Sweep, SweepAxis
from ser_core.reproduction import verdicts
from ser_core.reproduction.plan import Claim, ClaimSystem, Experiment, shipped_plan
from ser_core.reproduction.saving import SavedExperiment
from ser_core.reproduction.verdicts import FAILS, HOLDS, NOT_SEEN, NOT_TESTABLE, SMALLER, judge

LABELS = ["angry", "happy", "neutral", "sad"]
SPEAKERS = 12
EACH = 40  # utterances of a speaker


def kept(accuracy: dict, *, axes: dict, seeds=(0, 1, 2, 3, 4), overrides=(), folds=()) -> SavedExperiment:
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
    return SavedExperiment(
        {
            "experiment": "made up", "axes": described, "labels": LABELS, "seeds": list(seeds), "runs": runs,
            "overrides": list(overrides), "folds": list(folds),
        },
        pd.concat(tables, ignore_index=True),
    )  # fmt: skip


def planned(monkeypatch, axes: dict[str, tuple], *, published: dict[str, tuple] | None = None) -> Experiment:
    """An experiment whose full sweep has these axes; the source prints all of their values, or those that are named."""
    sweep = Sweep(
        "made-up", "", "", "", "quick", "speaker-k-fold",
        tuple(SweepAxis(name, name, values, (published or axes).get(name, ())) for name, values in axes.items()),
    )  # fmt: skip
    monkeypatch.setattr("ser_core.reproduction.plan.load_sweep", lambda _: sweep)
    return Experiment("made up", "demo", "made-up")


def claim(kind: str, **settings) -> Claim:
    return Claim(source="a paper", text="it helps", published="a lot", kind=kind, experiment="made up", **settings)


SYSTEMS = {"system": ("plain", "new")}
AXES = {"system": "system"}


def gain(points: float = 0.0) -> Claim:
    return claim("gain", points=points, first=ClaimSystem({"system": "plain"}), second=ClaimSystem({"system": "new"}))


@pytest.mark.parametrize(
    ("first", "second", "points", "verdict"),
    [
        (0.5, 0.7, 18.0, HOLDS),
        (0.5, 0.7, 0.0, HOLDS),
        (0.5, 0.7, 40.0, SMALLER),
        (0.7, 0.5, 3.0, FAILS),
        (0.7, 0.5, 0.0, FAILS),
        (0.6, 0.605, 3.0, NOT_SEEN),
        (0.6, 0.6, 20.0, NOT_SEEN),  # below the claim, but not above zero
        (0.6, 0.63, 20.0, NOT_SEEN),  # above zero by its estimate alone
    ],
)
def test_in_full_a_gain_holds_is_smaller_fails_or_is_not_seen(monkeypatch, first, second, points, verdict):
    found = kept({("plain",): first, ("new",): second}, axes=AXES)
    judged = judge(gain(points), planned(monkeypatch, SYSTEMS), found)
    assert judged.verdict == verdict
    assert judged.found.startswith(f"{100 * _difference(found):+.1f} points (")
    assert bool(judged.needs) == (verdict == NOT_SEEN)


def _difference(found: SavedExperiment) -> float:
    runs = pd.DataFrame(found.content["runs"]).groupby("point")["uar_mean"].mean()
    return float(runs["new"] - runs["plain"])


@pytest.mark.parametrize(
    ("lacking", "needs"),
    [
        ({"overrides": ("stages.0.epochs=3",)}, "the recipe's own epochs and frames"),
        ({"folds": (1,)}, "every fold"),
        ({"seeds": (0, 1, 2)}, "2 more seeds"),
        ({"seeds": (0, 1, 2, 3)}, "1 more seed"),
    ],
)
@pytest.mark.parametrize(("first", "second", "points", "in_full"), [(0.7, 0.5, 3.0, FAILS), (0.5, 0.6, 40.0, SMALLER)])
def test_a_shortened_run_refutes_nothing_and_says_what_it_lacks(
    monkeypatch, lacking, needs, first, second, points, in_full
):
    accuracy = {("plain",): first, ("new",): second}
    experiment = planned(monkeypatch, SYSTEMS)
    assert judge(gain(points), experiment, kept(accuracy, axes=AXES)).verdict == in_full
    judged = judge(gain(points), experiment, kept(accuracy, axes=AXES, **lacking))
    assert (judged.verdict, judged.needs) == (NOT_SEEN, (needs,))


def test_a_shortened_run_can_show_that_a_claim_holds(monkeypatch):
    found = kept({("plain",): 0.5, ("new",): 0.7}, axes=AXES, seeds=(0, 1, 2), folds=(1,), overrides=("dropout=0.1",))
    judged = judge(gain(18.0), planned(monkeypatch, SYSTEMS), found)
    assert (judged.verdict, judged.needs) == (HOLDS, ())


def test_two_seeds_decide_nothing(monkeypatch):
    found = kept({("plain",): 0.2, ("new",): 0.9}, axes=AXES, seeds=(0, 1))
    judged = judge(gain(), planned(monkeypatch, SYSTEMS), found)
    assert (judged.verdict, judged.needs) == (NOT_SEEN, ("3 more seeds",))


@pytest.mark.parametrize(("first", "second"), [(0.5, 0.9), (0.9, 0.5)])
def test_a_contrast_that_the_paper_does_not_make_neither_proves_nor_refutes_its_claim(monkeypatch, first, second):
    """As one second of sound against five, where the paper compares four to seven."""
    seconds = {"seconds": (1.0, 4.0, 5.0)}
    experiment = planned(monkeypatch, seconds, published={"seconds": (4.0, 5.0, 6.0)})
    found = kept({(1.0,): first, (4.0,): first, (5.0,): second}, axes={"seconds": "seconds"})
    asked = {
        begin: claim("gain", first=ClaimSystem({"seconds": begin}), second=ClaimSystem({"seconds": 5.0}))
        for begin in (1.0, 4.0)
    }
    judged = judge(asked[1.0], experiment, found)
    assert judged.verdict == NOT_SEEN
    assert judged.needs == ("the paper's own values of seconds, of which it prints 4.0, 5.0, 6.0",)
    assert judge(asked[4.0], experiment, found).verdict == (HOLDS if second > first else FAILS)
    ours = claim("gain", of_paper=False, first=ClaimSystem({"seconds": 1.0}), second=ClaimSystem({"seconds": 5.0}))
    assert judge(ours, experiment, found).verdict == (HOLDS if second > first else FAILS)


NETWORKS = {"network": ("a", "b"), "layers": (6, 7)}
NETWORK_AXES = {"network": "network", "layers": "layers"}


def first_of(winner: str) -> Claim:
    return claim("first-of", axis="network", winner=winner, metric="wa")


def test_the_first_of_several_is_compared_at_its_best_with_each_at_its_best(monkeypatch):
    accuracy = {("a", 6): 0.3, ("a", 7): 0.8, ("b", 6): 0.6, ("b", 7): 0.4}
    experiment = planned(monkeypatch, NETWORKS)
    judged = judge(first_of("a"), experiment, kept(accuracy, axes=NETWORK_AXES))
    assert judged.verdict == HOLDS
    assert "a at layers 7, b at layers 6" in judged.found
    assert judge(first_of("b"), experiment, kept(accuracy, axes=NETWORK_AXES)).verdict == FAILS
    fewer = planned(monkeypatch, {"network": ("a", "b"), "layers": (6, 7, 8)})
    judged = judge(first_of("b"), fewer, kept(accuracy, axes=NETWORK_AXES))
    assert (judged.verdict, judged.needs) == (NOT_SEEN, ("1 more values of layers",))


def test_the_first_of_three_has_to_beat_both_others(monkeypatch):
    names = ("a", "b", "c")
    experiment, axes = planned(monkeypatch, {"network": names}), {"network": "network"}
    for accuracies, verdict in (((0.8, 0.4, 0.5), HOLDS), ((0.8, 0.4, 0.8), NOT_SEEN), ((0.6, 0.4, 0.8), FAILS)):
        found = kept({(name,): share for name, share in zip(names, accuracies, strict=True)}, axes=axes)
        assert judge(first_of("a"), experiment, found).verdict == verdict


def test_the_more_rivals_the_wider_the_intervals(monkeypatch):
    """Each rival gets one fifth of the 5 %: without it, the best of many equal ones is often called better."""
    levels = []
    whole = verdicts.difference_of_tables
    monkeypatch.setattr(
        verdicts,
        "difference_of_tables",
        lambda *tables, level, **more: (levels.append(level), whole(*tables, **more))[1],
    )
    names = tuple("abcdef")
    found = kept({(name,): 0.6 for name in names}, axes={"network": "network"})
    judged = judge(first_of("a"), planned(monkeypatch, {"network": names}), found)
    assert levels == pytest.approx([0.99] * 5)
    assert "5 intervals that hold together in 95 % (Bonferroni)" in judged.found
    assert judged.needs[-1] == "intervals without zero for all 5 rivals"


def test_a_weight_improves_if_one_of_its_values_beats_none_and_fails_if_all_are_worse(monkeypatch):
    weights = {"lambda": (0.0, 0.3, 1.0)}
    asked = claim("improves", axis="lambda", first=ClaimSystem({"lambda": 0.0}))
    for accuracies, verdict in (
        ((0.5, 0.8, 0.3), HOLDS),
        ((0.8, 0.5, 0.6), FAILS),
        ((0.8, 0.81, 0.6), NOT_SEEN),
    ):
        accuracy = {(value,): share for value, share in zip(weights["lambda"], accuracies, strict=True)}
        found = kept(accuracy, axes={"lambda": "lambda"})
        assert judge(asked, planned(monkeypatch, weights), found).verdict == verdict


def test_what_hardly_matters_differs_nowhere_by_three_points(monkeypatch):
    weights = {"lambda": (0.0, 0.3, 1.0)}
    asked, experiment = claim("hardly-matters", axis="lambda"), planned(monkeypatch, weights)
    far = kept({(0.0,): 0.5, (0.3,): 0.8, (1.0,): 0.6}, axes={"lambda": "lambda"})
    assert judge(asked, experiment, far).verdict == FAILS
    near = kept({(0.0,): 0.999, (0.3,): 0.999, (1.0,): 0.999}, axes={"lambda": "lambda"})
    assert judge(asked, experiment, near).verdict == HOLDS
    apart = kept({(0.0,): 0.97, (0.3,): 0.92, (1.0,): 0.97}, axes={"lambda": "lambda"})
    assert judge(asked, experiment, apart).verdict != HOLDS
    lost = planned(monkeypatch, weights, published={"lambda": ()})
    judged = judge(asked, lost, near)
    assert (judged.verdict, judged.needs) == (NOT_SEEN, ("the paper's own values of lambda, lost",))


def test_a_level_is_reached_if_the_interval_reaches_it(monkeypatch):
    found = kept({("new",): 0.8}, axes=AXES)
    experiment, system = planned(monkeypatch, {"system": ("new",)}), ClaimSystem({"system": "new"})
    asked = claim("level", points=79.0, metric="wa", first=system)
    assert judge(asked, experiment, found).verdict == HOLDS
    missed = claim("level", points=91.67, metric="wa", first=system)
    assert judge(missed, experiment, found).verdict == FAILS
    shortened = kept({("new",): 0.8}, axes=AXES, seeds=(0, 1, 2))
    judged = judge(missed, experiment, shortened)
    assert (judged.verdict, judged.needs) == (NOT_SEEN, ("2 more seeds",))


def test_the_interval_of_a_level_knows_the_seeds(monkeypatch):
    """Utterances of three seeds are not three times as many utterances."""
    found = kept({("new",): 0.8}, axes=AXES, seeds=(0, 1, 2))
    worse = found.predictions["seed"] == 2
    found.predictions.loc[worse, "predicted"] = np.roll(found.predictions.loc[worse, "predicted"], 1)
    asked = claim("level", points=79.0, metric="wa", first=ClaimSystem({"system": "new"}))
    assert judge(asked, planned(monkeypatch, {"system": ("new",)}), found).verdict == HOLDS


def test_a_stage_and_back_end_can_be_judged_instead_of_the_recipes_own():
    found = kept({("new",): 0.5}, axes={"system": "system"})
    table = found.table(ClaimSystem({"system": "new"}, stage="softmax", back_end="svm"))
    assert (table["predicted"] == table["emotion"]).all()
    with pytest.raises(InputError, match="predicted_triplet_svm; it is not there"):
        found.table(ClaimSystem({"system": "new"}, stage="triplet", back_end="svm"))


def test_a_system_that_is_no_single_point_is_refused():
    found = kept({("a",): 0.5, ("b",): 0.5}, axes={"system": "system"})
    with pytest.raises(InputError, match="Name a value of every axis"):
        found.table(ClaimSystem())


def test_what_was_not_run_is_not_seen_and_what_cannot_be_tested_says_why(monkeypatch):
    judged = judge(gain(), planned(monkeypatch, SYSTEMS), None)
    assert (judged.verdict, judged.found, judged.needs) == (NOT_SEEN, "not run", ("a run",))
    judged = judge(claim("not-testable", remark="No clip is that long"), None, None)
    assert (judged.verdict, judged.found) == (NOT_TESTABLE, "No clip is that long")


def test_every_claim_of_a_paper_in_the_plan_compares_what_the_paper_compares():
    """Only the values of alpha are lost, so that its claim is left to whoever finds them."""
    plan = shipped_plan()
    for asked in plan.claims:
        experiment = plan.experiment_of(asked)
        judged = judge(asked, experiment, None)
        assert any("the paper's own values" in need for need in judged.needs) == (
            asked.experiment == "dai-alpha-ravdess"
        )


def test_in_full_an_experiment_has_seeds_enough_to_refute():
    for experiment in shipped_plan().experiments:
        assert len(experiment.full_sweep().seeds) >= 5
        assert not experiment.full_sweep().folds
