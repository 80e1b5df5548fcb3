"""Voices are kept whole, under names of a person's own; what is no voice is refused with advice."""

import dataclasses
import json
import os

import numpy as np
import pytest

from ser_core.errors import ConfigError, SerError, StorageError, VoiceError
from ser_core.voices import Voice, VoiceClip, find_voice, library
from ser_core.voices.voice_text import voice_json
from ser_core.workspace import voices_directory


@pytest.fixture(autouse=True)
def _workspace(workspace):
    pass


def voice(name="Anna", *, count=3, **changes):
    random = np.random.default_rng(1)
    heard = tuple(
        VoiceClip(f"{number}.wav", ("neutral", "sad")[number % 2], 1.25, random.normal(size=8).astype(np.float32))
        for number in range(count)
    )
    return Voice(
        **{"method": "few-shot", "checkpoint": "tiny", "digest": "ab" * 32, "clips": heard} | changes, name=name
    )


def test_a_voice_comes_back_as_it_was_kept_bit_by_bit():
    kept = voice("Anna B.", model_counts=0.1)
    path = library.save_voice(kept)
    found = find_voice("Anna B.")
    for name in ("name", "method", "checkpoint", "digest", "model_counts"):
        assert getattr(found, name) == getattr(kept, name)
    for first, second in zip(kept.clips, found.clips, strict=True):
        assert (first.name, first.emotion, first.seconds) == (second.name, second.emotion, second.seconds)
        assert first.embedding.tobytes() == second.embedding.tobytes()
    assert voice_json(library.load(path)) == path.read_text(encoding="utf-8")


def test_a_voice_of_clips_of_which_nothing_is_told_has_version_2_and_comes_back():
    plain = voice()
    assert json.loads(voice_json(plain))["version"] == 1  # as earlier releases write and read it
    clips = tuple(dataclasses.replace(clip, emotion=None) for clip in plain.clips)
    for given, emotion in ((voice(clips=clips, method="unlabelled"), None), (voice(method="unlabelled"), "neutral")):
        written = library.save_voice(dataclasses.replace(given, name=str(emotion)))
        assert json.loads(written.read_text())["version"] == 2
        assert library.load(written).clips[0].emotion == emotion
    assert voice(clips=clips, method="unlabelled").emotions == ()


def test_voices_are_listed_by_name_renamed_and_deleted():
    assert library.saved_voices() == ([], [])
    second, first = library.save_voice(voice("Berta")), library.save_voice(voice("Anna"))
    assert [one.path for one in library.saved_voices()[0]] == [first, second]
    library.rename(second, "  Clara  ")
    assert find_voice("Clara").name == "Clara"
    library.rename(second, "Clara")
    with pytest.raises(VoiceError, match="no other voice has; got 'Anna'"):
        library.rename(second, "Anna")
    library.delete(first)
    assert [one.voice.name for one in library.saved_voices()[0]] == ["Clara"]
    with pytest.raises(VoiceError, match="Choose one from the list"):
        library.delete(first)


def test_a_name_that_is_taken_is_refused_and_the_former_voice_stays():
    library.save_voice(voice())
    with pytest.raises(VoiceError, match="Choose another name, or delete that voice first"):
        library.save_voice(voice(count=1))
    assert len(find_voice("Anna").clips) == 3


def test_the_very_same_voice_is_kept_once():
    path = library.save_voice(voice())
    assert library.save_voice(voice()) == path
    assert [one.path for one in library.saved_voices()[0]] == [path]


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\con", "NUL", ".hidden", "<b>x</b>", "ä" * 60, "📈"])
def test_a_name_is_shown_as_it_is_and_never_used_as_a_path(name):
    path = library.save_voice(voice(name))
    assert path.parent == voices_directory()
    assert find_voice(name).name == name


def test_names_that_make_the_same_file_do_not_meet():
    library.save_voice(voice("a b"))
    library.save_voice(voice("a-b"))
    assert find_voice("a b").name == "a b"
    assert find_voice("a-b").name == "a-b"


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\x00b"])
def test_a_name_that_cannot_be_used_is_refused(name):
    with pytest.raises(ConfigError, match="a name for the voice of 1 to 60"):
        voice(name)


def test_no_clips_and_too_many_are_refused():
    for count in (0, 101):
        with pytest.raises(VoiceError, match=f"Expected 1 to 100 clips of a voice; got {count}. Give three to five"):
            voice(count=count)


def test_the_same_recording_twice_is_refused():
    clip = voice().clips[0]
    again = VoiceClip("copy.wav", "sad", 1.25, clip.embedding.copy())
    with pytest.raises(VoiceError, match="copy.wav is the same sound as 0.wav. Leave one of them out"):
        voice(clips=(clip, again))


@pytest.mark.parametrize("embedding", [np.zeros(8), np.full(8, np.nan), np.ones(7), np.ones((1, 8))])
def test_what_is_no_vector_of_the_model_is_refused(embedding):
    clip = voice().clips[0]
    with pytest.raises(SerError):
        voice(clips=(clip, VoiceClip("b.wav", "sad", 1.0, embedding.astype(np.float32))))


def test_an_emotion_that_nobody_knows_gets_its_neighbour_named():
    with pytest.raises(ConfigError, match="neutral"):
        voice(clips=(VoiceClip("b.wav", "neutrl", 1.0, np.ones(8, dtype=np.float32)),))


def damaged(content):
    path = voices_directory() / "mine.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


GOOD = json.loads(voice_json(voice()))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe", b"no json", b"[]", b"null", b"[" * 100_000, {"version": 1}, {**GOOD, "clips": []},
        {**GOOD, "clips": [{"name": "a"}]}, {**GOOD, "clips": 5}, {**GOOD, "name": 7}, {**GOOD, "name": "\n"},
        {**GOOD, "model_counts": -1}, {**GOOD, "model_counts": "NaN"},
        {**GOOD, "clips": [*GOOD["clips"], GOOD["clips"][0]]}, {**GOOD, "clips": [{**GOOD["clips"][0], "seconds": -1}]},
        {**GOOD, "clips": [{**GOOD["clips"][0], "embedding": ["a"]}]},
        {**GOOD, "clips": [{**GOOD["clips"][0], "embedding": [1e999, 1.0]}]},
        {**GOOD, "clips": [{**GOOD["clips"][0], "embedding": []}]},
        {**GOOD, "clips": [{**GOOD["clips"][0], "seconds": "long"}]},
    ],
)  # fmt: skip
def test_a_file_that_is_no_voice_is_told_with_advice_and_hides_no_other(content):
    library.save_voice(voice("Berta"))
    path = damaged(content)
    with pytest.raises(VoiceError, match="Expected .*mine.json.*(again|other one)|Expected .*clips|Leave one"):
        library.load(path)
    good, bad = library.saved_voices()
    assert [one.voice.name for one in good] == ["Berta"]
    assert [one[0] for one in bad] == [path]
    with pytest.raises(VoiceError):
        find_voice("mine")
    library.delete(path)
    assert library.saved_voices()[1] == []


def test_a_voice_that_no_reader_can_read_is_told_with_the_reason(damaged_json):
    text, told = damaged_json
    with pytest.raises(VoiceError, match=f"Expected a voice in mine.json.*; got: {told}.*or make the voice again"):
        library.load(damaged(text.encode()))


@pytest.mark.parametrize("version", [3, 0, "1", True, None, 1.0])
def test_a_voice_of_another_version_says_which(version):
    with pytest.raises(VoiceError, match="version"):
        library.load(damaged({**GOOD, "version": version}))


def test_what_a_later_release_adds_is_ignored():
    assert library.load(damaged({**GOOD, "colour": "blue"})).name == "Anna"


def test_a_name_that_nobody_has_gets_its_neighbour_named():
    library.save_voice(voice("Anna"))
    with pytest.raises(VoiceError, match="Did you mean 'Anna'.*voice make NAME"):
        find_voice("Ana")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_workspace_that_cannot_be_written_is_told():
    voices_directory().mkdir(parents=True)
    voices_directory().chmod(0o500)
    try:
        with pytest.raises(StorageError):
            library.save_voice(voice())
    finally:
        voices_directory().chmod(0o700)


def test_a_full_disk_leaves_the_former_file(monkeypatch):
    path = library.save_voice(voice())
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(StorageError, match="nothing that was there has changed"):
        library.rename(path, "Berta")
    assert path.read_bytes() == before
    assert [file.name for file in voices_directory().iterdir()] == [path.name]
