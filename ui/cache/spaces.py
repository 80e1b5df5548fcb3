"""Spaces of vectors: opened, measured, compared."""

import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.types import FloatArray
from ui.cache.changes import digest, version

if TYPE_CHECKING:
    import pandas

    from ser_core.embeddings import Space
    from ser_core.embeddings.comparing import EpochMaps, MatchedSpaces
    from ser_core.embeddings.forming import FormingSpace
    from ser_core.embeddings.leakage import AttributeLeakage
    from ser_core.embeddings.snapshots import Snapshot
    from ser_core.embeddings.space_metrics import SpaceMetrics
    from ser_core.geometry.angle_table import AngleTable
    from ser_core.geometry.audit import Audit
    from ser_core.geometry.cka import CkaResult
    from ser_core.jobs import Report

    Counting = Callable[[int, int], None]


def space(path: Path) -> "Space":
    """Open a file of vectors that is kept in the workspace."""
    return _space(str(path), version(path))


def snapshot(one: "Snapshot") -> "Space":
    """Open the space of a run's epoch."""
    return _snapshot(str(one.path), version(one.path), one)


def forming_space(run: Path) -> "FormingSpace | None":
    """Lay out the epochs of a run that have a snapshot; of those seen before nothing is computed again.

    Returns:
        The space; ``None`` while there is no snapshot that can be read.

    Raises:
        EmbeddingError: if its snapshots hold too little to be drawn.
    """
    from ser_core.embeddings.forming import forming_space as laid_out
    from ser_core.embeddings.snapshots import snapshots_of
    from ser_core.errors import EmbeddingError

    found, _ = snapshots_of(run)
    versions = [(one.epoch, version(one.path)) for one in found]
    kept = _kept("forming space", str(run))
    if kept and kept[0] == versions:
        formed: FormingSpace | None = kept[1]
        return formed
    epochs = []
    for one in found:
        with contextlib.suppress(EmbeddingError):  # the page Two spaces says what is wrong with it
            epochs.append((one.epoch, one.stage, snapshot(one)))
    before = kept[1] if kept and versions[: len(kept[0])] == kept[0] else None
    formed = laid_out(epochs, before) if epochs else None
    kept[:] = [versions, formed]
    return formed


def space_metrics(key: str, space: "Space", label: str, progress: "Counting") -> "SpaceMetrics":
    """Measure a space by the column of its classes, once for each key."""
    from ser_core.embeddings.space_metrics import measure

    kept = _kept("numbers", key)
    if not kept:
        kept.append(measure(space, label, progress=progress))
    numbers: SpaceMetrics = kept[0]
    return numbers


def attribute_leakage(key: str, space: "Space", label: str, progress: "Counting") -> "tuple[AttributeLeakage, ...]":
    """Measure the attribute leakage of a space by the column of its classes, once for each key."""
    from ser_core.embeddings.leakage import attribute_leakage as measured

    kept = _kept("attribute leakage", key)
    if not kept:
        kept.append(measured(space, label, progress=progress))
    found: tuple[AttributeLeakage, ...] = kept[0]
    return found


def audit(table: "AngleTable", report: "Report") -> "Audit":
    """Audit a table of angles, once for each table."""
    from ser_core.geometry.audit import audit_angles

    told = "\n".join(map(repr, table.labels)).encode() + table.degrees.tobytes() + table.rounding_degrees.tobytes()
    kept = _kept("audit", digest(told))
    if not kept:
        kept.append(audit_angles(table, report))
    found: Audit = kept[0]
    return found


@st.cache_resource(max_entries=32, show_spinner=False)
def angle_intervals(key: str, _compute: Callable[[], FloatArray]) -> "Future[FloatArray]":
    """Begin to resample speakers beside the page, once for each key."""
    return _resampler().submit(_compute)


@dataclass(frozen=True)
class RunMaps:
    """The maps of a run's epochs.

    Attributes:
        epoch_maps: a map per snapshot.
        snapshots: those that could be read.
        damaged: names of the others, each with the reason.
        rows: metadata of the utterances.
        colour: the column that colours them.
        whose: which part they are.
    """

    epoch_maps: "EpochMaps"
    snapshots: "tuple[Snapshot, ...]"
    damaged: tuple[tuple[str, str], ...]
    rows: "pandas.DataFrame"
    colour: str
    whose: str


@st.cache_resource(max_entries=4, show_spinner="Drawing a map of every epoch…")
def epoch_maps(key: str, _snapshots: "Sequence[Snapshot]") -> RunMaps:
    """Draw the map of every epoch of a run, of development utterances where there are any."""
    from ser_core.embeddings.comparing import epoch_maps as drawn
    from ser_core.embeddings.snapshots import open_snapshot
    from ser_core.errors import EmbeddingError

    good, spaces, damaged = [], [], []
    for one in _snapshots:
        try:
            spaces.append(open_snapshot(one).held_out())
            good.append(one)
        except EmbeddingError as error:
            damaged.append((one.path.name, str(error)))
    if not spaces:
        raise EmbeddingError(
            "Expected a snapshot of this run that can be read; there is none. Choose another run, or train one again."
        )
    found = drawn(spaces, [f"epoch {one.epoch}" for one in good])
    last = spaces[-1].select(found.rows)
    whose = " and ".join(sorted(set(last.column("split"))))
    colour = "emotion" if last.classes else "file"
    return RunMaps(found, tuple(good), tuple(damaged), last.frame, colour, whose)


@st.cache_data(max_entries=64, show_spinner="Comparing the spaces…")
def similarity(key: str, _pair: "MatchedSpaces") -> "CkaResult":
    """Measure the similarity of two spaces, once for each key."""
    from ser_core.embeddings.comparing import similarity as measured

    return measured(_pair)


@st.cache_data(max_entries=16, show_spinner="Laying the maps onto each other…")
def aligned_maps(key: str, _pair: "MatchedSpaces") -> tuple[FloatArray, FloatArray, float]:
    """Draw the maps of two spaces in one frame, once for each key; returns both, ``(M, 2)``, and the disparity."""
    from ser_core.embeddings.comparing import maps

    return maps(_pair)


def neighbours_changed(key: str, count: int, pair: "MatchedSpaces", progress: "Counting") -> FloatArray:
    """Measure the changed share of each neighbourhood, once for each key and size."""
    from ser_core.embeddings.comparing import neighbours_changed as measured

    kept = _kept(f"{count} neighbours changed", key)
    if not kept:
        kept.append(measured(pair, count, progress=progress))
    found: FloatArray = kept[0]
    return found


@st.cache_data(max_entries=64, show_spinner=False)
def rotation(key: str, _pair: "MatchedSpaces") -> FloatArray:
    """Measure the movement of each utterance in degrees, once for each key."""
    from ser_core.embeddings.comparing import rotation as measured

    return measured(_pair)


@st.cache_resource(show_spinner=False)
def _resampler() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="bootstrap")


@st.cache_data(max_entries=16, show_spinner=False)
def directions_in(path: str, version: int, source: str) -> tuple[tuple[str, ...], FloatArray]:
    """Return the labels of a file of vectors, and the direction of each, shape ``(K, D)``."""
    from ser_core.embeddings.directions import directions_in as directions

    return directions(_space(path, version), source)


@st.cache_resource(max_entries=4, show_spinner="Opening the vectors…")
def _space(path: str, version: int) -> "Space":
    from ser_core.embeddings.library import load

    return load(Path(path))


@st.cache_resource(max_entries=16, show_spinner="Opening the epoch…")
def _snapshot(path: str, version: int, _one: "Snapshot") -> "Space":
    from ser_core.embeddings.snapshots import open_snapshot

    return open_snapshot(_one)


@st.cache_resource(max_entries=128, show_spinner=False)
def _kept(what: str, key: str) -> list[Any]:
    """Hold one result. What draws its progress cannot be computed in a cached function, which would draw it again."""
    return []
