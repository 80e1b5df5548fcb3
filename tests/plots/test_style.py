"""The look is one for all axes and figures; columns other than the emotion have colours and markers of their own."""

import itertools

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.subplots import make_subplots

from ser_core.plots.style import CATEGORIES, CATEGORY_SYMBOLS, FONT, GRID, INK, PAPER, styled
from tests.test_labels import COLOUR_BLINDNESS, lab


@pytest.mark.parametrize("blindness", list(COLOUR_BLINDNESS))
def test_categories_are_told_apart_with_any_colour_vision(blindness: str):
    for first, second in itertools.combinations(CATEGORIES, 2):
        assert np.linalg.norm(lab(first, blindness) - lab(second, blindness)) > 12, (first, second)


def test_colours_and_markers_do_not_repeat_together():
    count = len(CATEGORIES) * 2
    pairs = {(CATEGORIES[i % len(CATEGORIES)], CATEGORY_SYMBOLS[i % len(CATEGORY_SYMBOLS)]) for i in range(count)}
    assert len(pairs) == count


def test_the_look_holds_for_every_axis_without_being_written_into_each():
    figure = styled(make_subplots(2, 2), height=300)
    for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
        assert set(axis.to_plotly_json()) <= {"anchor", "domain"}
    for look in (figure.layout.template.layout.xaxis, figure.layout.template.layout.yaxis):
        assert (look.gridcolor, look.zeroline, look.title.font.color) == (GRID, False, INK)
        assert (look.showline, look.linecolor) == (True, GRID)  # Plotly draws no line for a template's colour alone


def test_no_theme_of_the_page_changes_a_figures_colours_letters_or_margins():
    layout = styled(go.Figure(), height=300).layout  # what a theme fills in is what is not set here, template or not
    assert (layout.paper_bgcolor, layout.plot_bgcolor) == (PAPER, PAPER)
    assert (layout.font.family, layout.font.color, layout.font.size) == (FONT, INK, 14)
    assert (layout.margin.l, layout.margin.r, layout.margin.t, layout.margin.b) == (8, 12, 12, 8)


def test_what_one_figure_changes_in_its_look_stays_its_own():
    changed = styled(go.Figure(), height=300)
    changed.layout.template.layout.xaxis.gridcolor = INK
    assert styled(go.Figure(), height=300).layout.template.layout.xaxis.gridcolor == GRID
