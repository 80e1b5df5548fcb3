"""An exception that nobody expected ended a command in a traceback, and a page in links to search engines."""

import importlib.util
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.web.server.app_discovery import discover_asgi_app

from ser_core.bugs import write_report
from ser_core.cli import main, protocols
from ui.errors import show_bug

REPOSITORY = Path(__file__).resolve().parents[2]
BUGS = [
    KeyError("folds"),
    RecursionError("maximum recursion depth exceeded"),
    OSError("\udcff\x1b[2J"),
    ValueError("x" * 10_000),
]


def broken(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let the command ``protocols`` have a bug."""

    def command() -> None:
        raise error

    monkeypatch.setattr(protocols, "protocols", command)


@pytest.mark.parametrize("error", BUGS, ids=lambda error: type(error).__name__)
def test_a_bug_in_a_command_is_one_sentence_that_says_where_its_traceback_is(workspace, monkeypatch, capsys, error):
    broken(monkeypatch, error)
    assert main(["protocols"]) == 1
    output = capsys.readouterr()
    (line,) = output.err.splitlines()
    (report,) = (workspace / "bugs").iterdir()
    assert output.out == ""
    assert line.startswith("This is a bug in python -m ser_core")
    assert str(report) in line
    assert len(line) < 1000
    text = report.read_text(encoding="utf-8")
    assert "doing:   python -m ser_core protocols" in text
    assert "Traceback (most recent call last)" in text
    assert "raise error" in text


def test_a_bug_in_a_command_prints_its_traceback_where_the_workspace_cannot_be_written(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SER_WORKSPACE", str(tmp_path / "file"))
    broken(monkeypatch, KeyError("folds"))
    assert main(["protocols"]) == 1
    *trace, line = capsys.readouterr().err.splitlines()
    assert trace[0] == "Traceback (most recent call last):"
    assert "could not be written" in line


def test_a_bug_that_is_met_again_and_again_has_one_report(workspace):
    def meet(number: int) -> Path | None:
        try:
            raise KeyError(number)
        except KeyError as error:
            return write_report(error, "a test")

    assert len({meet(number) for number in range(50)}) == 1
    assert len(list((workspace / "bugs").iterdir())) == 1


def test_a_bug_on_a_page_is_told_without_links_and_without_its_traceback(workspace):
    def page() -> None:
        from ui.errors import show_bug

        try:
            raise ValueError("secret of the server")
        except ValueError as error:
            show_bug(error)

    shown = AppTest.from_function(page).run()
    (message,) = shown.error
    (report,) = (workspace / "bugs").iterdir()
    assert "This is a bug in the app" in message.value
    assert report.name in message.value
    assert "secret" not in message.value
    assert "http" not in message.value
    assert not shown.exception


def test_streamlit_hands_every_uncaught_exception_of_the_app_to_us():
    found = discover_asgi_app(REPOSITORY / "app.py")  # what `streamlit run app.py` asks
    assert (found.is_asgi_app, found.import_string) == (True, "app:app")
    spec = importlib.util.spec_from_file_location("app", REPOSITORY / "app.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.app._on_script_error is show_bug
