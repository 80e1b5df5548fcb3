"""Candidates for the recipe of people: the list, the comparison with the first, what is kept, and the page."""

import json
import sys

import numpy as np
import pytest

from benchmarks.candidates import __main__ as command
from benchmarks.candidates import measuring
from benchmarks.candidates.measuring import BASE, Candidate, candidates, place_of
from benchmarks.candidates.page import CHOSEN_BY, TOLD, gain, page, row_of, verdict
from ser_core.evaluation.metrics import uar
from ser_core.evaluation.statistics import Interval
from ser_core.recipes import load_recipe

FIRST, SECOND = Candidate("first", "As it is?"), Candidate("second", "Better?", ("dropout=0.1",))


def kept(folder, candidate, hits):
    """Keep figures of a candidate: of each corpus and seed two speakers, with so many of eight right."""
    cells = []
    for corpus in TOLD:
        for seed, right in enumerate(hits):
            counts = {
                name: [[right - lower, 8 - right + lower], [2, 6]] for name, lower in zip("ab", (0, 1), strict=True)
            }
            cells.append(
                {"seed": seed, "corpus": corpus, "present": ["neutral", "sad"], "unadapted": counts, "adapted": counts}
            )
    place_of(folder, candidate).write_text(
        json.dumps({"version": 1, "key": "k", "name": candidate.name, "cells": cells})
    )


def test_every_candidate_is_the_recipe_with_settings_that_it_has():
    listed = candidates()
    assert len({one.name for one in listed}) == len(listed)
    for one in listed:
        load_recipe(BASE, one.set)
        assert one.question.endswith((".", "?"))


def test_the_gain_is_the_mean_of_the_corpora_that_choose_with_its_interval(tmp_path):
    kept(tmp_path, FIRST, (4, 5, 4))
    kept(tmp_path, SECOND, (7, 7, 8))
    first, second = row_of(FIRST, tmp_path), row_of(SECOND, tmp_path)
    found = gain(first.unadapted, second.unadapted)
    scores = [
        np.mean([uar(counts.sum(axis=0)) for counts in row.unadapted[name]])
        for row in (first, second)
        for name in CHOSEN_BY
    ]
    assert found.estimate == pytest.approx(np.mean(scores[2:]) - np.mean(scores[:2]))
    assert found.low < found.estimate < found.high
    assert gain(first.unadapted, first.unadapted).estimate == 0


@pytest.mark.parametrize(
    ("low", "high", "words"), [(0.01, 0.2, "helped"), (-0.2, -0.01, "made it worse"), (-0.1, 0.1, "not shown to help")]
)
def test_a_candidate_helped_where_the_whole_interval_is_above_zero(low, high, words):
    assert verdict(Interval((low + high) / 2, low, high)) == words


def test_the_page_is_made_from_what_is_kept_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "candidates", lambda: [FIRST, SECOND, Candidate("third", "Not measured yet?")])
    words = ["benchmarks.candidates", "--folder", str(tmp_path), "--page", str(tmp_path / "page.md")]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit, match="Expected kept figures of first"):
        command.main()
    kept(tmp_path, FIRST, (4, 5, 4))
    kept(tmp_path, SECOND, (7, 7, 8))
    command.main()
    text = (tmp_path / "page.md").read_text()
    assert text == page([row_of(FIRST, tmp_path), row_of(SECOND, tmp_path)])
    assert "| `second` | Better? |" in text
    assert "* `second`: `dropout=0.1`" in text
    assert "third" not in text
    assert capsys.readouterr().out.startswith("# What was tried")


def test_other_corpora_than_those_that_ship_choose_nothing(tmp_path):
    with pytest.raises(measuring.ConfigError, match="Expected the corpora ravdess, ravdess-song, emodb"):
        measuring.measure(FIRST, {"emotale": None}, [0], tmp_path)
