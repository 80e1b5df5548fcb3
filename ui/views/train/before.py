"""What stands on the page before the first run: what each stage will do, and a finished run to watch."""

import streamlit as st

from ui.components import glossary
from ui.components.text import plain
from ui.views.train.settings import ChosenRun
from ui.views.train.what_goes_in import draw_what_goes_in


def draw_before_the_first_run(chosen: ChosenRun | None) -> None:
    """Draw the stages in words."""
    if chosen is not None:
        draw_what_goes_in(chosen.corpus, chosen.manifest)
    glossary.draw("No [[run]] yet. Start one, and its [[space]] forms here while it learns.")
    if chosen is None:
        return
    taught = [stage for stage in chosen.recipe.stages if stage.teach]
    for number, (column, stage) in enumerate(zip(st.columns(max(1, len(taught))), taught, strict=False), start=1):
        with column, st.container(border=True):
            name = f"[[{stage.name}]]" if stage.name in glossary.EXPLANATIONS else plain(stage.name)
            glossary.draw(f"**{number}. {name}, {stage.epochs} [[epochs|epoch]]**  \n{plain(stage.teach)}")
