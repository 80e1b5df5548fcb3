"""Which back end a run's confusion matrix is counted with: each stage's objective names its own."""

import tomllib
from pathlib import Path

import streamlit as st

from ser_core.errors import SerError


def judged_by(run: Path, stage: str) -> str:
    """Name the back end that judges the development speakers in a stage.

    Args:
        run: folder of the run.
        stage: name of the stage.

    Returns:
        ``head`` or ``angle``; an empty text where the run's settings do not say.
    """
    from ser_core.training.plan import CONFIG

    config = run / CONFIG
    return _back_ends(str(config), config.stat().st_mtime_ns if config.exists() else 0).get(stage, "")


@st.cache_data(max_entries=64, show_spinner=False)
def _back_ends(config: str, version: int) -> dict[str, str]:
    from ser_core.recipes.recipe import recipe_of
    from ser_core.training.objectives import OBJECTIVES

    try:
        recipe = recipe_of(tomllib.loads(Path(config).read_text(encoding="utf-8"))["recipe"])
        return {stage.name: str(getattr(OBJECTIVES[stage.objective], "judge", "")) for stage in recipe.stages}
    except (OSError, ValueError, KeyError, TypeError, SerError):
        return {}  # the caption then names no back end
