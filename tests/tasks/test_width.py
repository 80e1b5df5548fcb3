"""Models of other tasks than emotion: trained, saved, loaded, asked, and resumed to the same weights."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.audio.reading import read_audio
from ser_core.checkpoints.folder import weights_digest
from ser_core.checkpoints.store import load_checkpoint
from ser_core.cli import main
from ser_core.corpora.joining import SEPARATOR
from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.agreement import concordance
from ser_core.inference import EmotionPrediction, RatingsPrediction, Reader, load_reader
from ser_core.training.events import EpochFigures, RunEvent
from ser_core.training.plan import Plan, make_plan, read_plan
from ser_core.training.run import train_run
from tests.conftest import TINY_RECIPE, tiny_voice

RATINGS = """
[[tasks]]
kind = "ratings"

[tasks.options]
dimensions = ["arousal", "valence"]
"""
THREE = """
[[tasks]]
kind = "emotion"

[[tasks]]
kind = "speaker"
weight = 0.5

[[tasks]]
kind = "gender"
weight = 0.5
"""
STAGE = """
[[stages]]
name = "ratings"
objective = "task"
epochs = 3
learning_rate = 5e-3
batch_size = 8
average = 0.5
"""


def with_recipe(folder: Path, *parts: str) -> Path:
    (folder / "recipe.toml").write_text("\n".join(parts), encoding="utf-8")
    return folder / "recipe.toml"


@pytest.fixture(scope="module")
def rated(tiny_corpus: Path) -> Path:
    """Return a table without emotions, in which angry speech has high arousal, and some ratings are missing."""
    with tiny_corpus.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    lines = ["file,speaker,split,arousal,valence"]
    for number, row in enumerate(rows):
        arousal = {"neutral": 2.5, "sad": 1.5, "angry": 4.5}[row["emotion"]] + 0.1 * (number % 3)
        valence = "" if number % 3 == 1 else f"{5 - arousal:.2f}"
        lines.append(f"{row['file']},{row['speaker']},{row['split']},{arousal if number % 6 else ''},{valence}")
    path = tiny_corpus.with_name("rated.csv")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def unlabelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return another corpus, of two speakers, of whom one has the name of one in the tiny corpus, without emotions."""
    folder, random = tmp_path_factory.mktemp("unlabelled"), np.random.default_rng(9)
    lines = ["file,speaker,gender,split,corpus"]
    for speaker, gender, split in (
        ("f1", "female", "train"),
        ("x2", "male", "train"),
        ("x3", "", "dev"),
        ("x4", "male", "test"),
    ):
        for take in range(4):
            soundfile.write(folder / f"{speaker}{take}.wav", tiny_voice(120 + 20 * take, 3.0 + take, random), 16_000)
            lines.append(f"{speaker}{take}.wav,{speaker},{gender},{split},other")
    (folder / "other.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "other.csv"


def planned(corpus: str, recipe: Path) -> Plan:
    return make_plan(corpus=corpus, recipe=recipe, protocol="held-out-speakers", fold=1, seed=0)


def trained_twice(plan: Plan, folder: Path) -> tuple[Path, Path]:
    """Train to the end, and once more with a stop after the first epoch."""
    whole = train_run(folder / "whole", plan)
    stopped = folder / "stopped"

    def stop(event: RunEvent) -> None:
        if isinstance(event, EpochFigures) and event.epoch == 1:
            (stopped / "stop").touch()

    assert train_run(stopped, plan, listener=stop) is None
    resumed = train_run(stopped, read_plan(stopped), resume=True)
    assert whole is not None
    assert resumed is not None
    return whole, resumed


@pytest.fixture(scope="module")
def ratings_model(rated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Plan]:
    folder = tmp_path_factory.mktemp("ratings")
    text = TINY_RECIPE.partition("[[stages]]")[0]
    plan = planned(str(rated), with_recipe(folder, text, STAGE, RATINGS))
    return (*trained_twice(plan, folder), plan)


@pytest.fixture(scope="module")
def model_of_three(
    tiny_corpus: Path, unlabelled: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, Plan]:
    folder = tmp_path_factory.mktemp("three")
    plan = planned(f"{tiny_corpus}{SEPARATOR}{unlabelled}", with_recipe(folder, TINY_RECIPE, THREE))
    return (*trained_twice(plan, folder), plan)


# ---------------------------------------------------------------------------------------------------- ratings
def test_a_model_of_ratings_that_was_stopped_and_resumed_equals_one_that_was_not(ratings_model) -> None:
    whole, resumed, _ = ratings_model
    assert weights_digest(whole) == weights_digest(resumed)


def test_a_model_of_ratings_keeps_the_scale_of_its_training_speakers(ratings_model) -> None:
    whole, _, plan = ratings_model
    card = load_checkpoint(whole).card
    assert (card.tasks, card.labels, card.metrics) == (("ratings",), (), {})
    arousal = [plan.manifest.utterances[index].arousal for index in plan.fold.train]
    known = np.array([value for value in arousal if value is not None])
    assert len(known) < len(arousal)
    assert card.heads["ratings"]["means"][0] == pytest.approx(known.mean())
    assert card.heads["ratings"]["deviations"][0] == pytest.approx(known.std())


def test_a_model_of_ratings_predicts_them_and_its_card_says_how_well(ratings_model) -> None:
    whole, _, plan = ratings_model
    reader = load_reader(whole)
    truth, predicted = [], []
    for index in plan.fold.test:
        row = plan.manifest.utterances[index]
        found = reader.read(read_audio(plan.manifest.path(row), sample_rate=16_000))
        assert isinstance(found, RatingsPrediction)
        assert set(found.ratings) == {"arousal", "valence"}
        if row.arousal is not None:
            truth.append(row.arousal)
            predicted.append(found.ratings["arousal"])
    measured = reader.checkpoint.card.task_metrics["test"]["ratings"]
    assert measured["ccc_arousal"] == pytest.approx(concordance(np.array(truth), np.array(predicted)), abs=1e-4)


def test_the_epoch_with_the_highest_coefficient_of_development_speakers_is_kept(ratings_model) -> None:
    whole, _, plan = ratings_model
    lines = (whole.parent / "events.jsonl").read_text(encoding="utf-8").splitlines()
    epochs = [event for event in map(json.loads, lines) if event["kind"] == "epoch"]
    found = [event["development_ccc"] for event in epochs]
    assert [event["best"] for event in epochs] == [found[k] > max([-2.0, *found[:k]]) for k in range(len(found))]
    assert set(epochs[0]) >= {"development_ccc_valence", "development_rmse_arousal", "development_pearson_arousal"}
    kept = load_checkpoint(whole).card.task_metrics["development"]["ratings"]["ccc"]
    assert kept == pytest.approx(max(found), abs=1e-6)
    assert plan.recipe.stages[-1].keep == "best"


def test_predict_gives_ratings(ratings_model, tiny_corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tiny_corpus.parent / "m2_sad0.wav")
    assert main(["predict", file, "--checkpoint", str(ratings_model[0]), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert set(found) == {"file", "speech", "ratings", "duration_seconds", "notes"}
    assert main(["predict", file, "--checkpoint", str(ratings_model[0])]) == 0
    headings, line = capsys.readouterr().out.splitlines()
    assert headings.split("\t") == ["file", "arousal", "valence", "notes"]
    assert line.split("\t")[1] == f"{found['ratings']['arousal']:.2f}"


def test_what_needs_emotions_says_so_of_a_model_of_ratings(ratings_model) -> None:
    with pytest.raises(
        InputError, match=r"Expected a model that predicts emotions; whole predicts arousal, valence\. Choose"
    ):
        Reader.load(ratings_model[0])


def test_a_stage_by_class_is_refused_for_ratings(rated: Path, tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"without classes, ratings; got the objective 'softmax' .*objective = \"task"
    ):
        planned(str(rated), with_recipe(tmp_path, TINY_RECIPE, RATINGS))


def test_the_readme_of_a_model_of_ratings_tells_its_metrics_and_no_scores_of_emotions(ratings_model) -> None:
    text = (ratings_model[0] / "README.md").read_text(encoding="utf-8")
    assert "- Predicts: arousal, valence" in text
    assert "| test | ratings | ccc_arousal |" in text
    for word in ("UA", "none of these", "Emotions"):
        assert word not in text


# ------------------------------------------------------------------- emotion, speaker and gender on two corpora
def test_a_model_of_three_tasks_that_was_stopped_and_resumed_equals_one_that_was_not(model_of_three) -> None:
    whole, resumed, _ = model_of_three
    assert weights_digest(whole) == weights_digest(resumed)


def test_a_model_of_three_tasks_learns_each_from_the_rows_that_have_a_label(model_of_three) -> None:
    whole, _, plan = model_of_three
    checkpoint = load_checkpoint(whole)
    labelled = [index for index in plan.fold.train if plan.manifest.utterances[index].emotion is not None]
    assert len(labelled) < len(plan.fold.train)
    assert len(checkpoint.training_targets) == len(labelled)
    assert checkpoint.card.heads["speaker"]["classes"] == ["other/f1", "other/x2", "tiny/f1", "tiny/m1"]
    assert checkpoint.card.heads["gender"]["classes"] == ["female", "male"]
    assert checkpoint.card.labels == ("neutral", "sad", "angry")
    assert set(checkpoint.card.task_metrics["test"]) == {"gender"}, "no test speaker was heard in training"
    scores = checkpoint.card.metrics["test"]["head"]
    assert scores.utterances == 9, "those of the corpus that has emotions"


def test_a_model_of_three_tasks_tells_all_three(model_of_three, tiny_corpus: Path) -> None:
    reader = load_reader(model_of_three[0])
    found = reader.read(read_audio(tiny_corpus.parent / "m2_sad0.wav", sample_rate=16_000))
    assert isinstance(found, EmotionPrediction)
    assert set(found.probabilities) == {"neutral", "sad", "angry"}
    assert sum(found.other_tasks["gender"].values()) == pytest.approx(1)
    assert set(found.other_tasks["speaker"]) == {"other/f1", "other/x2", "tiny/f1", "tiny/m1"}


def test_emotion_alone_wants_an_emotion_in_every_row(unlabelled: Path, tiny_recipe: Path) -> None:
    with pytest.raises(Exception, match="Expected the columns file, speaker, emotion in"):
        planned(str(unlabelled), tiny_recipe)
