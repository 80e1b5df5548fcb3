"""``reproduce``: the experiments of the reproduction report."""

from pathlib import Path
from typing import Annotated

import rich.console
import typer

from ser_core.cli.messages import print_message


def reproduce(
    *,
    corpora: Annotated[
        list[str],
        typer.Option("--corpus", help="KIND:DIR of each corpus at hand, or demo; others' experiments are left out."),
    ],
    results: Annotated[Path, typer.Option(help="Folder in which they are kept.")] = Path("docs/results/reproduction"),
    only: Annotated[str | None, typer.Option(help="Names of experiments with commas.")] = None,
    in_full: Annotated[
        bool,
        typer.Option("--in-full", help="Shorten nothing: for a GPU, or for days; a column of its own."),
    ] = False,
    workers: Annotated[
        int, typer.Option(help="Processes side by side; 0 takes one per core, as far as there is memory.", min=0)
    ] = 0,
) -> None:
    """Run every experiment that is not kept yet; stop it at any time, the same command goes on."""
    from ser_core.cli.sweep import SweepReporter
    from ser_core.config import lookup
    from ser_core.errors import ConfigError
    from ser_core.experiments.sweep_run import run_sweep
    from ser_core.reproduction.plan import shipped_plan
    from ser_core.reproduction.saving import IN_FULL, save_experiment
    from ser_core.storage import require_writable
    from ser_core.workspace import reproduction_directory

    console = rich.console.Console(stderr=True)
    at_hand = {given.partition(":")[0]: given for given in corpora}
    if not all(given == "demo" or given.partition(":")[2] for given in corpora):
        raise ConfigError(f"Expected KIND:DIR or demo for each --corpus; got {', '.join(corpora)}. See `corpora`.")
    named = {experiment.name: experiment for experiment in shipped_plan().experiments}
    swept_in, kept_in = (place / IN_FULL if in_full else place for place in (reproduction_directory(), results))
    for name in only.split(",") if only else named:
        experiment = lookup("experiment", name, named)
        if experiment.corpus not in at_hand:
            print_message(console, f"{name}: left out, there is no --corpus {experiment.corpus_option()}")
            continue
        print_message(console, f"{name}:")
        sweep = experiment.full_sweep() if in_full else experiment.shortened_sweep()
        swept = swept_in / (experiment.full_name() if in_full else name)
        require_writable(kept_in / f"{name}.json")
        content = run_sweep(
            sweep,
            corpus=at_hand[experiment.corpus],
            out=swept,
            workers=workers,
            listener=SweepReporter(console),
        )
        save_experiment(experiment, sweep, content, swept, kept_in)
        typer.echo(str(kept_in / f"{name}.json"))
