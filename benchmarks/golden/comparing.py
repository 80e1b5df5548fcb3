"""What two trees wrote, bit for bit: tensors, columns of tables, numbers of result files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import safetensors.numpy

Values = Mapping[str, np.ndarray]
Comparison = tuple[str, Values, Values]  # what is compared, before, now

_SCORES = ("uar", "wa", "macro_f1", "confusion", "temperature", "ranges_degrees", "epochs")
# A tensor of the present tree is compared under the name that it had: present start of a name → former start.
RENAMED: Mapping[str, str] = {}


@dataclass(frozen=True)
class Difference:
    """How two sets of arrays differ.

    Attributes:
        names: of the arrays that are not equal bit for bit, or that the present side lacks.
        absolute: the largest difference of two numbers.
        relative: the largest difference of two numbers as a part of the largest number that their array held before.
        worst: the arrays in which these two are; none where no numbers can be compared.
        of: number of arrays.
    """

    names: tuple[str, ...]
    absolute: float
    relative: float
    worst: tuple[str, ...]
    of: int

    def line(self) -> str:
        """Say it in one line."""
        if not self.names:
            return f"{self.of} equal"
        named = f"{', '.join(self.names[:3])}{' …' if len(self.names) > 3 else ''}"
        most = ""
        if self.worst:
            absolute, relative = self.worst
            most = f"; at most by {self.absolute:.3g} ({absolute}), relative {self.relative:.3g} ({relative})"
        return f"{len(self.names)} of {self.of} differ ({named}){most}"


def difference(before: Values, now: Values) -> Difference:
    """Compare arrays by name; what only the present side has is an addition, and no difference.

    Examples:
        >>> old, new = {"a": np.array([1.0, 2.0])}, {"a": np.array([1.0, 2.5]), "added": np.array([1])}
        >>> difference(old, new).line()
        '1 of 1 differ (a); at most by 0.5 (a), relative 0.25 (a)'
        >>> difference(old, old).line()
        '1 equal'
    """
    names: list[str] = []
    gaps: dict[str, float] = {}
    shares: dict[str, float] = {}
    for name, former in before.items():
        present = now.get(name)
        if present is not None and _same_bits(former, present):
            continue
        names.append(name)
        if present is not None and present.shape == former.shape and "O" not in (former.dtype.kind, present.dtype.kind):
            numbers = former.astype(np.float64)
            gaps[name] = float(np.abs(present.astype(np.float64) - numbers).max())
            shares[name] = gaps[name] / (float(np.abs(numbers).max()) or 1.0)
    worst = (max(gaps, key=gaps.__getitem__), max(shares, key=shares.__getitem__)) if gaps else ()
    return Difference(
        tuple(names), max(gaps.values(), default=0.0), max(shares.values(), default=0.0), worst, len(before)
    )


def comparisons_of_embedding(before: Path, now: Path) -> list[Comparison]:
    """Pair what ``embed --out`` wrote: embeddings, probabilities, angles, predictions."""
    kinds = {"embeddings": "embedding", "probabilities": "probability_", "angles": "angle_", "predictions": "predicted"}
    former, present = _columns(before), _columns(now)
    return [(kind, _starting(former, start), _starting(present, start)) for kind, start in kinds.items()]


def comparisons_of_fold(before: Path, now: Path) -> list[Comparison]:
    """Pair what ``evaluate --out FOLDER/result.json --keep FOLDER/kept`` wrote about one fold."""
    former, present = _fold(before), _fold(now)
    folder = "kept/fold-1"
    tested = _columns(before / "result.predictions.parquet"), _columns(now / "result.predictions.parquet")
    return [
        ("weights", _tensors(before / folder), _tensors(now / folder)),
        *comparisons_of_embedding(before / folder / "atlas.parquet", now / folder / "atlas.parquet"),
        ("predictions of every stage and back end", *(_starting(side, "predicted") for side in tested)),
        ("scores, temperature and ranges", former, present),
    ]


def _same_bits(first: np.ndarray, second: np.ndarray) -> bool:
    if first.dtype != second.dtype or first.shape != second.shape:
        return False
    if first.dtype.kind == "O":
        return bool((first == second).all())
    return np.ascontiguousarray(first).tobytes() == np.ascontiguousarray(second).tobytes()


def _tensors(checkpoint: Path) -> dict[str, np.ndarray]:
    found = {}
    for name, tensor in safetensors.numpy.load_file(checkpoint / "weights.safetensors").items():
        start = next((start for start in RENAMED if name.startswith(start)), "")
        found[RENAMED.get(start, "") + name.removeprefix(start)] = tensor
    return found


def _columns(path: Path) -> dict[str, np.ndarray]:
    table = pandas.read_parquet(path)
    return {
        name: np.stack(list(column)) if name == "embedding" else column.to_numpy() for name, column in table.items()
    }


def _starting(columns: Values, start: str) -> dict[str, np.ndarray]:
    return {name: values for name, values in columns.items() if name.startswith(start)}


def _fold(folder: Path) -> dict[str, np.ndarray]:
    content: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    (fold,) = content["folds"]
    told = {name: fold[name] for name in _SCORES}
    told["ranges_degrees"] = list(told["ranges_degrees"].values())
    return {name: np.array(value) for name, value in told.items()}
