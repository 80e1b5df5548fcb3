"""``protocols``: the ways in which a corpus is divided for an evaluation."""

import typer

from ser_core.corpora.protocols import PROTOCOLS


def protocols() -> None:
    """List the protocols, and whether their test speakers are unheard."""
    for number, protocol in enumerate(PROTOCOLS.values()):
        heard = "test speakers unheard" if protocol.speaker_independent else "TEST SPEAKERS HEARD IN TRAINING"
        typer.echo(("\n" if number else "") + f"{protocol.name}  ({heard})\n  {protocol.description}")
