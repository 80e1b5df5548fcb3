"""The measurement of voices: who gives clips, who is judged, and that the page says what the result file says."""

import argparse
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import own_voice
from ser_core.checkpoints.listing import SHIPPED
from ser_core.errors import InputError
from ser_core.evaluation.metrics import uar

REPOSITORY = Path(__file__).resolve().parents[2]
ACTED = [*["neutral"] * 4, *["sad"] * 8, *["angry"] * 8, "happy"]


def options(**changes):
    usual = {"part": "test", "model_counts": 2.0, "draws": 2, "replicates": 50, "seed": 0}
    return argparse.Namespace(**usual | changes)


@pytest.mark.parametrize(("method", "count"), own_voice.PLANS)
def test_clips_are_drawn_as_a_person_would_give_them_and_each_emotion_keeps_one_to_be_judged(method, count, random):
    for _ in range(20):
        given = own_voice.drawn(ACTED, method, count, random)
        assert len(set(given)) == count
        emotions = [ACTED[number] for number in given]
        left = [emotion for number, emotion in enumerate(ACTED) if number not in given]
        assert set(left) == set(ACTED)
        if method == "neutral":
            assert set(emotions) == {"neutral"}
        else:
            assert emotions[0] == "neutral"
            assert "happy" not in emotions  # the only one stays
            assert len(set(emotions)) == 3  # every emotion once before any twice


def test_a_speaker_with_too_few_clips_gives_none(random):
    assert own_voice.drawn(["neutral", "sad", "sad"], "neutral", 1, random) is None
    assert own_voice.drawn(["neutral", "neutral", "sad"], "few-shot", 2, random) is None


def test_other_clips_are_judged_without_and_with_the_voice(tiny_checkpoint):
    spoken = own_voice.of_atlas(tiny_checkpoint, "test")
    assert set(spoken.speakers) == {"m2"}
    counts = own_voice.counts_of(spoken, "few-shot", 3, draws=4, seed=0)
    for found in counts.values():
        assert found.shape == (2, 4, 1, 3, 3)
        assert (found.sum(axis=(2, 3, 4)) == 9 - 3).all()
        assert (found[0].sum(axis=3) == found[1].sum(axis=3)).all()  # the same truth
    plain = own_voice.judged(spoken.reader, spoken.embeddings)["angle"]
    right = [truth == heard for truth, heard in zip(spoken.emotions, plain, strict=True)]
    assert np.trace(counts["angle"][0, 0, 0]) >= sum(right) - 3


def test_a_model_that_counts_for_everything_is_heard_as_before(tiny_checkpoint):
    spoken = own_voice.of_atlas(tiny_checkpoint, "test")
    for method in ("neutral", "few-shot"):
        for found in own_voice.counts_of(spoken, method, 1, draws=3, seed=0, model_counts=1e12).values():
            assert (found[0] == found[1]).all()


def test_the_gain_is_the_mean_difference_of_the_pooled_scores(random):
    counts = random.integers(1, 6, size=(2, 3, 4, 3, 3))
    row = own_voice.row_of(counts, ("neutral", "sad", "angry"), replicates=50, seed=0)
    scores = [[uar(counts[which, draw].sum(axis=0)) for draw in range(3)] for which in (0, 1)]
    assert row["before"] == pytest.approx(sum(scores[0]) / 3)
    assert row["difference"] == pytest.approx(sum(scores[1]) / 3 - sum(scores[0]) / 3)
    assert row["low"] <= row["difference"] <= row["high"]
    neutral = counts[0].sum(axis=(0, 1))[0]
    assert row["neutral_as_trouble"][0] == pytest.approx((neutral[1] + neutral[2]) / neutral.sum())
    assert own_voice.row_of(counts[:, :, :1], ("neutral", "sad", "angry"), replicates=50, seed=0) is None


def test_speakers_without_enough_clips_do_not_count(random):
    counts = random.integers(1, 6, size=(2, 3, 4, 3, 3))
    counts[:, :, 3] = 0
    row = own_voice.row_of(counts, ("neutral", "sad", "angry"), replicates=50, seed=0)
    assert row["speakers"] == 3


def test_a_whole_measurement_becomes_a_page(tmp_path):
    content = own_voice.measure([SHIPPED / "demo-residual"], [], options(draws=1))
    assert {(row["method"], row["clips"]) for row in content["rows"]} == set(own_voice.PLANS)
    assert all(row["speakers"] == 2 for row in content["rows"])
    text = own_voice.page(json.loads(json.dumps(content)))
    for row in content["rows"]:
        assert f"| {100 * row['before']:.1f} | {100 * row['after']:.1f} |" in text
    again = own_voice.measure([SHIPPED / "demo-residual"], [], options(draws=1))
    assert again == content


def test_folds_that_share_speakers_are_refused():
    with pytest.raises(InputError, match="Give each fold once"):
        own_voice.measure([SHIPPED / "demo-residual"] * 2, [], options())


def test_the_page_in_the_documents_is_made_of_its_result_file():
    kept, shown = REPOSITORY / own_voice.DEFAULT_OUT, REPOSITORY / own_voice.DEFAULT_PAGE
    assert kept.is_file() == shown.is_file()
    if kept.is_file():
        assert shown.read_text(encoding="utf-8") == own_voice.page(json.loads(kept.read_text(encoding="utf-8")))
