"""``track``: segments on the screen, files by their endings, and one plain line for what cannot be judged."""

import json

import numpy as np
import pytest
import soundfile

from ser_core.cli import main
from tests.conftest import tiny_voice


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    random = np.random.default_rng(0)
    quiet = 1e-3 * random.standard_normal(24_000)
    path = tmp_path_factory.mktemp("talk") / "talk.flac"
    voices = [tiny_voice(pitch, 4.0, random, seconds=3.0) for pitch in (110, 210)]
    soundfile.write(path, np.concatenate([quiet, voices[0], quiet, voices[1], quiet]), 16_000)
    return path


@pytest.fixture
def track(tiny_checkpoint, capsys):
    def run(*arguments):
        status = main(["track", *map(str, arguments), "--checkpoint", str(tiny_checkpoint)])
        return status, capsys.readouterr()

    return run


def test_segments_are_printed_from_the_beginning_to_the_end(track, talk):
    status, output = track(talk)
    assert status == 0
    heading, *lines = output.out.splitlines()
    assert heading == "start\tend\tlabel"
    rows = [line.split("\t") for line in lines]
    assert (rows[0][0], rows[-1][1]) == ("0.00", "10.50")
    assert [row[2] for row in rows].count("silence") == 3


def test_each_file_is_written_in_the_form_of_its_ending(track, talk, tmp_path):
    names = [tmp_path / name for name in ("a.csv", "a.txt", "new/a.TextGrid")]
    status, output = track(talk, *(part for name in names for part in ("--out", name)), "--minutes", tmp_path / "m.csv")
    assert status == 0
    assert output.out.splitlines() == [str(name) for name in [*names, tmp_path / "m.csv"]]
    assert names[0].read_text().startswith("start,end,speech_seconds,")
    assert names[1].read_text().startswith("0.000000\t")
    assert names[2].read_text().startswith('File type = "ooTextFile"\n')
    assert (tmp_path / "m.csv").read_text().startswith("minute,start,end,speech_seconds,share_neutral,")


def test_json_is_one_object(track, talk):
    status, output = track(talk, "--json", "--window", 2, "--hop", 1)
    assert status == 0
    found = json.loads(output.out)
    assert (found["file"], found["window_seconds"], found["hop_seconds"]) == ("talk.flac", 2, 1)
    assert max(one["end"] - one["start"] for one in found["windows"]) == pytest.approx(2, abs=2e-3)


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["missing.wav"], "there is none. Check the path"),
        (["TALK", "--out", "a.xml"], "Expected an ending of --out among .csv, .txt, .TextGrid; got '.xml'"),
        (["TALK", "--hop", "9"], "Choose half of the window"),
        (["missing.wav", "--minutes", "TALK"], "Expected an ending of --minutes among .csv; got '.flac'"),
        (["TALK", "--out", "a.csv", "--minutes", "a.csv"], "got a.csv for both. Rename one"),
    ],
)
def test_what_cannot_be_done_is_one_line(track, talk, arguments, advice):
    status, output = track(*(talk if argument == "TALK" else argument for argument in arguments))
    assert status == 2
    assert output.out == ""
    (line,) = output.err.splitlines()
    assert advice in line
