"""A voice from clips: what is shown of it is judged by voices that were made without the clip."""

import dataclasses

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.audio.signal import Signal
from ser_core.errors import AudioError, VoiceError
from ser_core.inference import Reader
from ser_core.inference.own_voice import after_clips, before_and_after, clip_of, heard_as_spoken, make_voice
from ser_core.voices import Voice, library


@pytest.fixture(scope="module")
def reader(tiny_checkpoint) -> Reader:
    return Reader.load(tiny_checkpoint)


@pytest.fixture(scope="module")
def clips(reader, tiny_corpus):
    names = ("m2_neutral0", "m2_neutral1", "m2_sad0", "m2_angry0")
    return [
        clip_of(reader, read_audio(tiny_corpus.parent / f"{name}.wav"), name=name, emotion=name[3:-1]) for name in names
    ]


def test_a_clip_is_what_the_model_hears_as_it_was_trained_also_for_a_reader_that_knows_a_voice(
    reader, clips, tiny_corpus
):
    signal = read_audio(tiny_corpus.parent / "m2_neutral0.wav")
    reading = reader.read(signal)
    np.testing.assert_allclose(clips[0].embedding, reading.embedding, rtol=1e-5)
    assert clips[0].seconds == reading.duration_seconds
    knowing = Reader(reader.checkpoint, make_voice(reader, "Anna", "neutral", clips))
    again = clip_of(knowing, signal, name="again", emotion="neutral")
    assert again.embedding.tobytes() == clips[0].embedding.tobytes()
    assert knowing.read(signal).embedding != pytest.approx(reading.embedding)


@pytest.mark.parametrize("method", ["neutral", "few-shot", "unlabelled"])
def test_each_clip_is_judged_by_the_voice_that_the_others_make(reader, clips, method):
    voice = make_voice(reader, "Anna", method, clips)
    for number, change in enumerate(before_and_after(reader, voice)):
        others = make_voice(reader, "Anna", method, [*clips[:number], *clips[number + 1 :]])
        embedding = clips[number].embedding[None]
        head = reader.checkpoint.model.head
        logits = embedding @ head.weight.detach().numpy().T + head.bias.detach().numpy()
        for reading, judging in ((change.before, reader), (change.after, Reader(reader.checkpoint, others))):
            _, probabilities, angles = judging.figures(embedding, logits)
            assert list(reading.angles_degrees.values()) == pytest.approx(angles[0], abs=1e-3)
            assert list(reading.probabilities.values()) == pytest.approx(probabilities[0], abs=1e-5)
        assert change.held_out
        assert change.clip is clips[number]


def test_a_clip_without_which_there_is_no_voice_is_said_to_have_made_its_own(reader, clips):
    changes = before_and_after(reader, make_voice(reader, "Anna", "neutral", clips[1:]))
    assert [change.held_out for change in changes] == [False, True, True]
    (alone,) = before_and_after(reader, make_voice(reader, "Anna", "few-shot", clips[:1]))
    assert not alone.held_out


def test_only_clips_that_did_not_make_their_judge_are_counted_and_none_of_these_is_never_right(reader, clips):
    changes = before_and_after(reader, make_voice(reader, "Anna", "neutral", clips[1:]))
    told = heard_as_spoken(changes)
    assert told.of == 2
    assert told.before == sum(change.before.verdict == change.clip.emotion for change in changes[1:])
    assert told.after == sum(change.after.verdict == change.clip.emotion for change in changes[1:])
    strict = dataclasses.replace(reader.checkpoint, ranges=np.zeros(3, dtype=np.float32))
    nowhere = Reader(strict)
    assert heard_as_spoken(before_and_after(nowhere, make_voice(nowhere, "Anna", "neutral", clips))).before == 0


def test_a_silent_clip_is_refused_by_its_name(reader):
    with pytest.raises(AudioError, match="Expected speech in quiet.wav"):
        clip_of(reader, Signal(np.zeros(16_000, dtype=np.float32)), name="quiet.wav", emotion="neutral")


def test_a_reader_is_loaded_with_a_voice_by_name_or_file_and_refuses_that_of_another_model(
    reader, clips, tiny_checkpoint, tiny_corpus, workspace
):
    voice = make_voice(reader, "Anna", "neutral", clips)
    path = library.save_voice(voice)
    signal = read_audio(tiny_corpus.parent / "m2_sad1.wav")
    told = Reader(reader.checkpoint, voice).read(signal)
    for name in ("Anna", path):
        assert Reader.load(tiny_checkpoint, voice=name).read(signal).angles_degrees == told.angles_degrees
    with pytest.raises(VoiceError, match="Expected a voice made for the model demo-residual.*from the same clips"):
        Reader.load("demo-residual", voice="Anna")


def test_a_model_trained_anew_under_the_same_name_is_another_model(reader, clips):
    voice: Voice = make_voice(reader, "Anna", "neutral", clips)
    with pytest.raises(VoiceError, match="other weights"):
        Reader(dataclasses.replace(reader.checkpoint, digest="0" * 64), voice)


def test_an_answer_is_told_after_none_one_two_and_four_of_the_other_clips(reader, clips):
    untold = [dataclasses.replace(clip, emotion=None) for clip in clips]
    voice = make_voice(reader, "Anna", "unlabelled", untold)
    found = after_clips(reader, voice, untold[1])
    assert [one.clips for one in found] == [0, 1, 2]  # of three others
    before = before_and_after(reader, voice)[1].before
    assert found[0].prediction.angles_degrees == before.angles_degrees
    known = make_voice(reader, "Anna", "unlabelled", [untold[0], untold[2]])
    embedding = untold[1].embedding[None]
    logits = embedding @ reader.checkpoint.model.head.weight.detach().numpy().T
    _, _, angles = Reader(reader.checkpoint, known).figures(embedding, logits)
    assert list(found[2].prediction.angles_degrees.values()) == pytest.approx(angles[0], abs=1e-3)


def test_only_clips_that_decide_are_counted_before_an_answer(reader, clips):
    voice = make_voice(reader, "Anna", "neutral", clips)
    assert [one.clips for one in after_clips(reader, voice, clips[2])] == [0, 1, 2]  # two are neutral
    assert [one.clips for one in after_clips(reader, voice, clips[0])] == [0, 1]


def test_clips_of_which_nothing_is_told_are_neither_right_nor_wrong(reader, clips):
    some = [dataclasses.replace(clips[0], emotion=None), *clips[1:]]
    assert heard_as_spoken(before_and_after(reader, make_voice(reader, "Anna", "unlabelled", some))).of == 3
