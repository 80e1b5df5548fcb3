"""IEMOCAP: label files with their annotators' lines, who speaks a turn, four and nine classes, published counts."""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from ser_core.corpora import MAPPINGS, iemocap, open_corpus
from ser_core.errors import CorpusError

HEADING = "% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n"
RATINGS = (
    ("F000", "neu", "2.5000, 2.5000, 2.5000"),
    ("F001", "exc", "4.0000, 3.5000, 3.0000"),
    ("F002", "xxx", "2.0000, 2.6667, 2.0000"),
    ("M000", "fru", "1.5000, 3.5000, 3.5000"),
    ("M001", "ang", "1.5000, 4.0000, 4.5000"),
)
TRANSCRIPT = """Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.
Ses01F_impro01_M000 [007.5712-010.4750]:  Do you have your forms?
M: [LAUGHTER]
Ses01F_impro01_MXX0 [010.0000-010.5000]: Yeah.
Ses01F_impro01_M001[011.0-012.0] No colon: here.
"""


def lines(dialog: str, ratings) -> str:
    """A label file as the release has it: a line per turn, then those of the annotators."""
    return HEADING + "".join(
        f"[{6.2901 + number:.4f} - {8.2357 + number:.4f}]\t{dialog}_{turn}\t{code}\t[{values}]\n"
        "C-E2:\tNeutral;\t()\nC-F1:\tNeutral; Anger;\t(curious)\nA-E3:\tval 3; act 2; dom  2;\t()\n\n"
        for number, (turn, code, values) in enumerate(ratings)
    )


def write(root: Path, session: int, dialog: str, ratings, sound: bytes, *, transcript: str = "") -> None:
    folder = root / f"Session{session}"
    (folder / "dialog" / "EmoEvaluation").mkdir(parents=True, exist_ok=True)
    (folder / "dialog" / "EmoEvaluation" / f"{dialog}.txt").write_text(lines(dialog, ratings))
    recordings = folder / "sentences" / "wav" / dialog
    recordings.mkdir(parents=True, exist_ok=True)
    for turn, _, _ in ratings:
        (recordings / f"{dialog}_{turn}.wav").write_bytes(sound)
    if transcript:
        (folder / "dialog" / "transcriptions").mkdir(exist_ok=True)
        (folder / "dialog" / "transcriptions" / f"{dialog}.txt").write_text(transcript)


@pytest.fixture(scope="module")
def sound(tone) -> bytes:
    return tone(0.02)


@pytest.fixture
def root(tmp_path, sound) -> Path:
    """Two sessions, with all that real copies have beside what is needed."""
    folder = tmp_path / "IEMOCAP_full_release"
    write(folder, 1, "Ses01F_impro01", RATINGS, sound, transcript=TRANSCRIPT)
    write(folder, 2, "Ses02M_script01_1b", RATINGS[:2], sound)
    evaluation = folder / "Session1" / "dialog" / "EmoEvaluation"
    for own in ("Categorical", "Attribute", "Self-evaluation"):
        (evaluation / own).mkdir()
        (evaluation / own / "Ses01F_impro01_e2_cat.txt").write_text("Ses01F_impro01_F000 :Neutral state; ()\n")
    (evaluation / "._Ses01F_impro01.txt").write_bytes(b"\x00\x05\x16\x07\xff")
    (evaluation / "Ses01F_impro01.anvil").write_text("<annotation/>")
    recordings = folder / "Session1" / "sentences" / "wav" / "Ses01F_impro01"
    (recordings / "._Ses01F_impro01_F000.wav").write_bytes(b"\x00\x05\x16\x07")
    (recordings / "Ses01F_impro01_F000.pk").write_bytes(b"\x00")
    (folder / "Session1" / "dialog" / "wav").mkdir()
    (folder / "Session1" / "dialog" / "wav" / "Ses01F_impro01.wav").write_bytes(sound)
    (folder / "Documentation").mkdir()
    return folder


def test_the_speaker_is_who_speaks_and_not_who_wears_the_markers(root):
    manifest = iemocap.load(root)
    by_file = {Path(row.file).stem: row for row in manifest.utterances}
    assert manifest.speakers == ("Ses01F", "Ses01M", "Ses02F")
    assert by_file["Ses01F_impro01_M000"].speaker == "Ses01M"
    assert by_file["Ses01F_impro01_M000"].gender == "male"
    assert by_file["Ses02M_script01_1b_F000"].speaker == "Ses02F"
    assert by_file["Ses02M_script01_1b_F000"].sentence == "script01_1b"


def test_a_turn_has_its_emotion_ratings_session_and_words(root):
    first = iemocap.load(root).utterances[0]
    assert first.file == "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav"
    assert (first.emotion, first.session, first.sentence, first.text) == (
        "neutral", "Session1", "impro01", "Excuse me.",
    )  # fmt: skip
    angry = next(row for row in iemocap.load(root).utterances if row.emotion == "angry")
    assert (angry.valence, angry.arousal, angry.dominance) == (1.5, 4.0, 4.5)
    assert (angry.start, angry.end, angry.corpus) == (None, None, "iemocap")


def test_odd_lines_of_the_transcriptions_are_passed_over(root):
    texts = {Path(row.file).stem: row.text for row in iemocap.load(root).utterances}
    assert texts["Ses01F_impro01_M000"] == "Do you have your forms?"
    assert texts["Ses01F_impro01_M001"] == "No colon: here."
    assert texts["Ses01F_impro01_F001"] is None


def test_nine_classes_stay_apart_and_turns_without_agreement_are_counted_in_a_note(root, sound):
    rated = [*RATINGS, ("F003", "oth", "3, 3, 3"), ("F004", "hap", "3, 3, 3"), ("F005", "sur", "3.0, 3.0, 3.0")]
    write(root, 1, "Ses01F_impro01", rated, sound)
    manifest = iemocap.load(root)
    assert manifest.labels == ("neutral", "happy", "angry", "surprise", "excited", "frustrated")
    assert any(note.startswith("1 turn(s) rated xxx (the annotators agree on no emotion)") for note in manifest.notes)
    assert any(note.startswith("1 turn(s) rated oth") for note in manifest.notes)
    assert set(iemocap.EMOTION_CODES.values()) == {
        "angry", "sad", "happy", "neutral", "excited", "surprise", "fearful", "disgust", "frustrated",
    }  # fmt: skip


def test_the_named_mapping_makes_the_usual_four_classes(root):
    mapped = open_corpus(f"iemocap:{root}").map_emotions(MAPPINGS["iemocap-4"])
    assert Counter(row.emotion for row in mapped.utterances) == {"neutral": 2, "happy": 2, "angry": 1}
    assert "excited → happy (2 rows), frustrated → left out (1 row)" in mapped.notes[-1]


def test_the_folder_above_the_release_and_flac_load_alike(root):
    digest = iemocap.load(root).digest()
    assert iemocap.load(root.parent).digest() == digest
    for path in (root / "Session2" / "sentences" / "wav" / "Ses02M_script01_1b").iterdir():
        path.rename(path.with_suffix(".flac"))
    assert iemocap.load(root).utterances[-1].file.endswith(".flac")


def test_missing_sessions_are_noted(root):
    assert any("Only Session1, Session2 of the five sessions are here" in note for note in iemocap.load(root).notes)


def test_a_complete_copy_gives_the_published_counts_of_four_classes_by_session(tmp_path, sound, monkeypatch):
    monkeypatch.setattr(iemocap, "PUBLISHED_TURNS", 5531)  # without the turns of other classes, to save time
    (tmp_path / "tone.wav").write_bytes(sound)
    codes = {"neutral": ("neu",), "happy": ("hap", "exc"), "sad": ("sad",), "angry": ("ang",)}
    for sessions, counts in iemocap.FOUR_CLASS_COUNTS.items():
        turns = [codes[name][number % len(codes[name])] for name, count in counts.items() for number in range(count)]
        for place, session in enumerate(sessions):
            dialog = f"Ses0{session[-1]}F_impro01"
            own = enumerate(turns[place :: len(sessions)])
            ratings = [(f"{'FM'[number % 2]}{number:04d}", code, "3, 3, 3") for number, code in own]
            write(tmp_path, int(session[-1]), dialog, [], b"")
            (tmp_path / session / "dialog" / "EmoEvaluation" / f"{dialog}.txt").write_text(lines(dialog, ratings))
            for turn, _, _ in ratings:
                recording = tmp_path / session / "sentences" / "wav" / dialog / f"{dialog}_{turn}.wav"
                os.link(tmp_path / "tone.wav", recording)
    manifest = iemocap.load(tmp_path)
    assert not any("differ" in note or "are here" in note for note in manifest.notes)
    mapped = manifest.map_emotions(MAPPINGS["iemocap-4"])
    parts = [(1, 2, 3), (4,), (5,)]
    counts = [Counter(row.emotion for row in mapped.utterances if int(row.session[-1]) in part) for part in parts]
    assert [count["angry"] for count in counts] == [606, 327, 170]
    assert [count["happy"] for count in counts] == [891, 303, 442]
    assert [count["neutral"] for count in counts] == [1066, 258, 384]
    assert [count["sad"] for count in counts] == [696, 143, 245]
    assert [sum(count.values()) for count in counts] == [3259, 1031, 1241]
    assert len(mapped.speakers) == 10
    assert iemocap.differing_counts(mapped.utterances) == []
    assert len(iemocap.differing_counts(mapped.utterances[1:])) == 1


@pytest.fixture
def five(tmp_path, sound, monkeypatch) -> Path:
    """Five sessions of ten turns each, as if that were the whole corpus."""
    monkeypatch.setattr(iemocap, "PUBLISHED_TURNS", 50)
    groups = iemocap.FOUR_CLASS_COUNTS
    counts = {sessions: {"neutral": 5 * len(sessions), "angry": 5 * len(sessions)} for sessions in groups}
    monkeypatch.setattr(iemocap, "FOUR_CLASS_COUNTS", counts)
    ratings = [(f"F{number:03d}", ("neu", "ang")[number % 2], "3, 3, 3") for number in range(10)]
    for number in range(1, 6):
        write(tmp_path, number, f"Ses0{number}F_impro01", ratings, sound)
    return tmp_path


def test_a_complete_copy_with_a_changed_label_says_which_count_differs(five):
    assert not any("differ" in note for note in iemocap.load(five).notes)
    path = five / "Session4" / "dialog" / "EmoEvaluation" / "Ses04F_impro01.txt"
    path.write_text(path.read_text().replace("\tang\t", "\tneu\t", 1))
    notes = iemocap.load(five).notes
    assert any("neutral in Session4: 6, published 5" in note and "labels of this copy" in note for note in notes)


def test_a_missing_recording_of_a_complete_copy_is_named(five):
    (five / "Session3/sentences/wav/Ses03F_impro01/Ses03F_impro01_F004.wav").unlink()
    with pytest.raises(CorpusError, match=r"all 50 recordings of IEMOCAP; 1 missing: Ses03F_impro01_F004\. Copy"):
        iemocap.load(five)


def test_a_turn_that_is_no_longer_rated_is_counted(five):
    path = five / "Session4" / "dialog" / "EmoEvaluation" / "Ses04F_impro01.txt"
    text = path.read_text()
    path.write_text(text[: text.rindex("[")].rpartition("[")[0])
    with pytest.raises(CorpusError, match=r"1 missing: a turn that is not rated here \(49 of 50 are\)"):
        iemocap.load(five)


def test_10039_turns_were_published_and_a_small_part_loads_with_a_note(five, monkeypatch):
    monkeypatch.undo()
    assert any("50 of the 10039 published recordings are here" in note for note in iemocap.load(five).notes)


def test_a_missing_label_file_or_folder_is_named(root):
    (root / "Session1" / "dialog" / "EmoEvaluation" / "Ses01F_impro01.txt").rename(
        root / "Session1" / "dialog" / "EmoEvaluation" / "Ses01F_impro02.txt"
    )
    with pytest.raises(CorpusError, match=r"missing or empty: Ses01F_impro01\.txt\. Copy Session1/dialog/EmoEval"):
        iemocap.load(root)
    for path in (root / "Session2" / "dialog" / "EmoEvaluation").iterdir():
        path.unlink()
    (root / "Session1" / "dialog" / "EmoEvaluation" / "Ses01F_impro02.txt").rename(
        root / "Session1" / "dialog" / "EmoEvaluation" / "Ses01F_impro01.txt"
    )
    with pytest.raises(CorpusError, match=r"Session2 .*missing or empty: no dialogue is there\. Copy Session2"):
        iemocap.load(root)


@pytest.mark.parametrize("recorded", [True, False])
def test_an_empty_label_file_is_named(root, recorded):
    (root / "Session1" / "dialog" / "EmoEvaluation" / "Ses01F_impro01.txt").write_text("% [START_TIME - END_TIME]\n\n")
    if not recorded:
        shutil.rmtree(root / "Session1" / "sentences" / "wav" / "Ses01F_impro01")
    with pytest.raises(CorpusError, match=r"missing or empty: Ses01F_impro01\.txt\. Copy Session1/dialog"):
        iemocap.load(root)


def test_a_release_without_its_recordings_and_a_folder_without_sessions_get_advice(root, tmp_path):
    for session in ("Session1", "Session2"):
        for path in (root / session / "sentences" / "wav").rglob("*.*"):
            path.unlink()
    with pytest.raises(CorpusError, match=r"there is none\. Unpack the release there, sentences/wav included"):
        iemocap.load(root)
    with pytest.raises(CorpusError, match=r"no Session1 … Session5\. Give the folder IEMOCAP_full_release"):
        iemocap.load(root / "Documentation")
    with pytest.raises(CorpusError, match="there is none.*python -m ser_core corpora"):
        iemocap.load(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("\tneu\t", "\tfoo\t", r"neu neutral.*Ses01F_impro01_F000 \(foo\).*EmoEvaluation"),
        ("Ses01F_impro01_F000", "Ses01F_impro01_X000", r"last letter is who speaks.*Ses01F_impro01_X000"),
        ("Ses01F_impro01_F000", "Ses03F_impro01_F000", r"in Session1 .*Ses03F_impro01_F000"),
        ("[2.5000, 2.5000, 2.5000]", "[2.5000, 2.5000", r"line 3 of .*Ses01F_impro01\.txt.*Copy the file again"),
        ("[2.5000, 2.5000, 2.5000]", "[2.5.0.0, 2.5000, 2.5000]", r"line 3 of .*Ses01F_impro01\.txt.*2\.5\.0\.0"),
        ("Ses01F_impro01_F001", "Ses01F_impro01_F000", r"each turn rated in one line.*Ses01F_impro01_F000"),
    ],
)
def test_a_label_file_that_cannot_be_meant_is_refused(root, before, after, message):
    path = root / "Session1" / "dialog" / "EmoEvaluation" / "Ses01F_impro01.txt"
    path.write_text(path.read_text().replace(before, after, 1))
    with pytest.raises(CorpusError, match=message):
        iemocap.load(root)


def test_an_unreadable_recording_is_named(root):
    path = root / "Session1" / "sentences" / "wav" / "Ses01F_impro01" / "Ses01F_impro01_M001.wav"
    path.write_bytes(b"this is no sound")
    with pytest.raises(CorpusError, match=r"Ses01F_impro01_M001\.wav \(not audio.*Copy these files again"):
        iemocap.load(root)
