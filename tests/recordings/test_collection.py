"""A corpus of one's own: what is kept stays, what is deleted is gone, and nothing lies between the two."""

import errno
import json
import os
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.audio.reading import write_flac
from ser_core.corpora import open_corpus
from ser_core.errors import ConfigError, CorpusError, StorageError
from ser_core.recordings import CONSENT, Collection, RecordingPlan, Speaker, Take, collections, emotion_of
from ser_core.recordings import collection as module
from ser_core.recordings.inside import row_inside
from ser_core.recordings.speakers import consent_text


def test_a_recording_is_kept_bit_by_bit_at_the_microphones_rate(mine: Collection, random, prompt) -> None:
    samples = random.integers(-32_768, 32_768, 44_100, dtype=np.int16)
    row = mine.add(Take(samples / np.float32(32_768), 44_100), prompt(), "Anna")
    kept, rate = soundfile.read(mine.path(row), dtype="int16")
    assert rate == 44_100
    np.testing.assert_array_equal(kept, samples)
    assert soundfile.info(mine.path(row)).subtype == "PCM_16"


def test_the_manifest_opens_as_any_corpus_does(mine: Collection, spoken, prompt) -> None:
    mine.add(spoken(), prompt(), "Anna")
    mine.add(spoken(), prompt("We left the car behind the station.", "furious=angry"), "Anna")
    mine.add(spoken(), prompt(emotion="sad"), "Anna")
    manifest = open_corpus(str(mine.manifest))
    assert manifest.labels == ("happy", "sad", "angry")
    assert (manifest.corpus, manifest.speakers, manifest.notes) == ("mine", ("Anna",), ())
    assert [row.sentence for row in manifest.utterances] == ["s01", "s02", "s01"]
    assert manifest.utterances[1].intensity == "furious"
    assert {(row.gender, row.age) for row in manifest.utterances} == {("female", 31)}
    assert "speakers.json" in manifest.licence


def test_a_speaker_may_be_called_nan_and_say_none(mine: Collection, spoken, prompt) -> None:
    mine.enter(Speaker("Nan"), "I agree.")
    row = mine.add(spoken(), prompt("None"), "Nan")
    (read,) = open_corpus(str(mine.manifest)).utterances
    assert (read.speaker, read.text) == ("Nan", "None")
    assert read == row == row_inside(mine.path(row))


def test_nobody_is_recorded_who_has_not_agreed_and_the_text_is_kept_with_its_date(
    mine: Collection, spoken, prompt
) -> None:
    with pytest.raises(ConfigError, match="'Ben' has not. Show the consent text first"):
        mine.add(spoken(), prompt(), "Ben")
    assert mine.contents().rows == ()
    entry = json.loads((mine.folder / "speakers.json").read_text())["speakers"][0]
    (agreement,) = entry["agreements"]
    assert agreement["text"] == "I agree."
    assert agreement["date"][:2] == "20"
    anna = mine.speakers()["Anna"]
    assert anna.has_agreed_to(" I agree.\n")
    assert not anna.has_agreed_to("I agree to more.")


def test_a_new_text_needs_a_new_agreement_and_keeps_the_former(mine: Collection) -> None:
    mine.enter(Speaker("Anna", age=32), "I agree to more.")
    mine.enter(Speaker("Anna", age=32), "I agree to more.")
    anna = mine.speakers()["Anna"]
    assert [one.text for one in anna.agreements] == ["I agree.", "I agree to more."]
    assert (anna.age, anna.gender) == (32, None)
    with pytest.raises(ConfigError, match="Write what the speaker agrees to"):
        mine.enter(Speaker("Anna"), "  ")


def test_everybody_is_shown_what_they_agreed_to_last_and_a_new_speaker_what_anybody_did(mine: Collection) -> None:
    assert consent_text({}, "Anna") == CONSENT["English"]
    mine.enter(Speaker("Ben"), CONSENT["German"])
    speakers = mine.speakers()
    assert consent_text(speakers, "Anna") == "I agree."
    assert consent_text(speakers, "Ben") == CONSENT["German"]
    assert consent_text(speakers, "Cem") in ("I agree.", CONSENT["German"])  # within one second, either


def test_a_list_that_another_program_changes_is_read_anew(mine: Collection, spoken, prompt) -> None:
    mine.add(spoken(), prompt(emotion="sad"), "Anna")
    assert [row.emotion for row in mine.contents().rows] == ["sad"]
    mine.manifest.write_text(mine.manifest.read_text(encoding="utf-8").replace("sad", "angry"), encoding="utf-8")
    assert [row.emotion for row in mine.contents().rows] == ["angry"]


def test_a_recording_whose_link_leads_nowhere_is_told_as_missing(mine: Collection, spoken, prompt, tmp_path) -> None:
    row = mine.add(spoken(), prompt(), "Anna")
    mine.path(row).unlink()
    mine.path(row).symlink_to(tmp_path / "gone.flac")
    assert mine.contents().missing == (row.file,)


def test_a_crash_after_the_audio_loses_nothing(mine: Collection, spoken, monkeypatch, prompt) -> None:
    first = mine.add(spoken(), prompt(), "Anna")

    class Crash(BaseException):
        pass

    def crash(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_manifest", crash)
        with pytest.raises(Crash):
            mine.add(spoken(), prompt(emotion="sad"), "Anna")
    part = mine.folder / "audio" / ".20260101-000000-000-xyz.flac"
    part.write_bytes(b"fLaC")
    rows = mine.contents().rows
    assert [row.emotion for row in rows] == ["happy", "sad"]
    assert rows[0] == first
    assert not part.exists()
    assert len(open_corpus(str(mine.manifest)).utterances) == 2


@pytest.mark.parametrize("step", ["audio", "manifest"])
def test_a_full_disk_keeps_neither_file_nor_row(mine: Collection, spoken, monkeypatch, step: str, prompt) -> None:
    mine.add(spoken(), prompt(), "Anna")
    before = {path: path.read_bytes() for path in mine.folder.rglob("*") if path.is_file()}
    replace = os.replace

    def full(source: Path, target: Path) -> None:
        if (step == "audio") == str(target).endswith(".flac"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(StorageError, match="Free some space"):
            mine.add(spoken(), prompt(emotion="sad"), "Anna")
    assert {path: path.read_bytes() for path in mine.folder.rglob("*") if path.is_file()} == before
    mine.add(spoken(), prompt(emotion="sad"), "Anna")
    assert len(mine.contents().rows) == 2


def test_two_tabs_that_record_at_once_lose_no_row(mine: Collection, spoken, prompt) -> None:
    take = spoken(rate=8_000)
    tabs = [
        threading.Thread(target=lambda: [Collection("mine").add(take, prompt(), "Anna") for _ in range(5)])
        for _ in range(2)
    ]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    rows = mine.contents().rows
    assert len({row.file for row in rows}) == 10
    assert len(list((mine.folder / "audio").iterdir())) == 10


def test_whoever_waits_too_long_for_the_corpus_is_told(mine: Collection, monkeypatch) -> None:
    import filelock

    monkeypatch.setattr(module, "_SECONDS_FOR_LOCK", 0.05)
    with filelock.FileLock(mine.folder / "lock"), pytest.raises(StorageError, match="another page or program"):
        mine.save_plan(RecordingPlan())


def test_relabelling_changes_the_row_and_what_the_file_says_of_itself_and_no_sample(
    mine: Collection, spoken, prompt
) -> None:
    row, other = (mine.add(spoken(), prompt(), "Anna") for _ in range(2))
    before = soundfile.read(mine.path(row), dtype="int16")[0]
    assert mine.relabel([Path(row.file).stem], emotion_of("gloomy=sad")) == 1
    changed, same = mine.contents().rows
    assert (changed.emotion, changed.intensity, same) == ("sad", "gloomy", other)
    assert row_inside(mine.path(row)) == changed
    np.testing.assert_array_equal(soundfile.read(mine.path(row), dtype="int16")[0], before)
    with pytest.raises(CorpusError, match="got nowhere. See them with: python -m ser_core recordings mine"):
        mine.relabel(["nowhere"], emotion_of("sad"))


def test_what_is_deleted_does_not_come_back(mine: Collection, spoken, prompt) -> None:
    row, kept = (mine.add(spoken(), prompt(), "Anna") for _ in range(2))
    assert mine.delete([row.file]) == 1
    assert mine.contents().rows == (kept,)
    assert not mine.path(row).exists()


def test_a_speaker_is_forgotten_with_everything(mine: Collection, spoken, prompt) -> None:
    mine.enter(Speaker("Ben"), "I agree.")
    mine.add(spoken(), prompt(), "Anna")
    kept = mine.add(spoken(), prompt(), "Ben")
    assert mine.forget("Anna") == 1
    assert mine.contents().rows == (kept,)
    assert list(mine.speakers()) == ["Ben"]
    assert len(list((mine.folder / "audio").iterdir())) == 1
    with pytest.raises(CorpusError, match=r"Expected a speaker of mine \(Ben\); got 'Anna'"):
        mine.forget("Anna")


def test_a_flac_that_was_deleted_by_hand_is_named_and_its_row_can_be_taken_out(
    mine: Collection, spoken, prompt
) -> None:
    gone, kept = (mine.add(spoken(), prompt(), "Anna") for _ in range(2))
    mine.path(gone).unlink()
    contents = mine.contents()
    assert contents.missing == (gone.file,)
    assert len(contents.rows) == 2
    mine.relabel([gone.file], emotion_of("sad"))
    assert mine.drop_missing() == 1
    assert mine.contents().rows == (kept,)


def test_a_damaged_manifest_is_refused_set_aside_and_written_anew_with_later_labels(
    mine: Collection, spoken, prompt
) -> None:
    row = mine.add(spoken(), prompt(), "Anna")
    mine.relabel([row.file], emotion_of("sad"))
    before = mine.contents().rows
    with pytest.raises(CorpusError, match="Nothing to repair"):
        mine.rebuild()
    mine.manifest.write_bytes(b"file,speaker\n\xff\xfe")
    for touch in (mine.contents, lambda: mine.add(spoken(), prompt(), "Anna"), lambda: mine.delete([row.file])):
        with pytest.raises(CorpusError, match="Expected"):
            touch()
    aside = mine.rebuild()
    assert aside.read_bytes() == b"file,speaker\n\xff\xfe"
    assert mine.contents().rows == before
    mine.manifest.unlink()
    assert mine.contents().rows == before


def test_a_flac_that_knows_no_row_is_left_alone(mine: Collection, spoken, prompt) -> None:
    mine.add(spoken(), prompt(), "Anna")
    soundfile.write(mine.folder / "audio" / "foreign.flac", np.zeros(800), 16_000)
    (mine.folder / "audio" / "broken.flac").write_bytes(b"no audio")
    contents = mine.contents()
    assert contents.strays == ("broken.flac", "foreign.flac")
    assert len(contents.rows) == 1


def test_damaged_speakers_get_advice(mine: Collection) -> None:
    for text in ("{", '{"speakers": [{"name": "A"}]}', '{"speakers": [{"name": "", "agreements": []}]}', "[]"):
        (mine.folder / "speakers.json").write_text(text)
        with pytest.raises(CorpusError, match="let every speaker agree again; the recordings are still there"):
            mine.speakers()


def test_speakers_that_no_reader_can_read_are_told_with_the_reason(mine: Collection, damaged_json) -> None:
    text, told = damaged_json
    (mine.folder / "speakers.json").write_text(text)
    with pytest.raises(CorpusError, match=f"{told}.*Put the file back from a copy"):
        mine.speakers()


def test_a_recording_that_tells_a_damaged_row_is_one_that_tells_none(mine: Collection, spoken, prompt, damaged_json):
    path = mine.path(mine.add(spoken(), prompt(), "Anna"))
    samples, rate = soundfile.read(path, dtype="int16")
    write_flac(path, samples, rate, comment=damaged_json[0])
    assert row_inside(path) is None


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "con", "a b", "ß", "x" * 61, "ravdess", "Demo", "-x", "\x00"])
def test_a_name_that_is_no_folders_name_is_refused(workspace: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="Write for example"):
        Collection(name)
    assert not workspace.exists()


@pytest.mark.parametrize("name", ["../Anna", "Ann\N{LATIN SMALL LETTER A WITH DIAERESIS} / Bo", "..", "=1+1", 'a,"b'])
def test_a_speakers_name_is_any_text_and_never_a_path(mine: Collection, spoken, name: str, prompt) -> None:
    mine.enter(Speaker(name), "I agree.")
    row = mine.add(spoken(), prompt(), name)
    assert row.speaker == name
    assert mine.path(row).parent == mine.folder / "audio"
    assert mine.contents().rows == (row,)


@pytest.mark.parametrize("values", [{"name": " "}, {"age": 131}, {"gender": "?"}, {"name": "a\x1bb"}])
def test_what_is_told_of_a_speaker_is_checked(values: dict) -> None:
    with pytest.raises(ConfigError, match="Expected"):
        Speaker(**{"name": "Anna"} | values)


def test_corpora_are_listed_by_name_once_they_hold_something(mine: Collection) -> None:
    assert collections() == []
    mine.save_plan(RecordingPlan())
    (mine.folder.parent / "no corpus").mkdir()
    assert collections() == ["mine"]
    assert mine.plan() == RecordingPlan()


def test_a_foreign_recording_in_the_folder_is_told_without_writing_anything(mine: Collection, spoken, prompt) -> None:
    mine.add(spoken(), prompt(), "Anna")
    write_flac(mine.folder / "audio" / "foreign.flac", np.zeros(16_000, dtype=np.float32))
    (mine.folder / "lock").unlink()
    assert mine.contents().strays == ("foreign.flac",)
    assert not (mine.folder / "lock").exists()


def test_where_one_of_several_may_not_be_deleted_the_list_tells_what_is_there(
    mine: Collection, spoken, prompt, monkeypatch
) -> None:
    rows = [mine.add(spoken(), prompt(), "Anna") for _ in range(3)]
    real = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path == mine.path(rows[1]):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        real(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(StorageError, match="Permission denied"):
        mine.delete([row.file for row in rows])
    found = mine.contents()
    assert found.missing == ()
    assert found.rows == tuple(rows[1:])
