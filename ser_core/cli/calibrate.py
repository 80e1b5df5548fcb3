"""``calibrate``: fit a model's confidence and "none of these" on corpora left out of the training."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import rich.console
import typer

from ser_core.cli.messages import print_message
from ser_core.errors import ConfigError
from ser_core.written_numbers import counted, fixed

if TYPE_CHECKING:
    from ser_core.evaluation.left_out import FittedOnLeftOut, LeftOutCorpus


def calibrate(
    *,
    checkpoint: Annotated[str, typer.Option(help="Name or folder of the model that is to be fitted.")],
    corpora: Annotated[
        list[str], typer.Option("--corpus", help="KIND:DIR, each that the model was trained on; repeated.")
    ],
    keep: Annotated[
        Path | None, typer.Option(help="Folder for what is done so far. [default: left-out/ in the workspace's cache]")
    ] = None,
) -> None:
    """Fit a model's confidence and its "none of these" so that they hold for people unlike those of its training.

    Each corpus that the model learned from is left out once: its recipe is trained on the others alone, and judges it.
    One temperature is fitted to all these answers, and every range widened until nine in ten of them lie inside that of
    their own emotion. Stop it at any time: the same command goes on from there.
    """
    from ser_core.checkpoints.listing import find
    from ser_core.checkpoints.refitting import development_fit, refit
    from ser_core.corpora import open_corpus
    from ser_core.corpora.joining import SEPARATOR
    from ser_core.evaluation.left_out import fit_on_left_out
    from ser_core.storage import require_writable
    from ser_core.training.device import keep_freed_memory, one_thread
    from ser_core.training.examples import load_examples
    from ser_core.training.left_out import answers_without, left_out_folds, training_fold
    from ser_core.workspace import cache_directory

    console = rich.console.Console(stderr=True)
    folder, kept = find(checkpoint), keep or cache_directory() / "left-out"
    temperature, ranges = development_fit(folder)
    card, fold, manifest = training_fold(folder, open_corpus(SEPARATOR.join(corpora)))
    folds = left_out_folds(manifest, fold, seed=card.seed)
    if not folds:
        raise ConfigError(
            f"Expected a model that was trained on several corpora which share emotions, to leave each out in turn; "
            f"{card.name} learned from {card.corpus} alone. Its confidence stays as development speakers set it."
        )
    for place in (folder.parent, kept):  # before hours of work
        require_writable(place / "left-out.json")
    keep_freed_memory()
    with one_thread():
        with console.status("reading") as status:

            def progress(done: int, of: int) -> None:
                status.update(f"reading {done} of {of}")

            examples = load_examples(manifest, card.settings, cache=cache_directory(), progress=progress)
        answers = []
        for number, one in enumerate(folds, 1):
            print_message(console, f"{number} of {len(folds)}: training without {one.corpus}, then judging it")
            answers.append(
                answers_without(
                    manifest,
                    one,
                    card.settings,
                    examples,
                    seed=card.seed,
                    folder=kept,
                )
            )
    found = fit_on_left_out(answers, temperature=temperature, ranges=ranges)
    refit(folder, found)
    for line in (_fit(found), *map(_corpus, found.corpora)):
        print_message(console, line)
    typer.echo(str(folder))


def _fit(found: "FittedOnLeftOut") -> str:
    return (
        f"temperature {found.temperature:.2f}, by development speakers {found.temperature_by_development:.2f}; "
        f"every range {fixed(found.widened_degrees, 1, signed=True)} degrees"
    )


def _corpus(one: "LeftOutCorpus") -> str:
    return (
        f"{one.corpus}: {counted(one.utterances, 'utterance')} by "
        f"{counted(one.speakers, 'speaker')}, accuracy {100 * one.accuracy:.1f} %; "
        f"calibration error {100 * one.ece:.1f} %, inside the range of their emotion {100 * one.covered:.1f} %; by its "
        f"own development speakers {100 * one.ece_by_development:.1f} and {100 * one.covered_by_development:.1f} %"
    )
