"""Tables printed in the papers, beside ours of the same setting."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ser_core.evaluation.metrics import confusion
from ser_core.evaluation.published import PRINTED_CONFUSIONS
from ser_core.evaluation.statistics import mean_confusion
from ser_core.geometry.angle_table import angle_table
from ser_core.geometry.angles import class_angle_matrix, class_directions
from ser_core.geometry.audit import audit_angles
from ser_core.geometry.correlation import smallest_eigenvalue
from ser_core.geometry.published import PRINTED_ANGLES, PrintedAngles
from ser_core.inference import Atlas
from ser_core.recipes import load_recipe
from ser_core.reproduction.plan import ClaimSystem
from ser_core.reproduction.saving import SavedExperiment
from ser_core.types import FloatArray
from ser_core.written_numbers import fixed

# Kept experiments that have all four of Dai's settings, with the speakers heard as in the paper.
_DAI_EXPERIMENTS = ("dai-ravdess-heard", "dai-emodb-heard")
_OTHER = "other"


def printed_tables(kept: Mapping[str, SavedExperiment | None], checkpoint: Path) -> str:
    """Write the sections of printed tables; the checkpoint's angles on RAVDESS stand beside those of Kumar et al."""
    return "\n".join([_confusions(kept), _others_accuracies(), _angles(checkpoint)])


def _confusions(kept: Mapping[str, SavedExperiment | None]) -> str:
    """Dai's four matrices, and ours in the same four settings."""
    parts = [
        "## Dai's confusion matrices beside ours\n",
        "Percent of each true emotion. Theirs: IEMOCAP, four emotions, mean of five cross-validations. Ours, from what "
        "is kept of the same settings: other corpora, acted, with more emotions (answers among those stand under "
        "*other*), shortened as their experiments say, mean over folds and seeds. Speakers are heard in both.\n",
    ]
    for recipe, printed in PRINTED_CONFUSIONS.items():
        columns = {f"IEMOCAP ({printed.place})": (printed.labels, printed.shares)}
        point = {"input": load_recipe(recipe).front_end.kind, "lambda": _weight(recipe)}
        for name in _DAI_EXPERIMENTS:
            found = kept.get(name)
            if found is not None:
                ours = _shares(found, ClaimSystem(point), printed.labels)
                columns[f"{found.content['corpus']} ([{name}](#{name}))"] = ((*printed.labels, _OTHER), ours)
        parts += [f"### {recipe}\n", _side_by_side(printed.labels, columns)]
    return "\n".join(parts)


def _weight(recipe: str) -> float:
    return float(load_recipe(recipe).stages[0].options.get("weight", 0.0))


def _shares(kept: SavedExperiment, system: ClaimSystem, labels: Sequence[str]) -> FloatArray:
    """The rows of some emotions, all other answers in one last column; ``(len(labels), len(labels) + 1)``."""
    order = kept.content["labels"]
    folds = [fold for _, fold in kept.table(system).groupby(["seed", "fold"])]
    mean = mean_confusion(confusion(fold["emotion"], fold["predicted"], order) for fold in folds)
    chosen = [order.index(label) for label in labels]
    named = mean[np.ix_(chosen, chosen)]
    return np.column_stack([named, mean[chosen].sum(axis=1) - named.sum(axis=1)])


def _side_by_side(rows: Sequence[str], columns: Mapping[str, tuple[Sequence[str], FloatArray]]) -> str:
    """One table of several matrices with the same rows."""
    head = " | ".join(f"{name}: {labels[0]} | {' | '.join(labels[1:])}" for name, (labels, _) in columns.items())
    width = sum(len(labels) for labels, _ in columns.values())
    lines = [f"| | {head} |", "|---|" + "---|" * width]
    for place, row in enumerate(rows):
        cells = " | ".join(f"{100 * value:.1f}" for _, matrix in columns.values() for value in matrix[place])
        lines.append(f"| {row} | {cells} |")
    return "\n".join(lines) + "\n"


def _others_accuracies() -> str:
    """The accuracies of other works that Kumar et al. print beside their own."""
    recipe = load_recipe("kumar-2020")
    lines = [
        "## Kumar's baselines\n",
        "Accuracies of other works as Kumar et al. print them beside their own. They do not say on which split each "
        "was obtained, so that neither these nor ours can be ranked by them.\n",
        "| corpus | system | work | accuracy % | printed in |",
        "|---|---|---|---|---|",
    ]
    shown = [one for one in recipe.published if one.place in ("slides, table 3", "slides, table 5")]
    for one in sorted(shown, key=lambda one: (one.place, -one.percent)):
        work = one.cited or "Kumar et al. (2020)"
        lines.append(f"| {one.corpus} | {one.system} | {work} | {one.percent:.2f} | {one.place} |")
    return "\n".join(lines) + "\n"


def _angles(checkpoint: Path) -> str:
    """Kumar's printed angles, those for RAVDESS beside those of a model that exists."""
    ravdess, iemocap = PRINTED_ANGLES["kumar-2020-table-2"], PRINTED_ANGLES["kumar-2020-table-4"]
    labels, theirs = ravdess.labels, ravdess.angles
    atlas = Atlas.load(checkpoint)
    emotions = atlas.frame["emotion"].to_numpy(dtype=object)
    trained, chosen = ((atlas.frame["split"] == part).to_numpy(dtype=bool) for part in ("train", "test"))
    directions = class_directions(atlas.embeddings[trained], emotions[trained].tolist(), labels)
    ours = class_angle_matrix(atlas.embeddings[chosen], emotions[chosen].tolist(), directions, labels)
    return (
        "## Angles: Kumar's tables 2 and 4, and ours\n\n"
        "Degrees; the diagonal is the mean angle between a class's utterances and its direction. "
        f"Theirs, as printed for RAVDESS (table 2):\n\n{_matrix(labels, theirs)}\n"
        f"Ours, `{checkpoint.name}` on the actors it was not trained on:\n\n{_matrix(labels, ours)}\n"
        f"{_impossible(ravdess)} Ours: smallest eigenvalue {fixed(smallest_eigenvalue(ours), 3)}; on unheard actors "
        f"{_within(ours):.1f}° within a class against {_between(ours):.1f}° between classes.\n\n"
        f"Theirs, as printed for IEMOCAP (table 4), of which no model of ours has the nine emotions:\n\n"
        f"{_matrix(iemocap.labels, iemocap.angles)}\n{_impossible(iemocap)}\n"
    )


def _impossible(printed: PrintedAngles) -> str:
    """Say why no vectors have the printed angles."""
    angles = printed.angles
    found = audit_angles(angle_table(printed.labels, angles))
    at = printed.labels.index
    longer = [
        f"{way.a}–{way.b}, {angles[at(way.a), at(way.b)]:.2f}°, exceeds the way over {way.via}, "
        f"{angles[at(way.a), at(way.via)]:.2f}° + {angles[at(way.via), at(way.b)]:.2f}°"
        for way in found.violations
    ]
    return (
        f"No {len(angles)} vectors have the printed angles: the smallest eigenvalue of the matrix of their cosines is "
        f"{fixed(found.smallest_eigenvalue, 3)}, which for vectors is never below zero, and {'; '.join(longer)}. "
        f"Their mean within a class is {_within(angles):.2f}° against {_between(angles):.1f}° between classes."
    )


def _within(angles: FloatArray) -> float:
    return float(np.diagonal(angles).mean())


def _between(angles: FloatArray) -> float:
    return float(angles[~np.eye(len(angles), dtype=bool)].mean())


def _matrix(labels: Sequence[str], angles: FloatArray) -> str:
    lines = ["| | " + " | ".join(labels) + " |", "|---|" + "---|" * len(labels)]
    lines += [
        f"| {label} | " + " | ".join(f"{value:.1f}" for value in row) + " |"
        for label, row in zip(labels, angles, strict=True)
    ]
    return "\n".join(lines) + "\n"
