"""Scores of a finished model on another corpus: each by its definition, counted one utterance at a time."""

import numpy as np
import pandas as pd
import pytest

from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.cross_corpus import CrossCorpusSummary, corpus_scores

LABELS = ("neutral", "happy", "sad", "angry")
RANGES = np.array([30.0, 40.0, 20.0, 35.0])


@pytest.fixture
def table(random):
    """Sixty utterances by five speakers; the corpus has no *happy*, and knows *boredom*, which the model does not."""
    count = 60
    frame = pd.DataFrame(
        {
            "speaker": [f"s{number % 5}" for number in range(count)],
            "emotion": random.choice(["neutral", "sad", "angry", "boredom"], count),
            "gender": ["female" if number % 5 < 3 else None for number in range(count)],
            "age": [20.0 + 7 * (number % 5) if number % 5 else None for number in range(count)],
        }
    )
    logits = random.normal(size=(count, 4)) * 2
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    angles = random.uniform(10, 90, size=(count, 4))
    for number, label in enumerate(LABELS):
        frame[f"probability_{label}"], frame[f"angle_{label}"] = probabilities[:, number], angles[:, number]
    frame["predicted"] = [LABELS[place] for place in angles.argmin(axis=1)]
    return frame


def recall_by_hand(rows, answers):
    """Mean over the emotions that occur of the share that was answered rightly."""
    shares = []
    for emotion in sorted(set(rows["emotion"])):
        mine = [answer == emotion for answer, truth in zip(answers, rows["emotion"], strict=True) if truth == emotion]
        shares.append(sum(mine) / len(mine))
    return sum(shares) / len(shares)


@pytest.mark.parametrize(("back_end", "kind", "best"), [("angle", "angle", min), ("head", "probability", max)])
def test_the_best_shared_label_is_chosen_among_those_that_occur_in_both(table, back_end, kind, best):
    known = table[table["emotion"] != "boredom"]
    found = corpus_scores(table, LABELS, RANGES, back_end=back_end)
    assert found.present == ("neutral", "sad", "angry")
    assert found.chance == pytest.approx(1 / 3)
    answers = [best(found.present, key=lambda label: row[f"{kind}_{label}"]) for _, row in known.iterrows()]
    assert found.overall.uar_present == pytest.approx(recall_by_hand(known, answers))
    assert found.overall.uar == pytest.approx(recall_by_hand(known, known["predicted"]))
    assert found.overall.uar_present != found.overall.uar


def test_confidence_accuracy_and_none_of_these_are_counted_over_known_emotions_alone(table):
    found = corpus_scores(table, LABELS, RANGES, back_end="angle")
    confidences, right, outside, strange = [], [], [], []
    for _, row in table.iterrows():
        probabilities = {label: row[f"probability_{label}"] for label in LABELS}
        beyond = all(row[f"angle_{label}"] > limit for label, limit in zip(LABELS, RANGES, strict=True))
        if row["emotion"] == "boredom":
            strange.append(beyond)
            continue
        confidences.append(max(probabilities.values()))
        right.append(max(probabilities, key=probabilities.get) == row["emotion"])
        outside.append(beyond)
    assert found.overall.utterances == len(right) == np.sum(found.confusion)
    assert found.overall.confidence == pytest.approx(np.mean(confidences))
    assert found.overall.accuracy == pytest.approx(np.mean(right))
    assert found.overall.none_of_these == pytest.approx(np.mean(outside))
    assert found.unknown["boredom"].utterances == len(strange)
    assert found.unknown["boredom"].none_of_these == pytest.approx(np.mean(strange))
    assert sum(found.answers.values()) == pytest.approx(1)


def test_each_group_is_scored_as_if_the_corpus_held_no_other(table):
    found = corpus_scores(table, LABELS, RANGES, back_end="angle")
    known = table[table["emotion"] != "boredom"]
    assert sorted(found.by_speaker) == ["s0", "s1", "s2", "s3", "s4"]
    for name, scores in found.by_speaker.items():
        rows = known[known["speaker"] == name]
        assert scores.uar == pytest.approx(recall_by_hand(rows, rows["predicted"]))
        assert scores.speakers == 1
    assert set(found.by_gender) == {"female"}, "an unknown gender is no group"
    assert found.by_gender["female"].utterances == (known["gender"] == "female").sum()
    assert {group: one.speakers for group, one in found.by_age.items()} == {"20 to 29": 1, "30 to 39": 1, "40 to 49": 2}


def test_intervals_hold_the_figure_and_a_single_utterance_has_none(table):
    found = corpus_scores(table, LABELS, RANGES, back_end="angle")
    low, high = found.overall.uar_interval
    assert 0 <= low <= found.overall.uar <= high <= 1
    alone = table[table["emotion"] == "sad"].head(1)
    assert corpus_scores(alone, LABELS, RANGES, back_end="angle").overall.uar_interval is None


def test_a_corpus_without_a_known_emotion_is_refused_with_advice(table):
    with pytest.raises(InputError, match=r"the corpus has only boredom. Rename emotions with --map"):
        corpus_scores(table[table["emotion"] == "boredom"], LABELS, RANGES, back_end="angle")


def test_an_entry_of_a_card_is_read_back_and_nonsense_is_refused():
    entry = CrossCorpusSummary(
        "emodb", "EmoDB", "German", False, 454, 10, 6, 1 / 6, 0.3, 0.4, 0.6, 0.4, 0.2, 0.04, (0.3, 0.5)
    )
    assert CrossCorpusSummary.from_table({**entry.as_table(), "of a later release": 1}) == entry
    with pytest.raises(ConfigError, match="fractions between 0 and 1; got 40"):
        CrossCorpusSummary.from_table({**entry.as_table(), "uar_present": 40.0})
    with pytest.raises(ConfigError, match="a table"):
        CrossCorpusSummary.from_table([1], "elsewhere.0")
