"""Every command of the README runs as it stands there; those of the other texts exist, with these options."""

import importlib
import re
import shlex
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
import typer
import typer.main

from ser_core.cli import COMMANDS, main
from ser_core.corpora.emodb import SPEAKERS
from ser_core.corpora.ravdess import ACTORS
from ser_core.experiments import sweep_run
from tests.conftest import tiny_voice
from tests.live.fake_sounddevice import FakeSounddevice

REPOSITORY = Path(__file__).resolve().parents[1]
DEMO = REPOSITORY / "ser_core" / "corpora" / "demo_speech"
CALL = "python -m ser_core "

# What stands for something of the reader's own.
PLACEHOLDERS = {
    "PATH/TO/RAVDESS": "RAVDESS",
    "PATH/TO/EMODB": "EMODB",
    "KIND:DIR": "emodb:EMODB",
    "NAME": "demo-residual",
    "FILE.json": "file.json",
}
ONE_EPOCH = ["--set", "stages.0.epochs=1"]
SMALL = ["--set", "encoder_options.channels=[4, 8]", "--set", "front_end.mel_bands=16", "--workers", "1"]
TWO_STAGES = [*ONE_EPOCH, "--set", "stages.1.epochs=1", "--set", "stages.1.utterances_per_class=2"]
# What makes a command short that takes minutes to hours; nothing of what stands in the README is changed.
SHORTENED = {
    "train": TWO_STAGES,
    "evaluate --recipe": [*TWO_STAGES, *SMALL],
    "sweep": [*ONE_EPOCH, "--set", "encoder_options.units=4", "--workers", "1"],
    "record": ["--yes", "--countdown", "0"],
}


def commands_in(text: str) -> list[str]:
    """The commands of a text: in blocks, over several lines too, and within sentences."""
    blocks = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)).replace("\\\n", " ")
    found = [line for line in blocks.splitlines() if line.startswith(CALL)]
    outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    found += re.findall(rf"`({CALL}[^`]+)`", outside)
    return list(dict.fromkeys(shlex.join(shlex.split(line, comments=True)[3:]) for line in found))


README = commands_in((REPOSITORY / "README.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with what the README's commands are given: two small corpora under published names, recordings."""
    folder = tmp_path_factory.mktemp("reader")
    random = np.random.default_rng(0)
    for actor in ACTORS:
        for code in ("01", "03", "04", "05"):
            name = f"03-01-{code}-01-01-01-{actor}"
            sound(folder / "RAVDESS" / f"Actor_{actor}" / f"{name}.wav", 90 + 5 * int(actor) + 12 * int(code), random)
    for speaker in SPEAKERS:
        for letter in "FNTW":
            sound(folder / "EMODB" / "wav" / f"{speaker}a02{letter}a.wav", 100 + ord(letter), random)
    for name, emotion in {"recording": "happy", "a": "neutral", "b": "angry"}.items():
        samples, rate = soundfile.read(DEMO / "voice02" / f"voice02_{emotion}_s1_take1.flac")
        soundfile.write(folder / f"{name}.wav", samples, rate)
    spoken = [soundfile.read(path)[0] for path in sorted((DEMO / "voice03").glob("*.flac"))[:4]]
    soundfile.write(folder / "interview.wav", np.concatenate(spoken), 16_000)
    rows = ["file\twho\temotion", "recording.wav\t1\thappy", "a.wav\t1\tneutral", "b.wav\t2\tWut"]
    (folder / "THEIRS.tsv").write_text("\n".join(rows) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SER_WORKSPACE")
        patch.chdir(folder)
        patch.setitem(sys.modules, "sounddevice", FakeSounddevice(speakers=0))
        yield folder


def sound(path: Path, pitch: float, random: np.random.Generator) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, tiny_voice(pitch, 4.0, random), 16_000)


def filled_in(command: str) -> list[str]:
    words = shlex.split(command)
    for placeholder, value in PLACEHOLDERS.items():
        words = [re.sub(rf"(?<![\w.]){re.escape(placeholder)}(?!\w)", value, word) for word in words]
    more = [option for name, option in SHORTENED.items() if set(name.split()) <= {*words[:1], *words}]
    return [*words, *(word for option in more for word in option)]


def test_the_readme_shows_most_commands():
    named = {command.split()[0] for command in README}
    assert named <= set(COMMANDS)
    assert len(named) > 15


@pytest.mark.parametrize("command", README)
def test_a_command_of_the_readme_does_what_stands_there(command, place, capsys, monkeypatch):
    """In their order, since some take what others have written."""
    name, words = command.split()[0], filled_in(command)
    expected = {"listen": 2, "record": 2, "sweep": 130}.get(name, 0)
    if name == "sweep":
        stop_at_the_second_fold(monkeypatch)
    if name == "download":
        monkeypatch.setattr("ser_core.cli.download.download_corpus", lambda *_, **__: place / "RAVDESS")
    status = main(words)
    said = capsys.readouterr()
    assert status == expected, said.err
    if name in ("listen", "record"):
        assert re.search("Expected a microphone", said.err), said.err
    if name == "sweep":
        assert len(list((place / "workspace/sweeps/lambda").rglob("fold-*.json"))) == 1
    elif "--out" in words:
        out = place / words[words.index("--out") + 1]
        assert out.is_dir() or out.stat().st_size > 0
        assert out.name in said.out + said.err


def stop_at_the_second_fold(monkeypatch):
    trained = []
    real = sweep_run.run_fold

    def run_fold(task, listener=None):
        if trained:
            raise KeyboardInterrupt
        trained.append(task)
        return real(task, listener)

    monkeypatch.setattr(sweep_run, "run_fold", run_fold)


def texts() -> list[Path]:
    folders = ("docs", "checkpoints", "benchmarks", "ser_core", "tools")
    return [*REPOSITORY.glob("*.md"), *(path for folder in folders for path in (REPOSITORY / folder).rglob("*.md"))]


def test_commands_in_the_other_texts_exist_with_these_options():
    wrong = []
    for path in texts():
        for command in commands_in(path.read_text(encoding="utf-8")):
            name, *words = shlex.split(command)
            given = {word.partition("=")[0] for word in words if word.startswith("--")}
            unknown = {name} - set(COMMANDS) or given - options_of(name)
            if unknown and not name.isupper():  # COMMAND stands for any
                wrong.append(f"{path.relative_to(REPOSITORY)}: {command}: {', '.join(unknown)}")
    assert wrong == []


def options_of(name: str) -> set[str]:
    app = typer.Typer(add_completion=False)
    app.command(name=name)(getattr(importlib.import_module(f"ser_core.cli.{name}"), name))
    command = typer.main.get_command(app)
    return {"--help", *(option for parameter in command.params for option in parameter.opts)}
