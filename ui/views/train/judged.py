"""Which back end a run's confusion matrix is counted with: each stage's objective names its own."""

from pathlib import Path

import streamlit as st

from ser_core.errors import SerError
from ser_core.paths import changed


def judged_by(run: Path, stage: str) -> str:
    """Name the back end that judges the development speakers in a stage.

    Args:
        run: folder of the run.
        stage: name of the stage.

    Returns:
        ``head`` or ``angle``; an empty text where the run's settings do not say.
    """
    from ser_core.training.plan import CONFIG

    return _back_ends(str(run), changed(run / CONFIG)).get(stage, "")


@st.cache_data(max_entries=64, show_spinner=False)
def _back_ends(run: str, version: int) -> dict[str, str]:
    from ser_core.recipes.recipe import recipe_of
    from ser_core.training.objectives import OBJECTIVES
    from ser_core.training.plan import read_config

    try:
        recipe = recipe_of(read_config(Path(run)).recipe)
        return {stage.name: str(getattr(OBJECTIVES[stage.objective], "judge", "")) for stage in recipe.stages}
    except SerError:
        return {}  # the caption then names no back end
