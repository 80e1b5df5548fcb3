"""``predict``: the array of the contract, and one bad file that stops nobody."""

import json
import math
import os
import re

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


# ------------------------------------------------------------------------------------------------ sentences
def test_a_sentence_is_rated_with_what_each_word_moved_and_unknown_words_are_told(capsys):
    asked = ["What a wonderful gift!", "Wonderful qwertzuiopy gifts from friends"]
    assert main(["predict", "--checkpoint", "words", "--text", asked[0], "--text", asked[1], "--json"]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    first, second = json.loads(output.out)
    assert first["text"] == asked[0]
    assert set(first["ratings"]) == {"valence", "arousal", "dominance"}
    assert all(1 < value < 5 for value in first["ratings"].values())
    moved = {one["word"]: one["moved"]["valence"] for one in first["words"]}
    assert max(moved, key=moved.get) == "wonderful"
    assert "qwertzuiopy" in second["unknown"]
    assert "qwertzuiopy" not in first["unknown"]
    assert main(["predict", "--checkpoint", "words", "--text", asked[0]]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.split("\t") == ["text", "valence", "arousal", "dominance", "notes"]
    assert line.split("\t")[:2] == [asked[0], f"{first['ratings']['valence']:.2f}"]


def test_a_text_that_is_no_english_sentence_is_reported_and_the_others_are_rated(capsys):
    asked = ["… ?!", "Das Wetter ist heute einfach furchtbar schlecht", "What a terrible war"]
    texts = [part for text in asked for part in ("--text", text)]
    assert main(["predict", "--checkpoint", "words", *texts, "--json"]) == 2
    output = capsys.readouterr()
    empty, german, english = json.loads(output.out)
    assert "got no words. Write one in English" in empty["error"]
    assert "The model learned from English alone" in german["error"]
    assert english["ratings"]["valence"] < 3
    assert len(output.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (
            ["predict", "--checkpoint", "words", "a.wav"],
            'Expected --text "…" with words.*hears nothing; got recordings',
        ),
        (["predict", "--checkpoint", "demo-residual", "--text", "Hello"], "Expected a model that rates words alone"),
        (["predict", "--checkpoint", "words", "--text", "Hello", "a.wav"], "--text alone, without recordings"),
        (["predict", "--checkpoint", "words", "--text", "Hello", "--voice", "Anna"], "--text alone, without --voice"),
        (["predict", "--checkpoint", "words", "--text", ""], "Expected a value after --text; got an empty one"),
        (["predict", "--checkpoint", "words"], 'Expected recordings, or --text "…" for a model of words; got neither'),
        (
            ["embed", "--checkpoint", "words", "--corpus", "demo", "--out", "x.parquet"],
            "words predicts valence.*--text",
        ),
        (["checkpoints", "--measure", "words"], "words predicts valence.*hears nothing"),
        (
            ["evaluate", "--checkpoint", "words", "--corpus", "demo", "--out", "x.json"],
            "words predicts valence.*--text",
        ),
        (["track", "a.wav", "--checkpoint", "words", "--out", "x.csv"], "words predicts valence.*hears nothing"),
    ],
)
def test_words_and_sound_are_told_apart_in_one_sentence(capsys, tmp_path, monkeypatch, arguments, advice):
    monkeypatch.chdir(tmp_path)
    soundfile.write(tmp_path / "a.wav", 0.1 * np.sin(np.arange(32_000) / 20), 16_000)
    assert main(arguments) != 0
    told = " ".join(capsys.readouterr().err.split())
    assert re.search(advice, told), told
    assert "Traceback" not in told
