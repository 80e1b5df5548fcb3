"""``sweep``: a recipe over a grid of values."""

import dataclasses
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import rich.console
import rich.table
import rich.text
import typer

from ser_core.cli.evaluate import numbers_of
from ser_core.cli.mapping import HELP, mapping_of
from ser_core.cli.messages import print_message, print_notes

if TYPE_CHECKING:
    from ser_core.experiments.events import ExperimentEvent


def sweep(
    name: Annotated[str | None, typer.Argument(help="Name or FILE.toml; without it, the sweeps are listed.")] = None,
    *,
    corpus: Annotated[str, typer.Option(help="KIND:DIR, a table (.csv, .tsv, .parquet) or demo; see `corpora`.")] = "",
    out: Annotated[Path | None, typer.Option(help="Folder of the sweep; one that was stopped goes on.")] = None,
    seeds: Annotated[str | None, typer.Option(help="Numbers with commas; by default those of the sweep.")] = None,
    folds: Annotated[str | None, typer.Option(help="Numbers with commas; by default those of the sweep.")] = None,
    protocol: Annotated[str | None, typer.Option(help="How to split; by default as the sweep says.")] = None,
    assignments: Annotated[
        list[str] | None, typer.Option("--set", help="key=value for every point, for example stages.0.epochs=10.")
    ] = None,
    pairs: Annotated[list[str] | None, typer.Option("--map", help=HELP)] = None,
    workers: Annotated[
        int, typer.Option(help="Processes side by side; 0 takes one per core, as far as there is memory.", min=0)
    ] = 0,
) -> None:
    """Train every point of a sweep that is not done yet; stop it at any time, the same command goes on."""
    from ser_core.errors import ConfigError
    from ser_core.experiments.sweep import load_sweep, shipped_sweeps
    from ser_core.experiments.sweep_run import run_sweep

    console = rich.console.Console(stderr=True)
    if name is None:
        for shipped in shipped_sweeps():
            typer.echo(f"{shipped}: {load_sweep(shipped).title}")
        return
    chosen = load_sweep(name)
    if not corpus or out is None:
        raise ConfigError(f"Expected --corpus and --out; got {name!r} alone. Name the corpus and a folder to write to.")
    changes: dict[str, Any] = {}
    if seeds:
        changes["seeds"] = tuple(numbers_of(seeds, "--seeds"))
    if folds:
        changes["folds"] = tuple(numbers_of(folds, "--folds"))
    if protocol:
        changes["protocol"] = protocol
    changes["overrides"] = (*chosen.overrides, *(assignments or ()))
    content = run_sweep(
        dataclasses.replace(chosen, **changes),
        corpus=corpus,
        out=out,
        mapping=mapping_of(pairs),
        workers=workers,
        listener=SweepReporter(console),
    )
    console.print(_summary(content))
    typer.echo(str(out / "sweep.json"))


class SweepReporter:
    """Prints the score of each fold and the remaining time."""

    def __init__(self, console: rich.console.Console) -> None:
        self.console = console
        self.began = time.monotonic()
        self.done_before = 0

    def __call__(self, event: "ExperimentEvent") -> None:
        """Print an event of :func:`ser_core.experiments.sweep_run.run_sweep`."""
        from ser_core.experiments.events import FoldDone, FoldsPlanned

        if isinstance(event, FoldsPlanned):
            print_notes(self.console, event.notes)
            self.done_before = event.done
            print_message(self.console, f"{event.of} folds to train, {event.done} of them are done")
        elif isinstance(event, FoldDone):
            passed = time.monotonic() - self.began
            left = passed / (event.done - self.done_before) * (event.of - event.done)
            fold = event.scores
            print_message(
                self.console,
                f"{event.done} of {event.of}: {event.point}, seed {event.seed}, fold {fold.fold}: "
                f"{fold.in_words}, {fold.seconds:.0f} s · about {left / 60:.0f} min left",
            )


def _summary(content: dict[str, Any]) -> rich.table.Table:
    table = rich.table.Table("point", "seeds", "UA % (mean over seeds)", "WA %")
    for point in dict.fromkeys(row["point"] for row in content["points"]):
        rows = [row for row in content["points"] if row["point"] == point]
        means = [sum(row[key] for row in rows) / len(rows) for key in ("uar_mean", "wa_mean")]
        table.add_row(rich.text.Text(point), str(len(rows)), *(f"{100 * mean:.1f}" for mean in means))
    return table
