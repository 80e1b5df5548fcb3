"""Protocols by recording: proportions, where development comes from, and the halves of Dai's subsets."""

from collections import Counter
from pathlib import Path

import pytest

from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.corpora.protocols import PROTOCOLS, Fold, make_folds
from ser_core.errors import CorpusError

EMOTIONS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise")


@pytest.fixture
def corpus() -> Manifest:
    """24 speakers, eight emotions, the first half as frequent as the others, as in RAVDESS."""
    utterances = [
        Utterance(file=f"{speaker:02d}/{emotion}{take}.wav", speaker=f"{speaker:02d}", emotion=emotion)
        for speaker in range(1, 25)
        for emotion in EMOTIONS
        for take in range(2 if emotion == "neutral" else 4)
    ]
    return Manifest("made", Path("/nowhere"), tuple(utterances), "", "")


def emotions(manifest: Manifest, part: tuple[int, ...]) -> Counter[str]:
    return Counter(manifest.utterances[index].emotion for index in part)


@pytest.mark.parametrize(
    ("name", "count", "tested", "tuned"),
    [("random-10-fold", 10, 0.1, 0.09), ("random-70-30", 1, 0.3, 0.07), ("random-5-fold", 5, 0.1, 0.1)],
)
def test_random_folds_hold_each_emotion_in_proportion(corpus, name, count, tested, tuned):
    folds = make_folds(corpus, name, 0)
    assert len(folds) == count
    for fold in folds:
        for part, share in ((fold.test, tested), (fold.development, tuned)):
            counts = emotions(corpus, part)
            for emotion, total in emotions(corpus, tuple(range(len(corpus.utterances)))).items():
                assert counts[emotion] == pytest.approx(share * total, abs=2)


@pytest.mark.parametrize("name", ["random-10-fold", "random-70-30"])
def test_development_is_a_tenth_of_the_training_files_and_takes_none_of_the_tested(corpus, name):
    for fold in make_folds(corpus, name, 0):
        learned_from = sorted((*fold.train, *fold.development))
        assert learned_from == sorted(set(range(len(corpus.utterances))) - set(fold.test))
        assert len(fold.development) == pytest.approx(len(learned_from) / 10, abs=1)


def test_dais_five_subsets_train_four_times_and_are_halved_into_development_and_test_once(corpus):
    folds = make_folds(corpus, "random-5-fold", 3)
    everyone = set(range(len(corpus.utterances)))
    subsets = [{*fold.development, *fold.test} for fold in folds]
    assert sum(map(len, subsets)) == len(everyone)
    assert set.union(*subsets) == everyone
    for fold, subset in zip(folds, subsets, strict=True):
        assert set(fold.train) == everyone - subset
        assert len(subset) == len(everyone) / 5
        assert len(fold.test) == pytest.approx(len(subset) / 2, abs=1)


def test_other_seeds_are_other_divisions_into_five(corpus):
    one, other = (make_folds(corpus, "random-5-fold", seed) for seed in (0, 1))
    held_out = [[{*fold.development, *fold.test} for fold in folds] for folds in (one, other)]
    assert not any(subset in held_out[1] for subset in held_out[0])


def test_random_folds_written_down_once_stay_as_they_are():
    """Results that were published with a seed must come out again from it."""
    rows = tuple(Utterance(file=f"{n}.wav", speaker=f"s{n % 5}", emotion=EMOTIONS[n % 2]) for n in range(20))
    manifest = Manifest("twenty", Path("/nowhere"), rows, "", "")
    train = (0, 1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 18, 19)
    assert make_folds(manifest, "random-10-fold", 0)[0] == Fold(1, train, (3, 14), (4, 17))
    train = (0, 1, 2, 4, 5, 7, 8, 10, 12, 13, 17, 18, 19)
    assert make_folds(manifest, "random-70-30", 0) == [Fold(1, train, (3,), (6, 9, 11, 14, 15, 16))]


@pytest.mark.parametrize("name", ["random-10-fold", "random-5-fold"])
def test_too_few_recordings_are_told_so(make_manifest, name):
    with pytest.raises(
        CorpusError,
        match=rf"at least 20 separate recordings for {name}; made has 12, copies counted once. Add recordings",
    ):
        make_folds(make_manifest(["f1"]), name, 0)


def test_every_protocol_by_recording_says_that_test_speakers_are_heard():
    for protocol in PROTOCOLS.values():
        assert protocol.speaker_independent or "heard in training" in protocol.description
