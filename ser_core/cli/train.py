"""``train``: one run, in this process, with a progress bar."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import rich.console
import rich.progress
import typer

from ser_core.cli.mapping import HELP, mapping_of
from ser_core.cli.messages import print_corpus, print_message
from ser_core.errors import ConfigError
from ser_core.written_numbers import fixed

if TYPE_CHECKING:
    from ser_core.corpora import Manifest
    from ser_core.training.events import EpochFigures, RunEvent


def train(
    *,
    out: Annotated[Path, typer.Option(help="Folder of the run; new, or one to --resume.")],
    corpora: Annotated[
        list[str] | None,
        typer.Option(
            "--corpus",
            help="KIND:DIR, a table (.csv, .tsv, .parquet) or demo; see `corpora`. Repeated: trained on together.",
        ),
    ] = None,
    recipe: Annotated[str | None, typer.Option(help="Name or FILE.toml; see `recipes`.")] = None,
    protocol: Annotated[
        str | None, typer.Option(help="How to split; see `protocols`. [default: held-out-speakers]")
    ] = None,
    fold: Annotated[int | None, typer.Option(help="Which of the protocol's folds. [default: 1]")] = None,
    assignments: Annotated[
        list[str] | None, typer.Option("--set", help="key=value, for example stages.0.epochs=10; can be repeated.")
    ] = None,
    pairs: Annotated[list[str] | None, typer.Option("--map", help=HELP)] = None,
    seed: Annotated[int | None, typer.Option(help="Of split, weights, batches and augmentation. [default: 0]")] = None,
    snapshots: Annotated[
        int | None,
        typer.Option(help="Keep the space every so many epochs, to see it being learned; 0 keeps none. [default: 0]"),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that is in --out.")] = False,
    # Whoever starts a run in the background may ask it to stop before it is awake.
    heed_stop: Annotated[bool, typer.Option("--heed-stop", hidden=True)] = False,
) -> None:
    """Train a model; the finished checkpoint lies in OUT/checkpoint."""
    from ser_core.corpora.joining import SEPARATOR
    from ser_core.training.plan import CONFIG, make_plan, read_plan
    from ser_core.training.run import train_run
    from ser_core.training.snapshots import size_text

    if resume and (out / CONFIG).exists():
        given: dict[str, object] = {
            "--corpus": corpora or None,
            "--recipe": recipe,
            "--protocol": protocol,
            "--fold": fold,
            "--seed": seed,
            "--set": assignments or None,
            "--map": pairs or None,
            "--snapshots": snapshots,
        }
        named = [option for option, value in given.items() if value is not None]
        if named:
            raise ConfigError(
                f"Expected --resume without {', '.join(named)}, since the run keeps the settings it was started with. "
                "Leave them out, or start a new run in another --out."
            )
        plan = read_plan(out)
    elif not corpora or recipe is None:
        examples = {"--corpus demo": corpora or None, "--recipe quick": recipe}
        missing = [example for example, value in examples.items() if value is None]
        raise ConfigError(
            f"Expected {' and '.join(example.split()[0] for example in missing)}"
            f"{f' (there is no run to resume at {out})' if resume else ''}; got none. "
            f"Add for example {' '.join(missing)}."
        )
    else:
        plan = make_plan(
            corpus=SEPARATOR.join(corpora),
            recipe=recipe,
            protocol=protocol or "held-out-speakers",
            fold=1 if fold is None else fold,
            seed=seed or 0,
            overrides=assignments or [],
            mapping=mapping_of(pairs),
            snapshots=snapshots or 0,
        )
    if plan.snapshots:
        typer.echo(f"Snapshots of the space: {size_text(plan.recipe, plan.fold, plan.snapshots)}.", err=True)
    with _Terminal(plan.manifest) as terminal:
        checkpoint = train_run(out, plan, resume=resume, heed_stop=heed_stop, listener=terminal.show)
    if checkpoint is None:
        typer.echo(f"Stopped. Go on with: python -m ser_core train --out {out} --resume", err=True)
        raise typer.Exit(130)
    typer.echo(str(checkpoint))


class _Terminal:
    """Shows a run's events on standard error: a bar in a terminal, a line per epoch otherwise."""

    def __init__(self, manifest: "Manifest") -> None:
        self.manifest = manifest
        self.console = rich.console.Console(stderr=True)
        self.bar = rich.progress.Progress(
            rich.progress.TextColumn("{task.description}"),
            rich.progress.BarColumn(),
            rich.progress.TaskProgressColumn(),
            rich.progress.TextColumn("{task.fields[left]}"),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.task = self.bar.add_task("reading", total=1.0, left="")
        self.epochs = 1
        self.judged = False

    def __enter__(self) -> "_Terminal":
        self.bar.__enter__()
        return self

    def __exit__(self, *details: object) -> None:
        self.bar.stop()

    def show(self, event: "RunEvent") -> None:
        from ser_core.training.events import BatchFigures, CorpusReading, EpochFigures, RunFinished, RunNote, RunStarted

        if isinstance(event, RunStarted):
            print_corpus(self.console, self.manifest)
            self.epochs = max(1, event.total_epochs)
        elif isinstance(event, CorpusReading):
            self.bar.update(self.task, completed=event.done / event.total, description="reading")
        elif isinstance(event, RunNote):
            print_message(self.console, event.text)
        elif isinstance(event, BatchFigures):
            done = event.epoch - 1 + event.batch / event.batches
            self.bar.update(
                self.task,
                completed=done / self.epochs,
                description=f"epoch {event.epoch}/{self.epochs}",
                left=f"{_clock(event.seconds_left or 0.0)} left",
            )
        elif isinstance(event, EpochFigures):
            self.judged |= event.development_uar is not None
            print_message(self.console, _line(event, self.epochs))
        elif isinstance(event, RunFinished):
            self.bar.update(self.task, completed=1.0, description="finished", left="")
            if self.judged:
                print_message(self.console, _which_directions())
            for part, found in event.metrics.items():
                figures = ", ".join(
                    f"{name} UA {100 * score.uar:.1f} WA {100 * score.wa:.1f}" for name, score in found.items()
                )
                print_message(self.console, f"{part} (%): {figures}")
            for part, tasks in event.task_metrics.items():
                for name, measured in tasks.items():
                    figures = ", ".join(f"{metric} {fixed(value, 3)}" for metric, value in measured.items())
                    print_message(self.console, f"{part}, {name}: {figures}")


def _which_directions() -> str:
    """Say why the last epoch's figure by angle can differ from that of the finished model."""
    from ser_core.training.loop import UTTERANCES_FOR_DIRECTIONS

    return (
        f"By angle, the epochs above were judged with directions from {UTTERANCES_FOR_DIRECTIONS} training utterances "
        "of each emotion, to save time; the finished model below has directions from all of them."
    )


def _line(figures: "EpochFigures", epochs: int) -> str:
    parts = [f"epoch {figures.epoch}/{epochs} {figures.stage}", f"loss {figures.train_loss:.3f}"]
    if figures.development_uar is not None and figures.development_uar_angle is not None:
        parts.append(
            f"development UA {100 * figures.development_uar:.1f} % by head, "
            f"{100 * figures.development_uar_angle:.1f} % by angle"
        )
    if "development_ccc" in figures.further:
        parts.append(f"development CCC {fixed(figures.further['development_ccc'], 3)}")
    if "active_fraction" in figures.further:
        parts.append(f"{100 * figures.further['active_fraction']:.0f} % of triplets active")
    if figures.further.get("clipped_fraction"):
        parts.append(f"{100 * figures.further['clipped_fraction']:.0f} % of gradients clipped")
    return " · ".join([*parts, f"{_clock(figures.seconds_left or 0.0)} left"])


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
