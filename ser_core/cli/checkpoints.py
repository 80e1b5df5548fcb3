"""``checkpoints``: list of trained models, and the reliability of one's probabilities."""

from pathlib import Path
from typing import Annotated

import typer

from ser_core.checkpoints import available, find, unreadable
from ser_core.checkpoints.card import Card
from ser_core.written_numbers import fixed


def checkpoints(
    *,
    measure: Annotated[
        str | None,
        typer.Option(help="Name or folder of one: print the reliability of its probabilities and ranges."),
    ] = None,
    scores: Annotated[
        Path | None, typer.Option(help="File of `evaluate --checkpoint`, to be written into that model's card.")
    ] = None,
) -> None:
    """List the trained models with corpus, recipe, unheard-speaker score and licence."""
    if measure is not None:
        _measure(measure)
    if scores is not None:
        _add_scores(scores)
    if measure is not None or scores is not None:
        return
    for name, reason in unreadable():
        typer.echo(f"{name} cannot be used. {' '.join(reason.split())}", err=True)
    entries = available()
    if not entries:
        typer.echo("No model yet. Train one with: python -m ser_core train --help", err=True)
    for entry in entries:
        card = entry.card
        shown = _score(card)
        typer.echo(f"{entry.name}\t{card.corpus}\t{card.recipe}\t{shown}\t{card.licence}")


def _score(card: Card) -> str:
    from ser_core.tasks import RATINGS

    score, ratings = card.test_score, card.task_metrics.get("test", {}).get(RATINGS, {})
    if score:
        return f"test UA {100 * score.uar:.1f} % by {card.back_end}"
    return f"test CCC {fixed(ratings['ccc'], 2)} of ratings" if "ccc" in ratings else "no test score"


def _measure(name: str) -> None:
    from ser_core.checkpoints.measuring import measure
    from ser_core.checkpoints.words import reliability_in_words

    folder = find(name)
    for paragraph in reliability_in_words(measure(folder)):
        typer.echo(paragraph)


def _add_scores(path: Path) -> None:
    from ser_core.checkpoints.elsewhere import worth_in_a_sentence
    from ser_core.checkpoints.measuring import add_scores

    folder, card = add_scores(path)
    typer.echo(f"{folder}: {worth_in_a_sentence(card)}")
