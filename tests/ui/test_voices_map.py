"""Places of the voices on Home: near on the map is near for the model that judges people."""

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

from ui.views.home.voices import PLACES

NEAR, EVERY = 5, 3  # neighbours among every third voice


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(Path(__file__).resolve().parents[2] / "tools"), *sys.path])
    import make_voices_map

    return make_voices_map


def order(distances: np.ndarray) -> np.ndarray:
    np.fill_diagonal(distances, np.inf)
    return np.argsort(distances, axis=1)


def test_the_table_lists_the_voices_of_the_script_and_keeps_who_is_near_whom(tool):
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    voices = tool.voices()
    assert [(row["corpus"], row["file"]) for row in rows] == [(corpus, clip.file) for corpus, clip in voices]
    every = np.array([(float(row["x"]), float(row["y"])) for row in rows])
    points, vectors = every[::EVERY], tool.embedded(voices[::EVERY])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    on_map = order(np.linalg.norm(points[:, None] - points[None], axis=2))[:, :NEAR]
    in_space = order(-vectors @ vectors.T)[:, :NEAR]
    kept = np.mean([len(set(a) & set(b)) / NEAR for a, b in zip(on_map, in_space, strict=True)])
    assert kept > 0.6  # by chance 0.15
    apart = np.linalg.norm(every[:, None] - every[None], axis=2)[np.triu_indices(len(every), 1)]
    assert apart.min() > 0.02 * np.ptp(every, axis=0).max() / 2  # points that can be pressed one by one
