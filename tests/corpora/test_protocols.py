"""Protocols: nobody and no sound on two sides, whatever the protocol; balance, seeds, corpora that are too small."""

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from ser_core.corpora.emodb import EMOTION_CODES
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.corpora.protocols import PROTOCOLS, Fold, make_folds, speaker_overlap
from ser_core.corpora.protocols.emobox import published_folds
from ser_core.corpora.splits import groups, speaker_units
from ser_core.errors import ConfigError, CorpusError

WITHOUT_DRAWS = ("sessions-1-3-4-5", "leave-one-session-out", "given-split")
HALF_TESTED = ("random-5-fold",)
EMOTIONS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise")


def made_ravdess() -> Manifest:
    """RAVDESS in small: 24 actors, odd ones male; actor 07 has one recording under two names."""
    utterances = [
        Utterance(
            file=f"{actor:02d}/{emotion}{take}.wav",
            speaker=f"{actor:02d}",
            emotion=emotion,
            gender="male" if actor % 2 else "female",
            recording="same" if (actor, emotion, take) in {(7, "happy", 0), (7, "happy", 1)} else None,
        )
        for actor in range(1, 25)
        for emotion in EMOTIONS
        for take in range(2 if emotion == "neutral" else 4)
    ]
    return Manifest("ravdess", Path("/nowhere"), tuple(utterances), "", "")


def made_sessions() -> Manifest:
    """IEMOCAP in small: five sessions, a woman and a man in each; two names for one recording."""
    utterances = [
        Utterance(
            file=f"Session{session}/{sex}{emotion}{take}.wav",
            speaker=f"Ses{session:02d}{sex}",
            emotion=emotion,
            gender={"F": "female", "M": "male"}[sex],
            session=f"Session{session}",
            recording="same" if (session, sex, emotion, take) in {(2, "F", "sad", 0), (2, "M", "sad", 1)} else None,
        )
        for session in range(1, 6)
        for sex in "FM"
        for emotion in EMOTIONS[2:5]
        for take in range(4)
    ]
    return Manifest("iemocap", Path("/nowhere"), tuple(utterances), "", "")


def made_emodb() -> Manifest:
    """EmoDB's names without its sound."""
    names = published_folds("emodb").members
    utterances = [Utterance(file=f"wav/{name}.wav", speaker=name[:2], emotion=EMOTION_CODES[name[5]]) for name in names]
    return Manifest("emodb", Path("/nowhere"), tuple(utterances), "", "")


def fitting(name: str) -> Manifest:
    """A corpus that the protocol can divide."""
    if "session" in name:
        return made_sessions()
    if name == "given-split":
        rows = made_ravdess().utterances
        parts = ("train", "train", "development", "test")  # by take, of which each emotion but one has four
        split = tuple(dataclasses.replace(row, split=parts[int(row.file[-5])]) for row in rows)
        return Manifest("ravdess", Path("/nowhere"), split, "", "")
    return made_emodb() if name == "emobox-emodb" else made_ravdess()


@pytest.fixture
def ravdess() -> Manifest:
    return made_ravdess()


def speakers(manifest: Manifest, part: tuple[int, ...]) -> set[str]:
    return {manifest.utterances[index].speaker for index in part}


def sexes(manifest: Manifest, part: tuple[int, ...]) -> Counter[str | None]:
    pairs = {(manifest.utterances[index].speaker, manifest.utterances[index].gender) for index in part}
    return Counter(gender for _, gender in pairs)


def check(manifest: Manifest, fold: Fold) -> None:
    """Each utterance at most once, each recording on one side, every part filled, every emotion in training."""
    everyone = [*fold.train, *fold.development, *fold.test]
    assert len(set(everyone)) == len(everyone) == len(manifest.utterances)
    for part in (fold.train, fold.development, fold.test):
        assert part == tuple(sorted(part))
        assert part
    side = {index: name for name in ("train", "development", "test") for index in getattr(fold, name)}
    for group in groups(manifest):
        assert len({side[index] for index in group}) == 1
    assert {manifest.utterances[index].emotion for index in fold.train} == set(manifest.labels)


@pytest.mark.parametrize("name", list(PROTOCOLS))
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_every_protocol_divides_its_corpus_without_sharing_sound(name, seed):
    manifest = fitting(name)
    folds = make_folds(manifest, name, seed)
    assert [fold.number for fold in folds] == list(range(1, len(folds) + 1))
    for fold in folds:
        check(manifest, fold)
        development = speakers(manifest, fold.development)
        if PROTOCOLS[name].speaker_independent:
            assert speaker_overlap(manifest, fold) == 0
            assert not development & speakers(manifest, fold.train)
        else:
            assert speaker_overlap(manifest, fold) == len(speakers(manifest, fold.test))
    if len(folds) > 1:
        tested = [index for fold in folds for index in fold.test]
        never = [index for fold in folds for index in fold.development] if name in HALF_TESTED else []
        assert sorted(tested + never) == list(range(len(manifest.utterances)))


@pytest.mark.parametrize("name", [name for name in PROTOCOLS if name != "given-split"])  # which refuses them
def test_known_duplicates_stay_on_one_side_of_every_protocol(name, random):
    """Six recordings of several names each, one of them said to be of two speakers."""
    whole = fitting(name)
    # A duplicate in two sessions is refused by protocols that go by session; a test of its own says so.
    together = [index for index, row in enumerate(whole.utterances) if row.session == whole.utterances[0].session]
    for _ in range(8):
        rows = list(whole.utterances)
        for number, speaker in enumerate(random.choice(whole.speakers, size=5)):
            own = [index for index, row in enumerate(rows) if row.speaker == speaker]
            for index in random.choice(own, size=int(random.integers(2, 5)), replace=False):
                rows[index] = dataclasses.replace(rows[index], recording=f"duplicate{number}")
        for index in random.choice(together, size=2, replace=False):
            rows[index] = dataclasses.replace(rows[index], recording="of two speakers")
        manifest = dataclasses.replace(whole, utterances=tuple(rows))
        folds = make_folds(manifest, name, int(random.integers(1000)))
        sides = [
            {index: part for part in ("train", "development", "test") for index in getattr(fold, part)}
            for fold in folds
        ]
        for side in sides:
            assert len(side) == len(rows)
            for group in groups(manifest):
                assert len({side[index] for index in group}) == 1


@pytest.mark.parametrize("name", list(PROTOCOLS))
def test_the_same_seed_gives_the_same_folds_and_another_seed_others(name):
    manifest = fitting(name)
    assert make_folds(manifest, name, 5) == make_folds(manifest, name, 5)
    assert (make_folds(manifest, name, 5) == make_folds(manifest, name, 6)) == (name in WITHOUT_DRAWS)


def test_the_table_names_each_protocol_as_it_names_itself():
    assert list(PROTOCOLS) == [protocol.name for protocol in PROTOCOLS.values()]


def test_speaker_k_fold_tests_everyone_once_with_two_of_each_sex(ravdess):
    folds = make_folds(ravdess, "speaker-k-fold", 3)
    assert len(folds) == 6
    assert all(sexes(ravdess, fold.test) == {"female": 2, "male": 2} for fold in folds)
    assert all(sexes(ravdess, fold.development) == {"female": 1, "male": 1} for fold in folds)


def test_fewer_than_twelve_speakers_make_five_folds(make_manifest):
    manifest = make_manifest([f"{sex}{number}" for sex in "fm" for number in range(5)])
    folds = make_folds(manifest, "speaker-k-fold", 0)
    assert len(folds) == 5
    assert all(sexes(manifest, fold.test) == {"female": 1, "male": 1} for fold in folds)


def test_leaving_one_out_makes_one_fold_per_speaker(ravdess):
    folds = make_folds(ravdess, "leave-one-speaker-out", 0)
    assert [speakers(ravdess, fold.test) for fold in folds] == [{speaker} for speaker in ravdess.speakers]
    assert all(len(speakers(ravdess, fold.development)) == 2 for fold in folds)


def test_held_out_speakers_of_ravdess_are_two_of_each_sex(ravdess):
    (fold,) = make_folds(ravdess, "held-out-speakers", 0)
    assert sexes(ravdess, fold.test) == {"female": 2, "male": 2}
    assert sexes(ravdess, fold.development) == {"female": 1, "male": 1}


@pytest.mark.parametrize(
    ("women", "men", "tested", "tuned"),
    [(4, 4, 2, 2), (5, 5, 2, 2), (3, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1), (12, 0, 2, 1), (6, 1, 2, 2)],
)
def test_held_out_speakers_of_small_corpora_leave_someone_for_each_part(make_manifest, women, men, tested, tuned):
    manifest = make_manifest([*(f"f{number}" for number in range(women)), *(f"m{number}" for number in range(men))])
    for seed in range(4):
        (fold,) = make_folds(manifest, "held-out-speakers", seed)
        check(manifest, fold)
        assert len(speakers(manifest, fold.test)) <= tested
        assert len(speakers(manifest, fold.development)) <= tuned
        assert len(speakers(manifest, fold.train)) >= 1


def test_of_six_speakers_and_more_both_sexes_tune_even_where_one_speaker_would_be_enough(make_manifest):
    manifest = make_manifest([*(f"f{number}" for number in range(4)), *(f"m{number}" for number in range(4))])
    for fold in make_folds(manifest, "leave-one-speaker-out", 0):
        assert sexes(manifest, fold.development) == {"female": 1, "male": 1}


def test_unequal_speakers_are_dealt_into_folds_of_like_size():
    sizes = [80, 48, 40, 38, 28, 28, 22, 14, 14, 12, 12, 10, 6, 6, 4, 4, 2, 2, 2, 2]
    rows = tuple(
        Utterance(file=f"{speaker}/{take}.wav", speaker=f"s{speaker:02d}", emotion=EMOTIONS[take % 2])
        for speaker, size in enumerate(sizes)
        for take in range(size)
    )
    manifest = Manifest("unequal", Path("/nowhere"), rows, "", "")
    tested = [len(fold.test) for fold in make_folds(manifest, "speaker-k-fold", 0)]
    assert sum(tested) == sum(sizes)
    assert max(tested) <= 90  # one speaker alone has 80
    assert min(tested) >= 50


def test_the_split_column_is_followed(make_manifest):
    sides = {"f1": "train", "f2": "dev", "m1": "Train", "m2": "test"}
    manifest = make_manifest(sides)
    rows = tuple(dataclasses.replace(row, split=sides[row.speaker]) for row in manifest.utterances)
    (fold,) = make_folds(dataclasses.replace(manifest, utterances=rows), "held-out-speakers", 0)
    assert [speakers(manifest, part) for part in (fold.train, fold.development, fold.test)] == [
        {"f1", "m1"}, {"f2"}, {"m2"},
    ]  # fmt: skip


def test_a_split_column_without_development_has_it_drawn_from_training(make_manifest):
    manifest = make_manifest(["f1", "f2", "m1", "m2"])
    rows = tuple(
        dataclasses.replace(row, split="test" if row.speaker == "m2" else "train") for row in manifest.utterances
    )
    (fold,) = make_folds(dataclasses.replace(manifest, utterances=rows), "held-out-speakers", 0)
    assert speakers(manifest, fold.test) == {"m2"}
    assert len(speakers(manifest, fold.development)) == 1


@pytest.mark.parametrize(
    ("sides", "message"),
    [
        ({"f1": "train", "m1": "holdout", "m2": "test"}, r"got holdout for speaker m1.*remove it"),
        ({"f1": "train", "m1": None, "m2": "test"}, r"got \(empty\) for speaker m1"),
        ({"f1": "train", "m1": "train"}, "speakers for test"),
        ({"f1": "train", "m1": "test"}, "at least two training speakers"),
    ],
)
def test_a_split_column_that_says_too_little_is_refused(make_manifest, sides, message):
    manifest = make_manifest(sides)
    rows = tuple(dataclasses.replace(row, split=sides[row.speaker]) for row in manifest.utterances)
    with pytest.raises(CorpusError, match=message):
        make_folds(dataclasses.replace(manifest, utterances=rows), "held-out-speakers", 0)


def test_a_split_column_with_a_speaker_on_two_sides_is_refused(make_manifest):
    manifest = make_manifest(["f1", "f2", "m1"])
    rows = tuple(
        dataclasses.replace(row, split="test" if index % 2 else "train")
        for index, row in enumerate(manifest.utterances)
    )
    with pytest.raises(CorpusError, match=r"one side.*f1 in test and train.*random-70-30"):
        make_folds(dataclasses.replace(manifest, utterances=rows), "held-out-speakers", 0)


def test_speakers_who_share_a_recording_stay_together(make_manifest):
    manifest = make_manifest(["f1", "f2", "f3", "m1", "m2"])
    rows = [
        dataclasses.replace(row, recording="dialogue" if row.file in ("f1/sad0.wav", "m2/sad0.wav") else None)
        for row in manifest.utterances
    ]
    manifest = dataclasses.replace(manifest, utterances=tuple(rows))
    assert [unit.speakers for unit in speaker_units(manifest)] == [("f1", "m2"), ("f2",), ("f3",), ("m1",)]
    folds = make_folds(manifest, "leave-one-speaker-out", 0)
    assert len(folds) == 4
    for fold in folds:
        check(manifest, fold)


def test_overlapping_stretches_of_one_file_are_one_group():
    spans = [("a", 0.0, 2.0), ("a", 1.5, 3.0), ("a", 3.0, 4.0), ("b", 0.0, 1.0), ("a", 3.9, None), ("b", None, None)]
    rows = tuple(Utterance(file=file, speaker="s", emotion="sad", start=start, end=end) for file, start, end in spans)
    assert groups(Manifest("spans", Path("/nowhere"), rows, "", "")) == [(0, 1), (2, 4), (3, 5)]


@pytest.mark.parametrize(
    ("name", "voices", "message"),
    [
        ("speaker-k-fold", ["f1", "f2", "m1", "m2"], r"at least 5 speakers.*has 4.*choose leave-one-speaker-out"),
        ("leave-one-speaker-out", ["f1", "f2"], r"at least 3 speakers.*Add speakers, or choose random-70-30"),
        ("held-out-speakers", ["f1", "m1"], r"at least 3 speakers.*made has 2 \(f1, m1\)"),
    ],
)
def test_too_few_speakers_are_told_which_protocol_fits(make_manifest, name, voices, message):
    with pytest.raises(CorpusError, match=message):
        make_folds(make_manifest(voices), name, 0)


def test_too_few_recordings_or_a_rare_emotion_are_told_so(make_manifest):
    with pytest.raises(CorpusError, match="at least 20 separate recordings for random-10-fold; made has 12"):
        make_folds(make_manifest(["f1"]), "random-10-fold", 0)
    manifest = make_manifest(["f1", "f2", "m1", "m2"])
    odd = dataclasses.replace(manifest.utterances[0], file="odd.wav", emotion="surprise")
    manifest = dataclasses.replace(manifest, utterances=(*manifest.utterances, odd))
    with pytest.raises(CorpusError, match=r"at least 3 recordings of each emotion.*has surprise 1"):
        make_folds(manifest, "random-70-30", 0)
    with pytest.raises(CorpusError, match=r"fold 1 has no surprise to learn from \(1 in the corpus\)"):
        make_folds(manifest, "leave-one-speaker-out", 0)


def test_one_emotion_is_nothing_to_tell_apart(make_manifest):
    with pytest.raises(CorpusError, match=r"at least two emotions.*made has sad"):
        make_folds(make_manifest(["f1", "f2", "m1"], emotions=("sad",)), "held-out-speakers", 0)


def test_a_test_speaker_heard_in_training_or_in_development_alone_is_counted_once(make_manifest):
    manifest = make_manifest(["f1", "f2", "m1"])
    of = {
        name: tuple(index for index, item in enumerate(manifest.utterances) if item.speaker == name)
        for name in manifest.speakers
    }
    assert speaker_overlap(manifest, Fold(1, of["f1"], of["f2"], of["m1"])) == 0
    assert speaker_overlap(manifest, Fold(1, of["f1"], of["f2"][:1], of["f2"][1:])) == 1
    assert speaker_overlap(manifest, Fold(1, of["f1"][:1], of["f2"][:1], of["f1"][1:] + of["f2"][1:])) == 2


def test_an_unknown_protocol_gets_the_nearest_name(ravdess):
    with pytest.raises(ConfigError, match="Did you mean 'emobox'"):
        make_folds(ravdess, "emo-box", 0)


def test_a_development_set_is_redrawn_until_it_holds_every_emotion_and_leaves_them_in_training():
    said = {"a": EMOTIONS[:2], "b": EMOTIONS[:1], "c": EMOTIONS[1:2], "d": EMOTIONS[:1], "e": EMOTIONS[:2]}
    rows = tuple(
        Utterance(file=f"{speaker}/{emotion}{take}.wav", speaker=speaker, emotion=emotion)
        for speaker, emotions in said.items()
        for emotion in emotions
        for take in range(4)
    )
    manifest = Manifest("uneven", Path("/nowhere"), rows, "", "")
    for seed in range(5):
        for fold in make_folds(manifest, "leave-one-speaker-out", seed):
            check(manifest, fold)
            assert {manifest.utterances[index].emotion for index in fold.development} == set(EMOTIONS[:2])
