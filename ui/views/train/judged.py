"""What the settings of a run's stages say: which back end judges an epoch, which triplets are looked for."""

import inspect
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import SerError
from ser_core.paths import changed

if TYPE_CHECKING:
    from ser_core.recipes import Stage


def judged_by(run: Path, stage: str) -> str:
    """Name the back end that judges the development speakers in a stage.

    Args:
        run: folder of the run.
        stage: name of the stage.

    Returns:
        ``head`` or ``angle``; an empty text where the run's settings do not say.
    """
    from ser_core.training.objectives import OBJECTIVES

    found = _stages(str(run), _version(run)).get(stage)
    return str(getattr(OBJECTIVES[found.objective], "judge", "")) if found else ""


def miner_of(run: Path, stage: str) -> str:
    """Name the miner of a stage's triplets; an empty text where there is none."""
    from ser_core.training.objectives import OBJECTIVES

    found = _stages(str(run), _version(run)).get(stage)
    if found is None:
        return ""
    usual = inspect.signature(OBJECTIVES[found.objective]).parameters.get("miner")
    return str(found.options.get("miner", usual.default if usual else ""))


def _version(run: Path) -> int:
    from ser_core.training.plan import CONFIG

    return changed(run / CONFIG)


@st.cache_data(max_entries=64, show_spinner=False)
def _stages(run: str, version: int) -> "dict[str, Stage]":
    from ser_core.recipes.recipe import recipe_of
    from ser_core.training.plan import read_config

    try:
        return {stage.name: stage for stage in recipe_of(read_config(Path(run)).recipe).stages}
    except SerError:
        return {}  # the caption then names no back end
