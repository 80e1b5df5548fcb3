"""record and recordings: a corpus is spoken, listed, changed, deleted and taken away from a terminal."""

import contextlib
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import numpy as np
import pytest

from ser_core.cli import main
from ser_core.corpora import open_corpus
from ser_core.errors import MicrophoneError, MicrophoneLostError
from ser_core.recordings import Collection

RATE = 16_000
PLAN = ["--sentences", "One two three.", "--emotions", "happy, furious=angry", "--order", "in sequence"]


def speech() -> np.ndarray:
    seconds = np.arange(round(1.4 * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * 140 * number * seconds) / number for number in range(1, 9)) / 2
    pause = np.zeros(RATE // 2)
    samples = np.concatenate([pause, 0.3 * buzz * (0.3 + 0.7 * np.sin(np.pi * 3 * seconds) ** 2), pause])
    return (samples + 1e-4 * np.random.default_rng(0).standard_normal(samples.size)).astype(np.float32)


class Microphone:
    """Hears what a test lays into it, all at once; nothing after that."""

    heard: ClassVar[list] = []

    def __init__(self, number: int | None, *, owner: str) -> None:
        self.blocks = [Microphone.heard.pop(0)] if Microphone.heard else []

    def __enter__(self):
        refused = self.blocks and isinstance(self.blocks[0], MicrophoneError)
        if refused and not isinstance(self.blocks[0], MicrophoneLostError):
            raise self.blocks.pop()
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, *, timeout: float):
        time.sleep(0.002)
        if self.blocks and isinstance(self.blocks[0], Exception):
            raise self.blocks.pop()
        samples = self.blocks.pop() if self.blocks else np.zeros(0, np.float32)
        return SimpleNamespace(samples=samples, sample_rate=RATE, holes=0)


@pytest.fixture(autouse=True)
def microphone(monkeypatch, workspace):
    monkeypatch.setattr("ser_core.live.microphone.Microphone", Microphone)
    monkeypatch.setattr(Microphone, "heard", [])
    return Microphone.heard


@pytest.fixture
def pressing(monkeypatch):
    """Press keys one after another; what is asked for while a recording runs comes a little later."""
    left: list[str] = []
    looks: list[float] = []

    def press(timeout: float | None) -> str | None:
        if timeout is not None:
            looks.append(timeout)
            if len(looks) == 1:  # whether a key was left from the countdown
                return None
            time.sleep(0.05)
        looks.clear()
        return left.pop(0)

    @contextlib.contextmanager
    def keys():
        yield press

    monkeypatch.setattr("ser_core.cli.record.keys", keys)
    return left


def record(*more: str, seconds: str = "0.5") -> int:
    return main(["record", "mine", "--speaker", "Anna", "--countdown", "0", "--seconds", seconds, *more])


def test_without_being_asked_every_prompt_with_speech_is_kept_and_the_rest_is_left_for_another_day(
    microphone, capsys
) -> None:
    microphone += [speech(), np.zeros(RATE, dtype=np.float32)]
    assert record("--yes", *PLAN) == 2
    output = capsys.readouterr()
    assert "I speak these sentences of my own free will" in output.err
    assert "0 of 2 prompts recorded, 2 left" in output.err
    assert "of silence. Check that the right microphone" in output.err
    assert output.out.split("\t")[1:] == ["happy", "One two three.\n"]
    microphone += [speech()]
    assert record("--yes") == 0
    output = capsys.readouterr()
    assert "1 of 2 prompts recorded, 1 left" in output.err
    assert "free will" not in output.err
    manifest = open_corpus(str(Collection("mine").manifest))
    assert [(row.emotion, row.intensity) for row in manifest.utterances] == [("happy", None), ("angry", "furious")]


def test_with_keys_a_take_is_recorded_again_kept_and_the_rest_is_quit(microphone, pressing, capsys) -> None:
    microphone += [speech(), speech()]
    pressing += ["x", "y", "\n", "\n", "r", "\n", "\n", "k", "q"]
    assert record(*PLAN) == 0
    error = capsys.readouterr().err
    assert "do you agree?" in error
    assert "1 kept. Use the corpus as: --corpus" in error
    assert "HAPPY" in error
    assert len(Collection("mine").contents().rows) == 1


def test_silence_is_recorded_again_and_a_prompt_can_be_passed_over(microphone, pressing, capsys) -> None:
    microphone += [np.zeros(RATE, dtype=np.float32)]
    pressing += ["y", "\n", "\n", "s", "q"]
    assert record(*PLAN) == 0
    assert "Check that the right microphone" in capsys.readouterr().err
    assert Collection("mine").contents().rows == ()


def test_who_does_not_agree_is_not_recorded(microphone, pressing, capsys) -> None:
    pressing += ["n"]
    assert record(*PLAN) == 2
    assert "Nothing is recorded." in capsys.readouterr().err
    assert not Collection("mine").present


def test_a_microphone_that_hears_nothing_ends_the_session_before_all_prompts_are_wasted(microphone, capsys) -> None:
    microphone += [np.zeros(RATE, dtype=np.float32)] * 4
    assert record("--yes", "--emotions", "happy,sad,angry,neutral") == 2
    assert "got 3 recordings in a row" in capsys.readouterr().err
    assert len(microphone) == 1


def test_a_microphone_that_is_unplugged_between_keys_does_not_end_the_session(microphone, pressing, capsys) -> None:
    microphone += [MicrophoneLostError("Expected sound; it was unplugged."), speech()]
    pressing += ["y", "\n", "\n", "\n", "\n", "k", "q"]
    assert record(*PLAN) == 0
    told = capsys.readouterr().err
    assert "record the sentence once more.\nEnter: record again   s: skip   q: quit" in told
    assert len(Collection("mine").contents().rows) == 1


def test_a_name_with_surplus_spaces_is_that_of_the_speaker_without_them(microphone, capsys) -> None:
    microphone += [speech(), speech()]
    assert record("--yes", "--gender", "female", *PLAN[:2], "--emotions", "happy") == 0
    assert main(["record", "mine", "--speaker", "  Anna ", "--countdown", "0", "--yes", "--seconds", "0.5"]) == 0
    assert "1 of 1 prompts recorded, 0 left" in capsys.readouterr().err
    (anna,) = Collection("mine").speakers().values()
    assert (anna.name, anna.gender) == ("Anna", "female")


def test_a_missing_microphone_is_one_line_of_advice(microphone, capsys) -> None:
    microphone += [MicrophoneError("Expected a microphone on this computer; got none. Plug one in.")]
    assert record("--yes", *PLAN) == 2
    assert capsys.readouterr().err.endswith("Expected a microphone on this computer; got none. Plug one in.\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["record", "a/b", "--speaker", "A", "--yes"], "Write for example a-b."),
        (["record", "mine", "--speaker", "A"], "Add --yes to record without being asked"),
        (["record", "mine", "--speaker", "\t", "--yes"], "of 1 to 60 characters"),
        (["record", "mine", "--speaker", "A", "--yes", "--emotions", "hapy"], "Did you mean 'happy'?"),
        (["record", "mine", "--speaker", "A", "--yes", "--plan", "none.toml"], "Expected a TOML file at none.toml"),
        (["record", "mine", "--speaker", "A", "--yes", "--consent", "none.txt"], "Expected UTF-8 text in none.txt"),
        (["record", "mine", "--speaker", "A", "--yes", "--age", "200"], "age from 0 to 130"),
        (["recordings", "mine"], "Begin it with: python -m ser_core record mine --speaker NAME"),
        (["recordings", "--delete", "x"], "Expected the name of a corpus with --delete"),
    ],
)
def test_what_is_wrong_ends_with_one_line(capsys, arguments, expected) -> None:
    assert main(arguments) == 2
    assert expected in capsys.readouterr().err.splitlines()[-1]


@pytest.fixture
def spoken(microphone, capsys) -> list[str]:
    """Record two prompts; returns their names."""
    microphone += [speech(), speech()]
    assert record("--yes", *PLAN) == 0
    capsys.readouterr()
    return [Path(row.file).stem for row in Collection("mine").contents().rows]


def test_recordings_are_listed_relabelled_deleted_and_exported(spoken, capsys, tmp_path) -> None:
    assert main(["recordings"]) == 0
    assert capsys.readouterr().out == "mine\t2 recordings\t1 speaker\n"
    first, second = spoken
    assert main(["recordings", "mine", "--relabel", f"{first}=gloomy=sad"]) == 0
    assert main(["recordings", "mine"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "recording\temotion\tspeaker\ttext",
        f"{first}\tgloomy=sad\tAnna\tOne two three.",
        f"{second}\tfurious=angry\tAnna\tOne two three.",
    ]
    assert main(["recordings", "mine", "--delete", second]) == 2
    assert "Add --yes to delete" in capsys.readouterr().err
    assert main(["recordings", "mine", "--delete", second, "--yes"]) == 0
    assert main(["recordings", "mine", "--export", str(tmp_path / "mine.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        assert f"mine/audio/{first}.flac" in archive.namelist()
        assert f"mine/audio/{second}.flac" not in archive.namelist()
    assert main(["recordings", "mine", "--delete-speaker", "Anna", "--yes"]) == 0
    assert Collection("mine").contents().rows == ()


def test_a_folder_that_no_corpus_can_be_called_does_not_hide_the_others(spoken, capsys) -> None:
    by_hand = Collection("mine").folder.with_name("My corpus")
    by_hand.mkdir()
    (by_hand / "manifest.csv").write_text("file,speaker,emotion\n")
    assert main(["recordings"]) == 0
    output = capsys.readouterr()
    assert output.out == "mine\t2 recordings\t1 speaker\n"
    assert "My corpus: Expected a corpus's name" in output.err
    assert "Write for example My-corpus." in output.err


def test_a_damaged_list_and_missing_files_are_told_and_mended(spoken, capsys) -> None:
    collection = Collection("mine")
    collection.manifest.write_bytes(b"\xff")
    assert main(["recordings", "mine"]) == 2
    assert "python -m ser_core recordings mine --mend" in capsys.readouterr().err
    assert main(["recordings", "mine", "--mend"]) == 0
    rows = collection.contents().rows
    assert len(rows) == 2
    collection.path(rows[0]).unlink()
    assert main(["recordings", "mine"]) == 0
    assert "--mend" in capsys.readouterr().err
    assert main(["recordings", "mine", "--mend"]) == 0
    assert collection.contents().rows == rows[1:]
    assert main(["recordings", "mine", "--mend"]) == 0
    assert "Nothing had to be mended" in capsys.readouterr().err
