"""The strangers of the lesson, judged once for each model."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ui.cache.changes import version
from ui.cache.corpora import corpus
from ui.cache.models import reader

if TYPE_CHECKING:
    from ser_core.lessons.strangers import HeardClip, Stranger


def strangers_heard(checkpoint: Path) -> "list[tuple[Stranger, list[HeardClip]]]":
    """Judge the clips of each stranger whom a model has not met, after none to sixteen of their other clips."""
    return _strangers_heard(str(checkpoint), version(checkpoint))


@st.cache_resource(max_entries=2, show_spinner="Judging the clips of strangers…")
def _strangers_heard(checkpoint: str, version: int) -> "list[tuple[Stranger, list[HeardClip]]]":
    from ser_core.lessons.strangers import heard_clips, unmet

    model = reader(Path(checkpoint))
    return [(one, heard_clips(model, corpus(one.corpus), one)) for one in unmet(model.checkpoint.card)]
