"""A space that forms, as plain numbers for the component that draws it in the browser."""

from dataclasses import asdict
from typing import Any

import numpy as np

from ser_core.embeddings.forming import FormingEpoch, FormingSpace, PartFigures
from ser_core.plots.categories import looks
from ser_core.types import FloatArray

THOUSAND = 1000  # places are sent as whole thousandths of the unit circle's radius


def forming_values(formed: FormingSpace, *, learning: bool = False) -> dict[str, Any]:
    """Turn a space that forms into what JSON can hold.

    Args:
        formed: its epochs so far.
        learning: whether further epochs come: then the number of the last one is not told as if it were the end.

    Returns:
        ``classes`` with name, colour and symbol; ``codes`` and ``heard`` of each utterance; ``chance``; ``epochs``,
        each with ``points`` and ``directions`` as x, y, x, y… in thousandths, and ``parts``: the figures of the heard
        voices, and of the others or ``None``.
    """
    known = {one.name: one for one in looks(formed.classes)}
    return {
        "classes": [asdict(known[name]) for name in formed.classes],
        "codes": formed.codes.tolist(),
        "heard": formed.training.astype(int).tolist(),
        "chance": formed.chance,
        "epochs": [_epoch(one, "" if learning else f" of {formed.epochs[-1].epoch}") for one in formed.epochs],
    }


def _epoch(one: FormingEpoch, of_last: str) -> dict[str, Any]:
    return {
        "epoch": one.epoch,
        "stage": one.stage,
        "title": f"Epoch {one.epoch}{of_last}, {one.stage}" if one.epoch else "Before training",
        "points": _thousandths(one.points),
        "directions": _thousandths(one.directions),
        "parts": [_part(part) if part is not None else None for part in (one.heard, one.unheard)],
    }


def _part(part: PartFigures) -> dict[str, Any]:
    angles = [[None if np.isnan(angle) else round(float(angle), 1) for angle in row] for row in part.angles]
    ratio = part.ratio if np.isfinite(part.ratio) else 0.0  # the picture draws none there
    return {"angles": angles, "ratio": round(ratio, 4), "accuracy": round(part.accuracy, 4), "own": round(part.own, 1)}


def _thousandths(places: FloatArray) -> list[int]:
    found: list[int] = np.rint(places * THOUSAND).astype(int).ravel().tolist()
    return found
