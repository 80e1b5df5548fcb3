"""Command line: one file per command."""

import importlib
import itertools
import math
import re
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import Any, cast

import typer
import typer.main

from ser_core.bugs import write_report
from ser_core.cli.output import OutputError, printed
from ser_core.cli.signals import Terminated, ended_like_ctrl_c
from ser_core.cli.streams import optional_messages, print_any_name, visible
from ser_core.config import lookup
from ser_core.errors import ConfigError, SerError, shortened

# Each command's function has the name of its file; a file is imported only when its command is asked for, so that
# ``--help`` answers at once.
COMMANDS: dict[str, str] = {
    "manifest": "List a corpus folder as a table.",
    "corpora": "List the kinds of corpora, their licences and where to get them.",
    "download": "Fetch a corpus from its publisher.",
    "recipes": "List the recipes, or one recipe's parameters and where each comes from.",
    "protocols": "List the ways to split a corpus.",
    "checkpoints": "List the trained models.",
    "train": "Train a model into a run folder.",
    "calibrate": 'Fit a model\'s confidence and "none of these" on corpora left out of its training.',
    "record": "Record a corpus of your own, prompt after prompt.",
    "recordings": "List, relabel, delete or export the recordings of a corpus of your own.",
    "evaluate": "Train and test a recipe on every fold of a protocol.",
    "sweep": "Train a recipe over a grid of values.",
    "reproduce": "Run the experiments that the reproduction report rests on.",
    "report": "Write the reproduction report from what is kept of its experiments.",
    "voice": "Make a model know one's own voice from a few clips; list, rename or delete such voices.",
    "predict": "Judge recordings.",
    "listen": "Judge speech while it is spoken into this computer's microphone.",
    "track": "Judge a long recording over time.",
    "embed": "Write the embeddings of a corpus as parquet.",
    "angles": "Measure the angles between emotions in a table of embeddings.",
    "space": "Tell in numbers what a table of embeddings, ours or not, holds: speaker or emotion?",
    "audit": "Tell whether a table of angles can exist, and the nearest one that can.",
}
_PROGRAM = "python -m ser_core"

# The base of what a command line can get wrong. Some releases of typer carry a click of their own, others take the
# installed one, so it is found through what typer offers under its own name: BadParameter < UsageError < this.
_UsageProblem = cast(type[Exception], typer.BadParameter.__mro__[2])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command with these arguments, by default those of this process.

    Returns 0; 2 after one line on standard error that says what was expected, what came and what to do; 1 after a line
    that says where the traceback of a bug was written; 130 after Ctrl-C.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    print_any_name()
    with optional_messages():
        try:
            with printed(), ended_like_ctrl_c():
                return _answer(given)
        except OutputError as problem:  # for example by `| head`, which reads no more than it wants
            return 0 if problem.nobody_reads else _refuse(str(problem))


def _answer(given: list[str]) -> int:
    try:
        if not given or given[0] in ("--help", "-h"):
            print(_overview())
            return 0
        if given[0].startswith("-"):
            return _refuse(f"Expected a command; got {given[0]}. Add --help to see them.")
        _refuse_empty(given)
        return _run(given[0], given[1:])
    except SerError as error:
        return _refuse(str(error))
    except _UsageProblem as error:
        message = error.format_message() if hasattr(error, "format_message") else str(error)
        return _refuse(f"{message.rstrip('.')}. Add --help to see what is expected.")
    except Terminated as ended:
        return _refuse("Stopped.", status=128 + ended.number)
    except (typer.Abort, KeyboardInterrupt):
        return _refuse("Stopped.", status=130)
    except OutputError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug: its traceback goes into a file, a sentence to the person
        return _report(error, given)


def _report(error: Exception, given: list[str]) -> int:
    written = write_report(error, " ".join([_PROGRAM, *given]))
    if written is None:
        traceback.print_exception(error)
    where = "stands above and could not be written to the workspace" if written is None else f"was written to {written}"
    reason = shortened(f"{type(error).__name__}: {error}")
    return _refuse(
        f"This is a bug in {_PROGRAM}, not in what you asked for: {reason}. The traceback {where}; "
        "please report it with that text.",
        status=1,
    )


def _refuse_empty(given: list[str]) -> None:
    """Refuse empty values: no option means anything by them, and an empty path would be the current folder."""
    for before, argument in itertools.pairwise(given):
        if not argument or re.fullmatch("--[a-z-]+=", argument):
            option = argument.removesuffix("=") or before
            raise ConfigError(f"Expected a value after {option}; got an empty one. Write it, or leave {option} out.")


def _refuse_no_number(values: Mapping[str, Any]) -> None:
    """Refuse ``nan``, which Python takes for a number, and which lies inside every range."""
    for name, value in values.items():
        if isinstance(value, float) and math.isnan(value):
            option = f"--{name.replace('_', '-')}"
            raise ConfigError(f"Expected a number for {option}; got nan. Write one, or leave {option} out.")


def _run(name: str, arguments: list[str]) -> int:
    lookup("command", name, COMMANDS)
    module = importlib.import_module(f"ser_core.cli.{name}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name=name)(getattr(module, name))
    command = typer.main.get_command(app)
    try:
        # Not the command's own main(), which deals with Ctrl-C and closed pipes in its own way.
        with command.make_context(f"{_PROGRAM} {name}", arguments) as context:
            _refuse_no_number(context.params)
            command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    return 0


def _overview() -> str:
    width = max(map(len, COMMANDS))
    return "\n".join(
        [
            f"Usage: {_PROGRAM} COMMAND [ARGUMENTS]   ({_PROGRAM} COMMAND --help shows its arguments)",
            "",
            "Train small speech-emotion models and look into the geometry of what they learn.",
            "",
            *(f"  {name:<{width}}  {what}" for name, what in COMMANDS.items()),
        ]
    )


def _refuse(message: str, status: int = 2) -> int:
    print(visible(shortened(" ".join(message.split()))), file=sys.stderr)
    return status
