"""``voice``, and ``--voice`` wherever something is judged."""

import json

import numpy as np
import pytest
import soundfile

from ser_core.cli import main
from ser_core.recordings import Collection, Prompt, Speaker, Take, emotion_of
from tests.conftest import tiny_voice


@pytest.fixture
def run(workspace, capsys):
    def command(*arguments):
        status = main(list(map(str, arguments)))
        return status, capsys.readouterr()

    return command


@pytest.fixture
def make(run, tiny_checkpoint, tiny_corpus):
    def command(name, *clips, method="neutral"):
        given = [part for clip in clips for part in ("--clip", f"{tiny_corpus.parent / clip}.wav:{clip[3:-1]}")]
        return run("voice", "make", name, "--checkpoint", tiny_checkpoint, *given, "--method", method)

    return command


def test_a_voice_is_made_listed_renamed_and_deleted(make, run):
    status, output = make("Anna", "m2_neutral0", "m2_neutral1", "m2_sad0")
    assert status == 0
    heading, *lines = (line.split("\t") for line in output.out.splitlines())
    assert heading[:4] == ["clip", "spoken as", "before", "after"]
    assert [line[:2] for line in lines] == [
        ["m2_neutral0.wav", "neutral"], ["m2_neutral1.wav", "neutral"], ["m2_sad0.wav", "sad"],
    ]  # fmt: skip
    assert "of 3 before" in output.err
    assert "--voice Anna" in output.err
    assert run("voice", "list")[1].out.splitlines()[1].split("\t")[2:] == ["neutral", "neutral 2"]
    assert run("voice", "rename", "Anna", "Anna B.")[0] == 0
    assert run("voice", "delete", "Anna B.", "--yes")[0] == 0
    assert "No voice yet" in run("voice")[1].err


def test_a_voice_of_clips_whatever_was_felt_needs_no_emotion(run, tiny_checkpoint, tiny_corpus):
    names = ("m2_sad0", "m2_angry0", "m2_neutral0")
    given = [part for name in names for part in ("--clip", tiny_corpus.parent / f"{name}.wav")]
    command = ("voice", "make", "Anna", "--checkpoint", tiny_checkpoint, *given)
    status, output = run(*command, "--method", "unlabelled")
    assert status == 0
    lines = [line.split("\t") for line in output.out.splitlines()[1:]]
    assert [line[1] for line in lines] == ["not stated"] * 3
    assert "of 3, each judged by a voice made of the other clips. Whether rightly is not known" in output.err
    assert run("voice", "list")[1].out.splitlines()[1].split("\t")[2:] == ["unlabelled", "not stated 3"]
    status, output = run(*command)
    assert status == 2
    assert "Expected FILE:EMOTION after --clip" in output.err


def test_clips_that_may_be_of_one_emotion_are_said_to_change_nothing(run, tiny_checkpoint, tiny_corpus):
    command = ("voice", "make", "Anna", "--checkpoint", tiny_checkpoint, "--method", "unlabelled")
    status, output = run(*command, "--clip", tiny_corpus.parent / "m2_sad0.wav")
    assert status == 0
    assert "These clips differ no more than clips of one emotion may." in output.err
    assert "nothing of it is taken out. Add a clip spoken quite differently." in output.err


def test_what_limits_a_clip_is_told_before_a_voice_is_made_of_it(run, tiny_checkpoint, tmp_path):
    voice = tiny_voice(140, 4.0, np.random.default_rng(0), seconds=0.5)
    soundfile.write(tmp_path / "a.wav", np.clip(voice * 40, -1, 1), 16_000)
    given = ("--checkpoint", tiny_checkpoint, "--clip", f"{tmp_path / 'a.wav'}:sad", "--method", "few-shot")
    status, output = run("voice", "make", "Anna", *given)
    assert status == 0
    assert "a.wav: Only 0." in output.err
    assert "samples are clipped" in output.err


def test_every_way_to_judge_takes_the_voice(make, run, tiny_checkpoint, tiny_corpus, tmp_path):
    make("Anna", "m2_neutral0", "m2_neutral1")
    file, model = tiny_corpus.parent / "m2_sad1.wav", ("--checkpoint", tiny_checkpoint)
    (plain,) = json.loads(run("predict", file, *model, "--json")[1].out)
    (told,) = json.loads(run("predict", file, *model, "--voice", "Anna", "--json")[1].out)
    assert told["voice"] == "Anna"
    assert "voice" not in plain
    assert told["angles_degrees"] != plain["angles_degrees"]
    talk = tmp_path / "talk.wav"
    soundfile.write(talk, tiny_voice(140, 4.0, np.random.default_rng(0), seconds=3.0), 16_000)
    plain, told = (
        json.loads(run("track", talk, *model, *voice, "--json")[1].out) for voice in ((), ("--voice", "Anna"))
    )
    assert (plain["voice"], told["voice"]) == (None, "Anna")
    assert plain["windows"][0]["angles_degrees"] != told["windows"][0]["angles_degrees"]
    status, output = run("listen", "--voice", "Berta", *model, "--seconds", 1)
    assert status == 2
    assert "Expected a voice among Anna; got 'Berta'" in output.err or "PortAudio" in output.err


def test_a_voice_of_another_model_is_refused_in_one_line(make, run, tiny_corpus):
    make("Anna", "m2_neutral0")
    status, output = run(
        "predict", tiny_corpus.parent / "m2_sad1.wav", "--checkpoint", "demo-residual", "--voice", "Anna"
    )
    assert status == 2
    assert output.out == ""
    assert len(output.err.splitlines()) == 1
    assert "Choose that model, or make a voice for this one" in output.err


def test_clips_come_from_a_speaker_of_a_corpus_of_ones_own(run, tiny_checkpoint):
    corpus = Collection("ours")
    corpus.enter(Speaker("Anna"), "I agree.")
    random = np.random.default_rng(0)
    for emotion, pitch in (("neutral", 120), ("neutral", 130), ("sad", 100), ("disgust", 150)):
        take = Take(tiny_voice(pitch, 4.0, random, seconds=1.0), 16_000)
        corpus.add(take, Prompt("The letter is on the table.", emotion_of(emotion), 1), "Anna")
    asked = ("voice", "make", "Anna", "--checkpoint", tiny_checkpoint, "--from-recordings", "ours")
    status, output = run(*asked, "--speaker", "Anna", "--method", "few-shot")
    assert status == 0
    assert [line.split("\t")[1] for line in output.out.splitlines()[1:]] == ["neutral", "neutral", "sad"]
    assert "Left out, since the model does not know disgust: 1." in output.err
    status, output = run(*asked, "--speaker", "Berta")
    assert status == 2
    assert "Recorded there: Anna" in output.err


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["mke", "Anna"], "Did you mean 'make'"),
        (["make"], "Expected the name of a voice after make"),
        (["make", "Anna", "--clip", "a.wav:neutral"], "Add --checkpoint"),
        (["make", "Anna", "--checkpoint", "demo-residual"], "Give three to five"),
        (["make", "Anna", "--checkpoint", "demo-residual", "--clip", "a.wav"], "Write for example a.wav:neutral"),
        (["make", "Anna", "--checkpoint", "demo-residual", "--clip", "a.wav:neutrl"], "Did you mean 'neutral'"),
        (["make", "Anna", "--checkpoint", "demo-residual", "--clip", "none.wav:neutral"], "none.wav"),
        (["make", "Anna", "--checkpoint", "demo-residual", "--method", "magic"], "few-shot"),
        (["make", "Anna", "--checkpoint", "demo-residual", "--speaker", "Anna"], "Add the other"),
        (["make", "Anna", "--checkpoint", "demo-residual", "--from-recordings", "no", "--speaker", "A"], "Begin it"),
        (["list", "--checkpoint", "demo-residual"], "only with make"),
        (["delete", "Anna", "Berta"], "Put quotation marks"),
        (["delete", "Anna"], "voice make NAME"),
        (["rename", "Anna"], "voice rename NAME NEW_NAME"),
    ],
)
def test_what_cannot_be_gets_one_line_of_advice(run, arguments, advice):
    status, output = run("voice", *arguments)
    assert status == 2
    assert len(output.err.splitlines()) == 1
    assert advice in output.err


def test_nothing_is_deleted_without_a_yes(make, run):
    make("Anna", "m2_neutral0")
    status, output = run("voice", "delete", "Anna")
    assert status == 2
    assert "Add --yes" in output.err
    assert "Anna" in run("voice", "list")[1].out


def test_a_clip_without_speech_is_named_and_nothing_is_kept(run, tiny_checkpoint, tmp_path):
    soundfile.write(tmp_path / "silent.wav", np.zeros(16_000), 16_000)
    clip = f"{tmp_path / 'silent.wav'}:neutral"
    status, output = run("voice", "make", "Anna", "--checkpoint", tiny_checkpoint, "--clip", clip)
    assert status == 2
    assert "Expected speech in silent.wav" in output.err
    assert "No voice yet" in run("voice")[1].err
