"""``report``: the reproduction report from kept results."""

from pathlib import Path
from typing import Annotated

import typer

_ON_RAVDESS = "ravdess-residual"  # Kumar et al. trained on RAVDESS alone


def report(
    *,
    results: Annotated[Path, typer.Option(help="Folder of what is kept.")] = Path("docs/results/reproduction"),
    out: Annotated[Path, typer.Option(help="Markdown file to write.")] = Path("docs/reproduction.md"),
    checkpoint: Annotated[str, typer.Option(help="Trained on RAVDESS; its angles stand beside Kumar's.")] = _ON_RAVDESS,
) -> None:
    """Write the report: one row per claim, with its verdict."""
    from ser_core.checkpoints.listing import find
    from ser_core.reproduction.plan import shipped_plan
    from ser_core.reproduction.report import report as written
    from ser_core.storage import require_writable, write_text_atomically

    require_writable(out)
    write_text_atomically(out, written(shipped_plan(), results, find(checkpoint)))
    typer.echo(str(out))
