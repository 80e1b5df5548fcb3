"""What probabilities and ranges are worth equals its definition in plain loops, and is told in words."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.reliability import Reliability, reliability
from ser_core.evaluation.reliability_text import measured_on, outside_range_text, probabilities_text, rejection_text
from ser_core.evaluation.statistics import interval_of_sums
from ser_core.seeding import stream

LABELS = ("happy", "sad", "angry")
RANGES = np.array([40.0, 50.0, 30.0])


def judged(random: np.random.Generator, count: int = 60) -> pd.DataFrame:
    probabilities = random.dirichlet(np.ones(3), size=count)
    angles = random.uniform(0, 110, size=(count, 3))
    emotions = [LABELS[number] for number in random.integers(0, 3, size=count)]
    return pd.DataFrame(
        {
            "speaker": [f"s{number % 4}" for number in range(count)],
            "emotion": emotions,
            "predicted": [LABELS[place] for place in angles.argmin(axis=1)],
            **{f"probability_{label}": probabilities[:, place] for place, label in enumerate(LABELS)},
            **{f"angle_{label}": angles[:, place] for place, label in enumerate(LABELS)},
        }
    )


def certain(truth: list[str], told: list[str], *, probability: float = 1.0, angle: float = 10.0) -> pd.DataFrame:
    """Every utterance is told one class with one probability, at one angle from its true class and 90° from others."""
    return pd.DataFrame(
        {
            "speaker": "one",
            "emotion": truth,
            "predicted": told,
            **{
                f"probability_{label}": [probability if label == one else (1 - probability) / 2 for one in told]
                for label in LABELS
            },
            **{f"angle_{label}": [angle if label == one else 90.0 for one in truth] for label in LABELS},
        }
    )


def share(rows: list, good) -> float | None:
    return sum(map(good, rows)) / len(rows) if rows else None


def test_every_figure_equals_its_definition_in_loops(random: np.random.Generator) -> None:
    table = judged(random)
    rows = table.to_dict("records")
    found = reliability(table, LABELS, RANGES)
    limit = dict(zip(LABELS, RANGES, strict=True))

    def outside(row):
        return all(row[f"angle_{label}"] > limit[label] for label in LABELS)

    def covered(row):
        return row[f"angle_{row['emotion']}"] <= limit[row["emotion"]]

    def right(row):
        return row["predicted"] == row["emotion"]

    assert (found.utterances, found.speakers) == (60, 4)
    assert found.rejected == pytest.approx(share(rows, outside))
    assert 0 < found.rejected < 1
    assert found.covered == pytest.approx(share(rows, covered))
    assert found.wa == pytest.approx(share(rows, right))
    assert found.wa_kept == pytest.approx(share([row for row in rows if not outside(row)], right))
    for label in LABELS:
        own = [row for row in rows if row["emotion"] == label]
        assert found.classes[label].utterances == len(own)
        assert found.classes[label].covered == pytest.approx(share(own, covered))
        assert found.classes[label].rejected == pytest.approx(share(own, outside))
    error = 0.0
    for place, one in enumerate(found.bins):
        inside, hits = [], 0
        for row in rows:
            probability, label = max((row[f"probability_{label}"], label) for label in LABELS)
            if place / 15 < probability <= (place + 1) / 15:
                inside.append(probability)
                hits += label == row["emotion"]
        assert one.utterances == len(inside)
        if inside:
            assert one.confidence == pytest.approx(sum(inside) / len(inside))
            assert one.accuracy == pytest.approx(hits / len(inside))
            error += len(inside) / 60 * abs(hits / len(inside) - sum(inside) / len(inside))
        else:
            assert (one.confidence, one.accuracy) == (None, None)
    assert found.ece == pytest.approx(error)


def test_the_error_is_the_gap_of_the_one_step_that_is_filled() -> None:
    truth = ["happy", "sad", "angry", "happy"]
    wrong = ["sad", "angry", "happy", "sad"]
    assert reliability(certain(truth, truth), LABELS, RANGES).ece == 0
    assert reliability(certain(truth, wrong), LABELS, RANGES).ece == 1
    some = reliability(certain(truth, [*truth[:3], "sad"], probability=0.9), LABELS, RANGES)
    assert some.ece == pytest.approx(0.9 - 3 / 4)
    assert [place for place, one in enumerate(some.bins) if one.utterances] == [13]


@pytest.mark.parametrize(("angle", "rejected"), [(10.0, 0.0), (30.0, 0.0), (30.1, 1.0)])
def test_an_utterance_is_rejected_beyond_every_range_and_not_at_its_end(angle: float, rejected: float) -> None:
    found = reliability(certain(["angry"], ["angry"], angle=angle), LABELS, RANGES)
    assert (found.rejected, found.covered) == (rejected, 1 - rejected)
    assert found.wa_kept == (None if rejected else 1.0)
    assert found.classes["happy"].covered is None  # nobody spoke so
    assert found.ece_interval_by_speaker is None  # one speaker tells nothing of others


def test_each_utterance_can_have_the_ranges_of_its_own_model(random: np.random.Generator) -> None:
    table = judged(random)
    halves = [table[:30], table[30:]]
    wider = [RANGES, RANGES + 20]
    each = [reliability(half, LABELS, ranges) for half, ranges in zip(halves, wider, strict=True)]
    whole = reliability(table, LABELS, np.repeat(wider, 30, axis=0))
    assert whole.rejected == pytest.approx((each[0].rejected + each[1].rejected) / 2)
    assert whole.covered == pytest.approx((each[0].covered + each[1].covered) / 2)


def test_intervals_equal_a_bootstrap_in_plain_loops(random: np.random.Generator) -> None:
    table = judged(random)
    found = reliability(table, LABELS, RANGES, seed=3)
    of_draw: dict[tuple[int, ...], Reliability] = {}  # of four speakers there are only 35 different draws
    drawn = [tuple(draw) for draw in stream(3, "bootstrap speakers").multinomial(4, np.full(4, 0.25), size=2000)]
    for draw in set(drawn):
        rows = [table[table["speaker"] == f"s{place}"] for place, times in enumerate(draw) for _ in range(times)]
        of_draw[draw] = reliability(pd.concat(rows).assign(speaker="one"), LABELS, RANGES)
    for name, interval in (
        ("ece", found.ece_interval_by_speaker),
        ("rejected", found.rejected_interval_by_speaker),
    ):
        assert interval == pytest.approx(np.quantile([getattr(of_draw[draw], name) for draw in drawn], [0.025, 0.975]))


def test_an_interval_of_sums_gives_the_figure_itself_and_needs_two_speakers(random: np.random.Generator) -> None:
    values = random.normal(size=(6, 1))
    found = interval_of_sums(values, ["a", "a", "b", "b", "c", "c"], lambda sums: sums[:, 0] / 6, replicates=50)
    assert found.estimate == pytest.approx(values.mean())
    with pytest.raises(InputError, match="at least two speakers"):
        interval_of_sums(values, ["a"] * 6, lambda sums: sums[:, 0])
    with pytest.raises(InputError, match="one speaker per utterance"):
        interval_of_sums(values, ["a", "b"], lambda sums: sums[:, 0])


def test_it_is_read_back_as_it_was_and_later_keys_are_left_out(random: np.random.Generator) -> None:
    found = reliability(judged(random), LABELS, RANGES)
    table = found.as_table()
    table["bins"][0]["later"] = table["classes"]["sad"]["later"] = table["later"] = 1
    assert Reliability.from_table(table) == found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ece": 1.5}, "shares between 0 and 1; got 1.5"),
        ({"ece": "low"}, "reliability.ece to be float"),
        ({"bins": [{"utterances": 1}]}, "bins that hold 60 utterances"),
        ({"bins": []}, "the bins of a reliability diagram"),
        ({"bins": 5}, "a list for reliability.bins"),
        ({"bins": [5]}, r"a table for reliability\.bins\.0"),
        ({"classes": {"sad": 5}}, r"a table for reliability\.classes\.sad"),
        ({"classes": 5}, "a table for reliability.classes; got 5"),
        ({"rejected_interval_by_speaker": [0.1]}, "two bounds of each interval"),
        ({"ece_interval_by_speaker": [0.1, -1.0]}, "shares between 0 and 1"),
    ],
)
def test_nonsense_is_refused(random: np.random.Generator, change: dict, message: str) -> None:
    table = reliability(judged(random), LABELS, RANGES).as_table()
    with pytest.raises(ConfigError, match=message):
        Reliability.from_table(table | change, "reliability")
    with pytest.raises(ConfigError, match="a table for reliability; got 'good'"):
        Reliability.from_table("good", "reliability")


def test_nothing_to_measure_on_gets_advice(random: np.random.Generator) -> None:
    with pytest.raises(InputError, match="Choose a split that has some"):
        reliability(judged(random)[:0], LABELS, RANGES)


# ------------------------------------------------------------------------------------------------ in words
@pytest.fixture
def found(random: np.random.Generator) -> Reliability:
    return dataclasses.replace(
        reliability(judged(random), LABELS, RANGES), rejected=0.125, ece=0.081, ece_interval_by_speaker=(0.05, 0.15)
    )


def test_the_words_tell_the_figures_and_whose_speech_it_was(found: Reliability) -> None:
    assert measured_on(found, 0) == "60 utterances by 4 people whom this model had not heard"
    assert "had heard 3 already, so that the figures flatter it" in measured_on(found, 3)
    assert "it was not counted" in measured_on(found, None)
    assert "Expected calibration error: 8.1 % (95 % interval by speaker: 5.0 to 15.0 %)" in probabilities_text(found)
    told = rejection_text(found)
    assert told.startswith("12.5 % ")
    assert f"{100 * found.wa:.1f} % of all" in told
    assert f"of this speech the ranges held {100 * found.covered:.1f} %" in told


def test_beside_an_answer_the_rate_and_the_range_of_one_emotion_are_told(found: Reliability) -> None:
    share = f"{100 * found.classes['angry'].covered:.0f} %"
    assert outside_range_text(found, 0, "angry") == (
        "Of speech by people whom this model had not heard, 12 % fell outside all ranges; "
        f"the 90 % range of angry held {share}."
    )
    assert outside_range_text(found, 0, "calm").endswith("fell outside all ranges.")


def test_words_where_every_answer_is_rejected() -> None:
    found = reliability(certain(["angry"], ["angry"], angle=60.0), LABELS, RANGES)
    assert "no answer was left" in rejection_text(found)
