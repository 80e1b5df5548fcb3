"""Runs and results, read once for each version of their files; what is read is shared and never changed."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from ui.cache.changes import last_change

if TYPE_CHECKING:
    import pandas

    from ser_core.experiments.places import ResultLocation
    from ser_core.experiments.rating_result import RatingsResult
    from ser_core.experiments.reading import EvaluationResult
    from ser_core.experiments.records import ExperimentRecord

    Rated = tuple[str, RatingsResult]  # a title and what it scored

Read = TypeVar("Read")


@st.cache_resource(ttl=3, show_spinner="Looking for results…")
def results() -> "tuple[list[EvaluationResult], list[tuple[str, str]]]":
    """List the results of emotions; beside them those that cannot be read, each with the reason."""
    from ser_core.experiments.places import result_places

    return _read_all(result_places(), _results)


@st.cache_resource(ttl=3, show_spinner="Looking for results…")
def rating_results() -> "tuple[list[Rated], list[tuple[str, str]]]":
    """List the results of ratings, each with its title; beside them those that cannot be read, each with the reason."""
    from ser_core.experiments.places import EVALUATION, result_places

    # A sweep, and what is kept, is of emotions.
    return _read_all((place for place in result_places() if place.kind == EVALUATION), _rating_results)


@st.cache_resource(ttl=3, show_spinner="Looking for runs and results…")
def records() -> "tuple[list[ExperimentRecord], list[tuple[str, str]]]":
    """List runs and results; beside them those that cannot be read, each with the reason."""
    from ser_core.experiments.places import run_places
    from ser_core.experiments.records import record_of_result

    runs, damaged_runs = _read_all(run_places(), _run)
    measured, damaged_results = results()
    return [*runs, *map(record_of_result, measured)], [*damaged_runs, *damaged_results]


def predictions(record: "ExperimentRecord") -> "pandas.DataFrame":
    """Read what a run or an evaluation predicted of each test utterance."""
    return _predictions(record.name, last_change(record.place.path), record)


def _read_all(
    places: "Iterable[ResultLocation]", read: "Callable[[str, tuple[int, ...], ResultLocation], Sequence[Read]]"
) -> tuple[list[Read], list[tuple[str, str]]]:
    """Read what lies at places; what is damaged is named with the reason."""
    from ser_core.errors import SerError

    found: list[Read] = []
    damaged = []
    for place in places:
        try:
            found += read(str(place.path), last_change(place.path), place)
        except SerError as error:
            damaged.append((place.name, str(error)))
    return found, damaged


@st.cache_resource(max_entries=2048, show_spinner=False)
def _run(path: str, changed: tuple[int, ...], _place: "ResultLocation") -> "Sequence[ExperimentRecord]":
    from ser_core.experiments.records import record_of_run

    return (record_of_run(_place),)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _results(path: str, changed: tuple[int, ...], _place: "ResultLocation") -> "Sequence[EvaluationResult]":
    from ser_core.experiments.reading import read_results

    return read_results(_place)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _rating_results(path: str, changed: tuple[int, ...], _place: "ResultLocation") -> "Sequence[Rated]":
    from ser_core.experiments.rating_result import read_ratings

    found = read_ratings(_place)
    return () if found is None else ((_place.title, found),)


@st.cache_data(max_entries=64, show_spinner=False)
def _predictions(name: str, changed: tuple[int, ...], _of: "ExperimentRecord") -> "pandas.DataFrame":
    from ser_core.experiments.records import predictions as read

    return read(_of)
