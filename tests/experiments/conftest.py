"""Result files made up in the form of the contract, in a workspace of their own."""

import json
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ser_core.recipes import load_recipe
from ser_core.recipes.recipe import settings_of


@pytest.fixture
def content() -> Callable[..., dict[str, Any]]:
    """Make up what a result file says."""

    def make(recipe: str = "quick", *, overrides=(), scores=(0.5, 0.6), overlap: int = 0, **changed: Any):
        folds = [
            {"fold": number, "uar": score, "wa": score + 0.1, "speaker_overlap": overlap}
            for number, score in enumerate(scores)
        ]
        means = {"uar_mean": statistics.fmean(scores), "wa_mean": statistics.fmean(scores) + 0.1}
        return {
            "version": 1, "corpus": "demo", "manifest_digest": "d", "recipe": recipe,
            "settings": settings_of(load_recipe(recipe, overrides)), "protocol": "speaker-k-fold", "seed": 0,
            "labels": ["neutral", "sad"], "back_end": "angle", "folds": folds, "partial": False,
            "stages": [{"stage": "softmax", "back_ends": {"angle": means}}],
        } | changed  # fmt: skip

    return make


@pytest.fixture
def write(workspace: Path) -> Callable[[str, Any], Path]:
    """Write a result file, or whatever else, into the workspace."""

    def write_file(name: str, what: Any) -> Path:
        path = workspace / "results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
        return path

    return write_file
