"""``checkpoints``: which trained models there are."""

import typer

from ser_core.checkpoints import available, unreadable


def checkpoints() -> None:
    """List the trained models with corpus, recipe, unheard-speaker score and licence."""
    for name, reason in unreadable():
        typer.echo(f"{name} cannot be used. {' '.join(reason.split())}", err=True)
    entries = available()
    if not entries:
        typer.echo("No model yet. Train one with: python -m ser_core train --help", err=True)
    for entry in entries:
        card = entry.card
        score = card["metrics"].get("test", {}).get(card["back_end"])
        shown = f"test UA {100 * score['uar']:.1f} % by {card['back_end']}" if score else "no test score"
        typer.echo(f"{entry.name}\t{card['corpus']}\t{card['recipe']}\t{shown}\t{card['licence']}")
