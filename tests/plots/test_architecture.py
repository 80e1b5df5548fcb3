"""The picture of a recipe: boxes under each other, none over another, and lines that fit a telephone."""

import itertools

import pytest

from ser_core.plots.architecture import CHARACTERS, architecture_figure
from ser_core.recipes import load_recipe, shipped_recipes
from ser_core.training.architecture import Architecture, Block, architecture_of

ENCODERS = [
    (encoder, ["encoder=" + encoder, "encoder_options={}"])
    for encoder in ("fc", "cnn", "rnn", "lstm", "gru", "resnet", "lian", "dai", "residual")
]


def boxes(figure):
    return [shape for shape in figure.layout.shapes if shape.type == "rect" and shape.layer == "below"]


def texts(figure) -> str:
    return " ".join(note.text for note in figure.layout.annotations)


@pytest.mark.parametrize(
    ("name", "overrides"), [(name, []) for name in shipped_recipes()] + [("kumar-2020", made) for _, made in ENCODERS]
)
def test_boxes_stand_under_each_other_and_every_line_fits(name, overrides):
    architecture = architecture_of(load_recipe(name, overrides), emotions=8)
    figure = architecture_figure(architecture)
    drawn = boxes(figure)
    assert len(drawn) == len(architecture.groups)
    for upper, lower in itertools.pairwise(drawn):
        assert upper.y0 < upper.y1 < lower.y0
    assert drawn[-1].y1 <= figure.layout.height
    low, high = figure.layout.yaxis.range
    assert low - high == pytest.approx(figure.layout.height - 4)  # a unit is a pixel, margins apart
    for note in figure.layout.annotations:
        assert all(len(line) <= CHARACTERS + 10 for line in note.text.replace("<b>", "").split("<br>"))


def test_every_block_says_what_it_hands_on_and_how_many_weights_it_has():
    figure = architecture_figure(architecture_of(load_recipe("kumar-2020"), emotions=8))
    said = texts(figure).replace("\N{NO-BREAK SPACE}", " ")
    assert "626,081 weights in all, for 8 emotions" in said
    for words in ("188 frames × 64 bands", "24 channels × 94 steps × 32 frequencies", "1536 values", "128 values"):
        assert words in said
    assert "166,272 weights" in said
    assert "<b>Stage 2: triplet</b>" in said
    bows = [shape for shape in figure.layout.shapes if shape.path and "Q" in shape.path]
    assert len(bows) == 4  # one for every residual block


def test_bars_are_shares_of_all_weights():
    figure = architecture_figure(architecture_of(load_recipe("dai-2019-mel"), emotions=4))
    bars = [shape.x1 for shape in figure.layout.shapes if shape.type == "rect" and shape.layer != "below"]
    assert sum(bars) == pytest.approx(1.0)
    assert max(bars) > 0.8  # nearly all of them are the recurrent layer's


def test_words_of_a_recipe_are_shown_letter_by_letter():
    blocks = (Block("stage", "stage 1: <b>x</b>", "a <i>b</i>"), Block("decision", "decision", "c"))
    figure = architecture_figure(Architecture("t", blocks, 1, 3.0, 2))
    assert "&lt;b&gt;x&lt;/b&gt;" in texts(figure)
    assert "<i>" not in texts(figure)
