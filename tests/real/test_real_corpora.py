"""The loaders on the real corpora: counts as published, quirks as described, every protocol that fits."""

import time
from collections import Counter, defaultdict

import numpy as np
import pytest

from ser_core.audio.level import level_dbfs
from ser_core.audio.reading import read_audio
from ser_core.corpora import emodb, open_corpus
from ser_core.corpora.protocols import PROTOCOLS, make_folds, speaker_overlap

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def opened(real_data):
    cache = {}

    def opened(kind):
        if not (real_data / kind).is_dir():
            pytest.skip(f"Expected {kind} in {real_data}; it is not there.")
        if kind not in cache:
            cache[kind] = open_corpus(f"{kind}:{real_data / kind}")
        return cache[kind]

    return opened


def emotions(manifest):
    return Counter(utterance.emotion for utterance in manifest.utterances)


def speakers(manifest):
    return Counter(utterance.speaker for utterance in manifest.utterances)


def test_ravdess_has_its_1440_recordings_and_opens_in_two_seconds(opened, real_data):
    manifest = opened("ravdess")
    begin = time.process_time()
    open_corpus(f"ravdess:{real_data / 'ravdess'}")
    assert time.process_time() - begin < 2.0
    assert emotions(manifest) == {
        "neutral": 96, "calm": 192, "happy": 192, "sad": 192, "angry": 192, "fearful": 192, "disgust": 192,
        "surprise": 192,
    }  # fmt: skip
    assert set(speakers(manifest).values()) == {60}
    assert len(manifest.speakers) == 24
    twice = [row.file for row in manifest.utterances if row.recording]
    assert len(twice) == 2
    assert all("Actor_07/03-01-03-01-02-0" in file for file in twice)


def test_strong_takes_of_ravdess_are_louder_but_for_calm(opened, real_data):
    """Why the proxy of arousal moves strong versions of every emotion but calm (and neutral, which has none)."""
    levels = defaultdict(list)
    for row in opened("ravdess").utterances:
        if "-01-01-" in row.file:  # one sentence, once
            signal = read_audio(real_data / "ravdess" / row.file)
            levels[row.emotion, row.intensity].append(level_dbfs(signal.samples))
    for emotion in {emotion for emotion, _ in levels} - {"neutral"}:
        louder = np.mean(levels[emotion, "strong"]) - np.mean(levels[emotion, "normal"])
        assert (louder > 2) == (emotion != "calm"), (emotion, louder)


def test_emodb_has_its_535_recordings_408_of_them_cut(opened):
    manifest = opened("emodb")
    assert emotions(manifest) == {
        "angry": 127, "boredom": 81, "disgust": 46, "fearful": 69, "happy": 71, "sad": 62, "neutral": 79,
    }  # fmt: skip
    assert speakers(manifest) == dict(emodb.PUBLISHED_PER_SPEAKER)
    assert any("408 of 535 clips are cut short" in note for note in manifest.notes)


def test_emotale_has_its_675_recordings_with_ratings_and_people(opened):
    manifest = opened("emotale")
    assert set(emotions(manifest).values()) == {135}
    assert Counter(row.session for row in manifest.utterances) == {"Danish": 375, "English": 300}
    assert len(manifest.speakers) == 15
    assert Counter({row.speaker: row.gender for row in manifest.utterances}.values()) == {"female": 9, "male": 6}
    assert all(1 <= value <= 5 for row in manifest.utterances for value in (row.arousal, row.valence, row.dominance))
    first = manifest.utterances[0]
    assert (first.file[:14], first.arousal) == ("wav/DK_001_A_1", pytest.approx(13 / 3))


def test_urdu_has_its_400_clips_by_29_names(opened):
    manifest = opened("urdu")
    assert set(emotions(manifest).values()) == {100}
    assert len(manifest.speakers) == 29
    counts = speakers(manifest)
    assert (counts["SM5"], counts["SM4"], counts["SM25"], counts["SM24"]) == (80, 48, 40, 38)
    assert sum(count == 2 for count in counts.values()) == 9
    assert sum(row.recording is not None for row in manifest.utterances) == 8 * 2 + 3


# Published folds are of certain corpora; sessions nobody shares are there in none of these four.
NEEDS = {
    "emobox": ["ravdess"], "emobox-emodb": ["emodb"], "sessions-1-3-4-5": [], "leave-one-session-out": [],
    "given-split": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kind, name)
        for kind in ("ravdess", "emodb", "emotale", "urdu")
        for name in PROTOCOLS
        if name not in NEEDS or kind in NEEDS[name]
    ],
)
def test_every_protocol_that_fits_divides_every_corpus(opened, kind, name):
    manifest = opened(kind)
    for fold in make_folds(manifest, name, 0):
        assert {manifest.utterances[index].emotion for index in fold.train} == set(manifest.labels)
        sides = {index: part for part in ("train", "development", "test") for index in getattr(fold, part)}
        assert len(sides) == len(manifest.utterances)
        shared = {}
        for index, side in sides.items():
            recording = manifest.utterances[index].recording
            assert recording is None or shared.setdefault(recording, side) == side
        assert not PROTOCOLS[name].speaker_independent or speaker_overlap(manifest, fold) == 0
