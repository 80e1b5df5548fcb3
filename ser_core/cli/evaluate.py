"""``evaluate``: a recipe over the folds of a protocol, or a finished model on corpora."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import rich.console
import typer

from ser_core.cli.inputs import require_other_files
from ser_core.cli.mapping import HELP, mapping_of
from ser_core.cli.messages import print_message, print_notes
from ser_core.cli.scoring import score
from ser_core.config import lookup
from ser_core.errors import ConfigError

if TYPE_CHECKING:
    from ser_core.experiments.events import ExperimentEvent
    from ser_core.inference.adapting import Adaptation


def evaluate(
    *,
    corpora: Annotated[
        list[str],
        typer.Option(
            "--corpus", help="KIND:DIR, a table or demo; see `corpora`. With --checkpoint it can be repeated."
        ),
    ],
    out: Annotated[Path, typer.Option(help="JSON file to write; predictions of a recipe lie beside it as parquet.")],
    checkpoint: Annotated[
        str | None, typer.Option(help="Score this finished model, by name or folder, in place of training a recipe.")
    ] = None,
    recipe: Annotated[str | None, typer.Option(help="Name or FILE.toml; see `recipes`.")] = None,
    protocol: Annotated[str | None, typer.Option(help="How to split; see `protocols`.")] = None,
    folds: Annotated[str | None, typer.Option(help="Numbers with commas; all if not given.")] = None,
    assignments: Annotated[
        list[str] | None, typer.Option("--set", help="key=value, for example stages.0.epochs=10; can be repeated.")
    ] = None,
    pairs: Annotated[list[str] | None, typer.Option("--map", help=HELP)] = None,
    seed: Annotated[int, typer.Option(help="Of folds, weights, batches and augmentation, or of drawn clips.")] = 0,
    adapt: Annotated[
        str | None,
        typer.Option(
            help="speaker or corpus: with --checkpoint, take out the mean of each speaker, or of the corpus, by its "
            "unlabelled utterances first. The scores are then called transductive."
        ),
    ] = None,
    adapt_clips: Annotated[
        int | None,
        typer.Option(help="Draw this many clips to adapt by, and score the others; without it all are taken.", min=1),
    ] = None,
    draws: Annotated[int | None, typer.Option(help="Of the clips; 20 if not given.", min=1)] = None,
    keep: Annotated[Path | None, typer.Option(help="Folder in which every fold's model is kept.")] = None,
    workers: Annotated[
        int, typer.Option(help="Processes side by side; 0 takes one per core, as far as there is memory.", min=0)
    ] = 0,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a result that is there.")] = False,
) -> None:
    """Train and test a recipe on every fold, or score a finished model on corpora.

    Test speakers play no part in any choice. Stop it at any time: the same command goes on from there.
    """
    require_other_files([out], [*corpora, recipe])
    console = rich.console.Console(stderr=True)
    if checkpoint is not None:
        from ser_core.experiments.kept_folds import KeptFolds

        given = {"--recipe": recipe, "--protocol": protocol, "--folds": folds, "--set": assignments, "--keep": keep}
        _require_none(given)
        adaptation = _adaptation(adapt, adapt_clips, draws, seed)
        with KeptFolds(out).lock():
            score(
                checkpoint=checkpoint,
                corpora=corpora,
                out=out,
                mapping=mapping_of(pairs),
                overwrite=overwrite,
                console=console,
                adaptation=adaptation,
            )
        typer.echo(str(out))
        return
    adapting = {"--adapt": adapt, "--adapt-clips": adapt_clips, "--draws": draws}
    surplus = next((option for option, value in adapting.items() if value is not None), None)
    if surplus is not None:
        raise ConfigError(f"Expected {surplus} only with --checkpoint, a finished model; got it without. Leave it out.")
    if recipe is None or protocol is None or len(corpora) != 1:
        raise ConfigError(
            "Expected --recipe and --protocol with one --corpus, to train and test a recipe, or --checkpoint with one "
            "or more, to score a finished model; got something else. See: python -m ser_core evaluate --help"
        )
    from ser_core.experiments.evaluation import evaluate as run
    from ser_core.recipes import load_recipe

    try:
        content = run(
            corpus=corpora[0],
            recipe=load_recipe(recipe, assignments or []),
            protocol=protocol,
            out=out,
            folds=numbers_of(folds, "--folds") if folds else [],
            seed=seed,
            workers=workers,
            keep=keep,
            mapping=mapping_of(pairs),
            overwrite=overwrite,
            listener=lambda event: _show(console, event),
        )
    except KeyboardInterrupt:
        print_message(console, "What is done is kept, up to the last whole epoch. The same command goes on from there.")
        raise
    print_message(console, _told(content))
    typer.echo(str(out))


def _require_none(given: Mapping[str, object]) -> None:
    wrong = [option for option, value in given.items() if value]
    if wrong:
        raise ConfigError(
            f"Expected --checkpoint without {', '.join(wrong)}: a finished model is not trained. Leave out one of them."
        )


def _adaptation(scope: str | None, clips: int | None, draws: int | None, seed: int) -> "Adaptation | None":
    from ser_core.inference.adapting import DRAWS, SCOPES, Adaptation

    if scope is None:
        if clips is not None or draws is not None:
            raise ConfigError(
                "Expected --adapt speaker or --adapt corpus beside --adapt-clips and --draws; got none. Add it."
            )
        return None
    lookup("scope of --adapt", scope, dict.fromkeys(SCOPES))
    if clips is None and draws is not None:
        raise ConfigError("Expected --draws only with --adapt-clips: otherwise all clips are taken. Leave it out.")
    used = {"scope": scope, "clips": clips or 0, "draws": 1 if clips is None else draws or DRAWS, "seed": seed}
    return Adaptation.from_table(used, "--adapt")


def numbers_of(text: str, option: str) -> list[int]:
    """Read numbers with commas; raises ConfigError if it is anything else."""
    try:
        return [int(number) for number in text.split(",")]
    except ValueError as error:
        raise ConfigError(f"Expected numbers with commas, like 1,2; got {text!r}. Correct {option}.") from error


def _told(content: dict[str, Any]) -> str:
    """Sum a result up in a sentence for each score."""
    from ser_core.experiments.rating_result import RatingsResult, holds_ratings

    over = f"mean ± standard deviation over {len(content['folds'])} folds of {content['protocol']}"
    if not holds_ratings(content):
        return f"UA {_spread(content, 'uar')}, WA {_spread(content, 'wa')} ({over}, by {content['back_end']})"
    result = RatingsResult.from_table(content)
    each = {"mean": result.ccc} | {name: scores.ccc for name, scores in result.dimensions.items()}
    spreads = ", ".join(f"{name} {found.in_words}" for name, found in each.items())
    return f"CCC {spreads} ({over}); over all test utterances: {result.in_words}"


def _spread(content: dict[str, Any], score: str) -> str:
    deviation = content[f"{score}_std"]
    spread = "" if deviation is None else f" ± {100 * deviation:.1f}"
    return f"{100 * content[f'{score}_mean']:.1f}{spread} %"


def _show(console: rich.console.Console, event: "ExperimentEvent") -> None:
    from ser_core.experiments.events import FoldDone, FoldEpoch, FoldsPlanned

    if isinstance(event, FoldsPlanned):
        print_notes(console, event.notes)
        if event.done:
            print_message(console, f"{event.done} of {event.of} folds were done before, kept in {event.folder}")
    elif isinstance(event, FoldEpoch):
        figures = event.figures
        print_message(
            console,
            f"fold {event.fold} epoch {figures.epoch} {figures.stage} · loss {figures.train_loss:.3f} · "
            f"{figures.seconds_left or 0:.0f} s left in this fold",
        )
    elif isinstance(event, FoldDone):
        fold = event.scores
        print_message(
            console,
            f"fold {fold.fold} ({event.done} of {event.of}): {fold.in_words}, {fold.seconds:.0f} s",
        )
    elif event.done == event.total:
        print_message(console, f"read {event.total} utterances")
