"""``predict``: the array of the contract, and one bad file that stops nobody."""

import json
import math
import os

import numpy as np
import pytest
import soundfile

from ser_core.cli import main


@pytest.fixture
def bad_files(tmp_path):
    (tmp_path / "text.wav").write_text("no sound")
    soundfile.write(tmp_path / "moment.wav", np.zeros(100), 16_000)
    return [str(tmp_path / name) for name in ("text.wav", "moment.wav", "missing.wav")]


@pytest.fixture
def predict(tiny_checkpoint, capsys):
    def run(*arguments):
        status = main(["predict", "--checkpoint", str(tiny_checkpoint), *map(str, arguments)])
        return status, capsys.readouterr()

    return run


def test_json_is_one_array_with_the_figures_of_the_contract(predict, tiny_corpus):
    files = [tiny_corpus.parent / f"m2_{name}0.wav" for name in ("sad", "angry")]
    status, output = predict(*files, "--json")
    assert status == 0
    assert output.err == ""
    results = json.loads(output.out)
    assert [result["file"] for result in results] == [str(file) for file in files]
    for result in results:
        assert {"file", "emotion", "probabilities", "angles_degrees", "inside_range", "duration_seconds"} <= set(result)
        assert list(result["probabilities"]) == list(result["angles_degrees"]) == ["neutral", "sad", "angry"]
        assert math.isclose(sum(result["probabilities"].values()), 1, abs_tol=1e-5)
        assert all(0 <= angle <= 180 for angle in result["angles_degrees"].values())
        assert isinstance(result["inside_range"], bool)
        assert result["emotion"] == min(result["angles_degrees"], key=result["angles_degrees"].get)
        assert result["duration_seconds"] == 0.5


def test_files_that_cannot_be_judged_are_reported_the_others_go_on_and_the_status_is_2(predict, tiny_corpus, bad_files):
    good = [str(tiny_corpus.parent / f"m2_{name}0.wav") for name in ("sad", "angry")]
    asked = [bad_files[0], good[0], *bad_files[1:], good[1]]
    status, output = predict(*asked, "--json")
    assert status == 2
    results = json.loads(output.out)
    assert [result["file"] for result in results] == asked
    for result in results:
        assert set(result) == {"file", "error"} if result["file"] in bad_files else "emotion" in result
    lines = output.err.splitlines()
    assert len(lines) == 3
    for line, file in zip(lines, bad_files, strict=True):
        assert line.startswith(f"{file}: Expected ")


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_name_that_is_no_text_or_too_long_costs_no_other_file_its_result(predict, tiny_corpus, tmp_path, options):
    odd = tmp_path / os.fsdecode(b"j\xfcrg \xf0\x9f\x98\x80.wav")
    odd.write_bytes((tiny_corpus.parent / "m2_sad0.wav").read_bytes())
    names = [str(odd), str(tiny_corpus.parent / "m2_sad1.wav"), "n" * 300, "~nobody-of-this-name/a.wav"]
    status, output = predict(*names, *options)
    assert status == 2
    assert len(output.err.splitlines()) == 2
    if options:
        assert output.out.isascii()  # so that every terminal can print it
        results = json.loads(output.out)
        assert [result["file"] for result in results] == names
        assert ["error" in result for result in results] == [False, False, True, True]
    else:
        assert [line.partition("\t")[0] for line in output.out.splitlines()] == [
            "file", names[0].replace("\udcfc", r"\udcfc"), names[1],
        ]  # fmt: skip


def test_without_json_there_is_a_line_per_file_under_headings_and_with_its_notes(predict, tiny_corpus, bad_files):
    file = tiny_corpus.parent / "m2_sad0.wav"
    status, output = predict(file, bad_files[0])
    assert status == 2
    headings, line = (text.split("\t") for text in output.out.splitlines())
    row = dict(zip(headings, line, strict=True))
    assert row["file"] == str(file)
    assert row["probability"].endswith(" %")
    assert row["angle"].endswith("°")
    assert "s of speech: too little" in row["notes"]
