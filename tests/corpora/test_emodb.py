"""EmoDB: codes in the names, clips cut short, the listeners' table."""

import pytest

from ser_core.corpora import emodb
from ser_core.errors import CorpusError

FILES = ["wav/03a01Fa.wav", "wav/08b10Wd.wav", "wav/16a07Nb.wav"]
DURATIONS = "file,samples_16k,original_samples_16k,complete\n"


def test_names_give_speaker_sex_age_sentence_and_emotion(make_tree):
    manifest = emodb.load(make_tree(FILES))
    first, second, third = manifest.utterances
    assert (first.speaker, first.gender, first.age, first.sentence) == ("03", "male", 31, "a01")
    assert (first.emotion, second.emotion, third.emotion) == ("happy", "angry", "neutral")
    assert first.text == "Der Lappen liegt auf dem Eisschrank."
    assert (second.gender, second.age) == ("female", 34)


def test_the_wav_folder_itself_in_flac_loads_as_well(make_tree):
    root = make_tree(file.replace(".wav", ".flac") for file in FILES)
    assert [utterance.file for utterance in emodb.load(root / "wav").utterances] == [
        "03a01Fa.flac",
        "08b10Wd.flac",
        "16a07Nb.flac",
    ]


def test_every_letter_has_an_emotion(make_tree):
    manifest = emodb.load(make_tree(f"wav/09a02{letter}a.wav" for letter in "AEFLNTW"))
    assert [utterance.emotion for utterance in manifest.utterances] == [
        "fearful", "disgust", "happy", "boredom", "neutral", "sad", "angry",
    ]  # fmt: skip


def test_clips_that_are_cut_are_counted_in_a_note(make_tree):
    root = make_tree(FILES)
    rows = "03a01Fa.flac,30372,30372,1\n08b10Wd.flac,32000,40000,0\n16a07Nb.flac,32000,41000,0\n"
    (root / "durations.csv").write_text(DURATIONS + rows)
    notes = emodb.load(root).notes
    assert any("2 of 3 clips are cut short" in note and "not comparable" in note for note in notes)
    assert emodb.load(root / "wav").notes == notes


def test_a_recording_that_durations_lists_and_the_folder_lacks_is_named(make_tree):
    root = make_tree(FILES)
    (root / "durations.csv").write_text(DURATIONS + "15a01Fa.flac,30372,30372,1\n")
    with pytest.raises(CorpusError, match=r"row of durations\.csv; 1 missing: 15a01Fa\. Copy the corpus again"):
        emodb.load(root)


def test_a_speaker_with_one_recording_too_few_is_named(make_tree):
    numbered = [
        f"wav/{speaker}a01{'AEFLNTW'[number % 7]}{chr(ord('a') + number // 7)}.wav"
        for speaker, count in emodb.PUBLISHED_PER_SPEAKER.items()
        for number in range(count)
    ]
    assert not emodb.load(make_tree(numbered)).notes
    (make_tree([]) / numbered[0]).unlink()
    with pytest.raises(CorpusError, match=r"535 recordings.*1 missing: one more of speaker 03 \(48 of 49\)"):
        emodb.load(make_tree([]))


def test_unknown_emotion_and_unknown_speaker_are_refused(make_tree):
    with pytest.raises(CorpusError, match=r"emotion letter W angry.*03a01Xa\.wav.*Correct the names"):
        emodb.load(make_tree(["wav/03a01Xa.wav"]))
    with pytest.raises(CorpusError, match=r"speaker 03, 08.*99a01Fa\.wav"):
        emodb.load(make_tree(["wav/99a01Fa.wav"]))
