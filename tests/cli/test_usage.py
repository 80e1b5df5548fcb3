"""The command line as a whole: help everywhere, and one plain line for whatever is wrong."""

import os
import re
import runpy
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ser_core.cli import COMMANDS, main


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command line that is wrong, and return its one line."""
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    (line,) = output.err.splitlines()
    assert "Traceback" not in line
    return line


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_without_a_command_the_commands_are_listed(capsys, arguments):
    assert main(arguments) == 0
    output = capsys.readouterr().out
    for name, what in COMMANDS.items():
        assert name in output
        assert what in output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(capsys, name):
    assert main([name, "--help"]) == 0
    output = capsys.readouterr().out
    assert f"python -m ser_core {name}" in output
    assert "--help" in output


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("trian", "Did you mean 'train'?"),
        ("--nope", "Expected a command; got --nope."),
        ("train --nope", "--nope"),
        ("train", "--out"),
        ("train --out x --fold one", "--fold"),
        ("train --out x", "Expected --corpus and --recipe; got none"),
        ("train --out x --corpus demo", "Expected --recipe; got none. Add for example --recipe quick."),
        ("train --out x --recipe quick", "Expected --corpus; got none. Add for example --corpus demo."),
        ("train --out no-run --resume", "there is no run to resume at no-run"),
        ("train --out x --corpus demo --recipe quik", "Did you mean 'quick'?"),
        ("train --out x --corpus nowhere.csv --recipe quick", "nowhere.csv"),
        ("train --out x --corpus demo --recipe quick --set epochs", "key=value"),
        ("train --out x --corpus demo --recipe quick --map sad", "emotion=emotion"),
        ("evaluate --corpus demo --recipe quick --out x.json", "--protocol"),
        ("evaluate --corpus demo --recipe quick --protocol emobox --out x.json --folds a", "Correct --folds"),
        ("evaluate --corpus demo --recipe quick --protocol emobx --out x.json", "Did you mean 'emobox'?"),
        ("predict a.wav", "--checkpoint"),
        ("predict --checkpoint x", "--text"),
        ("predict a.wav --checkpoint no-such-model", "no-such-model"),
        ("embed --checkpoint x --corpus demo", "--out"),
        ("recipes quik", "Did you mean 'quick'?"),
        ("checkpoints too many", "many"),
    ],
)
def test_a_usage_error_is_one_plain_line_and_status_2(capsys, monkeypatch, tmp_path, line, expected):
    monkeypatch.chdir(tmp_path)
    assert expected in refused(capsys, *line.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "line",
    [
        "listen --seconds nan",
        "record mine --speaker Anna --yes --seconds NaN",
        "track a.wav --checkpoint x --window nan",
        "track a.wav --checkpoint x --pause=-nan",
    ],
)
def test_what_is_no_number_is_refused_before_anything_begins(capsys, monkeypatch, tmp_path, line):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SER_WORKSPACE", str(tmp_path))
    told = refused(capsys, *line.split())
    assert re.search("--(seconds|window|pause)", told)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [["--out", ""], ["--out="]], ids=["apart", "joined"])
@pytest.mark.parametrize("name", ["train", "evaluate", "sweep", "report", "embed", "angles", "manifest", "download"])
def test_an_empty_path_is_not_the_current_folder(capsys, monkeypatch, tmp_path, name, given):
    monkeypatch.chdir(tmp_path)
    line = refused(capsys, name, *given)
    assert line == "Expected a value after --out; got an empty one. Write it, or leave --out out."
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_ends_a_command_with_one_line(capsys, monkeypatch):
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ser_core.cli.protocols.protocols", interrupted)
    assert main(["protocols"]) == 130
    assert capsys.readouterr() == ("", "Stopped.\n")


def test_ctrl_c_while_the_program_is_still_being_read_ends_with_one_line_too(capsys, monkeypatch):
    class Interrupting:
        def find_spec(self, name, *_):
            if name == "ser_core.cli":
                raise KeyboardInterrupt

    for name in [name for name in sys.modules if name.startswith("ser_core.cli")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])
    with pytest.raises(SystemExit, match="130"):
        runpy.run_module("ser_core", run_name="__main__")
    assert capsys.readouterr() == ("", "Stopped.\n")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_polite_kill_and_a_closed_terminal_end_a_command_as_ctrl_c_does(capsys, monkeypatch, number, status):
    monkeypatch.setattr("ser_core.cli.protocols.protocols", lambda: os.kill(os.getpid(), number))
    assert main(["protocols"]) == status
    assert capsys.readouterr() == ("", "Stopped.\n")
    assert signal.getsignal(number) is signal.SIG_DFL


@pytest.mark.parametrize("write_through", [False, True])
@pytest.mark.parametrize("arguments", [["--help"], ["protocols"], ["train", "--help"]])
def test_a_closed_pipe_ends_a_command_without_a_word(capsys, monkeypatch, arguments, write_through):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as pipe:
        pipe.reconfigure(write_through=write_through)
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(arguments) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("write_through", [False, True])
@pytest.mark.parametrize("arguments", [["--help"], ["protocols"], ["train", "--help"]])
def test_a_full_disk_is_told_in_one_line(capsys, monkeypatch, arguments, write_through):
    with Path("/dev/full").open("w", encoding="utf-8") as disk:
        disk.reconfigure(write_through=write_through)
        monkeypatch.setattr(sys, "stdout", disk)
        assert main(arguments) == 2
    assert capsys.readouterr().err == (
        "Expected to print the answer; the system said: No space left on device. Free some space, or print elsewhere.\n"
    )


def test_signs_that_a_terminal_obeys_are_shown(capsys, tmp_path):
    (tmp_path / "t.csv").write_text(",a\x1b[2J,b,c\na\x1b[2J,,10,90\nb,,,10\nc,,,\n", encoding="utf-8")
    assert main(["audit", str(tmp_path / "t.csv")]) == 0
    told = capsys.readouterr().out
    assert "a\\x1b[2J - c is 70.00 degrees more" in told
    assert "\x1b" not in told
    (tmp_path / "t.csv").write_text(",a\x1b[2J\na\x9b2J,\n", encoding="utf-8")
    assert "a\\x1b[2J" in refused(capsys, "audit", str(tmp_path / "t.csv"))


@pytest.mark.parametrize("closed", ["2>&-", "2> >(exit)"])
@pytest.mark.parametrize(
    ("arguments", "status"), [("protocols", 0), ("checkpoints", 0), ("trian", 2), ("audit nothing.csv", 2)]
)
def test_a_command_whose_messages_nobody_reads_ends_as_always(tmp_path, closed, arguments, status):
    line = f"sleep 0.2; exec {shlex.quote(sys.executable)} -m ser_core {arguments} {closed}"
    environment = {**os.environ, "SER_WORKSPACE": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=environment, check=False)
    assert ended.returncode == status
    assert "Expected" not in ended.stdout


def test_recipes_lists_them_and_shows_one_with_the_origin_of_every_value(capsys):
    assert main(["recipes"]) == 0
    assert "\nquick\t" in capsys.readouterr().out
    assert main(["recipes", "quick"]) == 0
    output = capsys.readouterr().out
    assert "stages.0.epochs = " in output
    assert "[our choice]" in output


def test_checkpoints_lists_each_on_a_line_or_says_how_to_get_one(capsys, tiny_run, workspace, tmp_path, monkeypatch):
    monkeypatch.setattr("ser_core.checkpoints.listing.SHIPPED", tmp_path / "nothing")
    assert main(["checkpoints"]) == 0
    assert "python -m ser_core train" in capsys.readouterr().err
    monkeypatch.setattr("ser_core.checkpoints.listing.SHIPPED", tiny_run)
    assert main(["checkpoints"]) == 0
    monkeypatch.setenv("SER_WORKSPACE", str(tmp_path))
    (tmp_path / "checkpoints" / "odd").mkdir(parents=True)
    (tmp_path / "checkpoints" / "odd" / "card.json").write_text('{"version": true}')
    capsys.readouterr()
    assert main(["checkpoints"]) == 0
    output = capsys.readouterr()
    assert output.err.startswith("odd cannot be used. Expected a checkpoint of version 1")
    (line,) = output.out.splitlines()
    name, corpus, recipe, score, licence = line.split("\t")
    assert (name, recipe) == ("checkpoint", "tiny")
    assert score.startswith("test UA ")
    assert score.endswith("% by angle")
    assert corpus
    assert licence
