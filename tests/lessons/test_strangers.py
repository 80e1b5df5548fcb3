"""The strangers of the lesson: who is one, which clips are judged by which others, and the figures of its text."""

import dataclasses
import itertools
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.unlabelled_clips import DEFAULT_FOLDER, kept
from ser_core.audio.reading import read_audio
from ser_core.checkpoints import Entry, available, load_checkpoint
from ser_core.checkpoints.listing import find
from ser_core.corpora import open_corpus
from ser_core.errors import ConfigError
from ser_core.geometry.angles import class_means, unit
from ser_core.inference import Reader
from ser_core.lessons.strangers import (
    STRANGERS,
    HeardClip,
    acquainted,
    first_shown,
    heard_clips,
    model_for_strangers,
    unmet,
)
from ser_core.lessons.strangers_measured import measured_of, read_strangers
from ser_core.voices import mixed_share

REPOSITORY = Path(__file__).resolve().parents[2]


def entry(name: str, corpus: str, *, artificial: bool = False) -> Entry:
    card = SimpleNamespace(corpus=corpus, labels=("happy", "sad"), artificial=artificial)
    return Entry(name, Path(name), card)  # type: ignore[arg-type]


def test_a_model_that_has_learned_from_the_voices_is_not_the_one_that_meets_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ser_core.checkpoints.listing.SHIPPED", Path())
    people, ravdess = entry("people", "ravdess+emodb"), entry("ravdess-residual", "ravdess")
    demo = entry("demo-residual", "demo", artificial=True)
    assert {one.corpus for one in unmet(people.card)} == {"demo"}
    assert unmet(ravdess.card) == list(STRANGERS)
    assert model_for_strangers([demo, people, ravdess]) is ravdess
    assert model_for_strangers([demo, people]) is people, "a model of people before one of artificial voices"
    assert model_for_strangers([]) is None
    assert acquainted([demo, people, ravdess], ravdess) == [people]
    assert acquainted([demo, people, ravdess], people) == []


def test_of_what_ships_the_chosen_model_has_met_no_stranger() -> None:
    chosen = model_for_strangers(available())
    assert chosen is not None
    assert unmet(chosen.card) == list(STRANGERS)
    for one in STRANGERS:
        assert one.speaker in open_corpus(one.corpus).speakers


@pytest.fixture(scope="module")
def artificial() -> list[HeardClip]:
    return heard_clips(Reader.load("ravdess-residual"), open_corpus("demo"), STRANGERS[-1])


def test_each_clip_is_judged_after_none_to_sixteen_others_of_one_sentence_in_each_emotion(
    artificial: list[HeardClip],
) -> None:
    emotions = [one.utterance.emotion for one in artificial]
    assert sorted(emotions) == sorted(set(emotions))
    assert {one.utterance.sentence for one in artificial} == {STRANGERS[-1].sentence}
    assert {one.utterance.speaker for one in artificial} == {STRANGERS[-1].speaker}
    for one in artificial:
        assert [answer.clips for answer in one.answers] == [0, 1, 2, 4, 8, 16]


def test_the_first_answer_is_the_models_own_as_is_that_after_one_clip_and_the_third_is_moved_by_half_of_two_others(
    artificial: list[HeardClip],
) -> None:
    reader, manifest = Reader.load("ravdess-residual"), open_corpus("demo")
    checkpoint = load_checkpoint(find("ravdess-residual"))
    shown = artificial[0]
    rows = [row for row in manifest.utterances if row.speaker == STRANGERS[-1].speaker]
    read = {row.file: reader.read(read_audio(manifest.path(row))) for row in rows}
    own = read.pop(shown.utterance.file)
    for answer in shown.answers[:2]:
        assert answer.prediction.angles_degrees == pytest.approx(own.angles_degrees, abs=1e-3)
    targets = [checkpoint.labels[number] for number in checkpoint.training_targets]
    middle = class_means(checkpoint.training_embeddings, targets, checkpoint.labels).mean(axis=0)
    found, moved = np.array(list(shown.answers[2].prediction.angles_degrees.values())), []
    for pair in itertools.combinations([unit(other.embedding[None])[0] for other in read.values()], 2):
        clips = np.stack(pair)
        shift = mixed_share(checkpoint, clips) / 2 * (clips.mean(axis=0) - middle)
        angles = np.arccos(np.clip(unit(unit(own.embedding[None]) - shift) @ unit(checkpoint.directions).T, -1, 1))
        moved.append(np.degrees(angles)[0])
    assert min(np.abs(one - found).max() for one in moved) < 0.01, "the shift of exactly two of the other clips"


def test_the_lesson_opens_on_the_clip_that_gains_most_of_those_that_are_put_right(artificial: list[HeardClip]) -> None:
    def clip(*answers: tuple[str, float]) -> HeardClip:
        utterance = dataclasses.replace(artificial[0].utterance, emotion="angry")
        heard = tuple(
            SimpleNamespace(prediction=SimpleNamespace(verdict=verdict, probabilities={"angry": chance}))
            for verdict, chance in answers
        )
        return HeardClip(utterance, heard)  # type: ignore[arg-type]

    still_wrong, always_right = clip(("sad", 0.1), ("happy", 0.4)), clip(("angry", 0.3), ("angry", 0.9))
    little, much = clip(("sad", 0.3), ("angry", 0.4)), clip(("sad", 0.2), ("angry", 0.5))
    assert first_shown([still_wrong, always_right, little, much]) == 3
    assert first_shown([still_wrong, always_right]) == 1


def test_the_figures_of_the_text_are_those_of_the_kept_results() -> None:
    measured = read_strangers()
    assert measured == measured_of(kept(REPOSITORY / DEFAULT_FOLDER))
    (content,) = [one for one in kept(REPOSITORY / DEFAULT_FOLDER) if one["checkpoint"] == "ravdess-residual"]
    emodb = next(one for one in measured.of_model(content["checkpoint_digest"]) if one.corpus.startswith("EmoDB"))
    row = next(row for row in content["corpora"][0]["rows"] if row["clips"] == 8)
    assert emodb.after(0) == content["corpora"][0]["unadapted"]["uar_present"]
    assert emodb.after(8) == row["after"]
    assert measured.of_model("another") == []


def test_a_file_that_is_missing_or_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "strangers_measured.json"
    for text in (None, "[]", json.dumps({"version": 1})):
        if text is not None:
            path.write_text(text)
        with pytest.raises(ConfigError, match="^Expected "):
            read_strangers(path)
