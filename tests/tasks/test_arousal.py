"""Arousal of played emotions by a table: a proxy that is looked up, learned and cut off at the ends of its scale."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from ser_core.checkpoints.store import load_checkpoint
from ser_core.checkpoints.words import arousal_in_words
from ser_core.corpora import cremad, ravdess
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import ConfigError
from ser_core.evaluation.agreement import concordance, rmse, spearman
from ser_core.labels import EMOTIONS
from ser_core.tasks import ArousalProxyTask, build_task
from ser_core.tasks.arousal_proxy import TABLES, ArousalTable, arousal_table
from ser_core.training.plan import make_plan
from ser_core.training.run import train_run
from tests.conftest import AROUSAL_TASKS, TINY_RECIPE


def listed(*played: tuple[str, str | None]) -> Manifest:
    rows = tuple(
        Utterance(f"{number}.wav", "ann", emotion, intensity=intensity)
        for number, (emotion, intensity) in enumerate(played)
    )
    return Manifest("made", Path(), rows, "", "")


@pytest.fixture
def table() -> ArousalTable:
    return arousal_table(TABLES[0])


# Russell and Mehrabian (1977), mean arousal of the terms, as printed.
@pytest.mark.parametrize(
    ("emotion", "arousal"),
    [
        ("happy", 0.51), ("sad", -0.27), ("angry", 0.59), ("fearful", 0.60), ("disgust", 0.35), ("surprise", 0.67),
        ("boredom", -0.62), ("calm", -0.46), ("excited", 0.75), ("frustrated", 0.52),
    ],
)  # fmt: skip
def test_an_emotion_without_an_intensity_has_the_figure_of_the_source(table, emotion, arousal):
    assert table.arousal(emotion, None) == arousal
    assert table.published[emotion].arousal == arousal


def test_neutral_is_the_middle_and_what_nobody_rated_is_missing(table):
    assert table.arousal("neutral", None) == 0
    assert table.arousal("other", None) is None
    assert table.arousal(None, "strong") is None
    assert table.arousal("angry", "furious") is None, "an unknown intensity is not guessed"


def test_a_stronger_version_is_more_excited_but_for_neutral_and_calm(table):
    for emotion in EMOTIONS:
        usual, strong = table.arousal(emotion, "normal"), table.arousal(emotion, "strong")
        if usual is None:
            continue
        assert usual == table.arousal(emotion, None)
        assert strong == pytest.approx(usual + (0 if emotion in ("neutral", "calm") else 0.2))
        assert -1 <= strong <= 1


def test_every_intensity_of_a_corpus_that_has_some_is_known(table):
    for intensity in (*ravdess.INTENSITIES.values(), *cremad.INTENSITIES.values()):
        assert table.arousal("happy", intensity) is not None, intensity
    ranked = [table.arousal("happy", level) for level in ("low", "medium", "high")]
    assert ranked == sorted(ranked)
    assert len(set(ranked)) == 3


def test_figures_never_leave_the_scale(table):
    far = dataclasses.replace(table, chosen={"other": 0.95})
    assert far.arousal("other", "strong") == 1
    with pytest.raises(ConfigError, match=r"a figure of other from -1 to 1 .*got 1\.5"):
        dataclasses.replace(table, chosen={"other": 1.5})
    with pytest.raises(ConfigError, match=r"got 'hapy'\. Did you mean 'happy'"):
        dataclasses.replace(table, chosen={"hapy": 0.5})


def test_ratings_of_a_corpus_are_not_read_and_mean_and_deviation_are_those_of_training():
    manifest = listed(("angry", "normal"), ("sad", None), ("angry", "strong"), ("boredom", None))
    rated = tuple(dataclasses.replace(row, arousal=4.5) for row in manifest.utterances)
    task = build_task("arousal", {}, dataclasses.replace(manifest, utterances=rated), [0, 1])
    assert isinstance(task, ArousalProxyTask)
    assert task.mean == pytest.approx((0.59 - 0.27) / 2)
    assert task.deviation == pytest.approx((0.59 + 0.27) / 2)
    labels = task.labels(manifest)
    assert labels.values[:, 0].tolist() == [0.59, -0.27, 0.79, -0.62]
    back = task.arousal(task.targets(labels).numpy())
    assert back == pytest.approx(labels.values[:, 0])


def test_a_played_emotion_without_a_figure_has_no_label():
    manifest = listed(("angry", None), ("sad", None), ("other", None), ("happy", "furious"))
    labels = build_task("arousal", {}, manifest, [0, 1]).labels(manifest)
    assert labels.present[:, 0].tolist() == [True, True, False, False]
    assert np.isnan(labels.values[2:]).all()


def test_predictions_are_cut_off_at_the_ends_of_the_scale_and_measured_as_they_are_shown(random):
    task = ArousalProxyTask(0.1, 0.5)
    outputs = random.normal(0, 2, (40, 1)).astype(np.float32)
    shown = np.array([one["arousal"] for one in task.predictions(outputs)])
    assert shown == pytest.approx(np.clip(outputs[:, 0] * 0.5 + 0.1, -1, 1), abs=1e-6)
    assert (shown == 1).any()
    manifest = listed(*((("angry", "sad", "boredom", "calm")[number % 4], None) for number in range(40)))
    labels = task.labels(manifest)
    truth = labels.values[:, 0]
    found = task.metrics(outputs, labels)
    assert found == pytest.approx(
        {"ccc": concordance(truth, shown), "spearman": spearman(truth, shown), "rmse": rmse(truth, shown)}
    )


@pytest.mark.parametrize(
    ("options", "played", "told"),
    [
        ({}, [("angry", None), ("angry", "normal")], r"by Russell and Mehrabian \(1977\); got 2 utterances with 1\."),
        ({}, [("other", None), ("angry", "very")], r"got 0 utterances with 0\..*intensities low, normal.*--map"),
        ({"table": "russell-mehrabian"}, [("angry", None), ("sad", None)], r"Did you mean 'russell-mehrabian-1977'"),
    ],
)
def test_what_cannot_be_learned_is_refused_with_what_the_table_knows(options, played, told):
    with pytest.raises(ConfigError, match=told):
        build_task("arousal", options, listed(*played), [0, 1])


def test_a_card_that_contradicts_itself_is_refused():
    for mean, deviation in ((2.0, 1.0), (0.0, 0.0)):
        with pytest.raises(ConfigError, match=r"a mean of arousal from -1 to 1 and a deviation above 0"):
            ArousalProxyTask(mean, deviation)


def test_without_development_speakers_the_interval_is_of_the_training_and_its_card_says_so(tmp_path, tiny_corpus):
    recipe = tmp_path / "all.toml"
    recipe.write_text("train_on_development = true\n" + TINY_RECIPE + AROUSAL_TASKS, encoding="utf-8")
    plan = make_plan(corpus=str(tiny_corpus), recipe=recipe, protocol="held-out-speakers", fold=1, seed=0)
    card = load_checkpoint(train_run(tmp_path / "run", plan)).card
    assert card.arousal_interval.part == "train"
    assert card.arousal_interval.utterances == 27
    assert "of the training itself, because no development speakers were set apart" in arousal_in_words(card)
