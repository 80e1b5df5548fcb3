"""Diagram of a recipe's architecture: boxes from top to bottom."""

import textwrap
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from ser_core.models.layout import Block
from ser_core.plots.style import ACCENT, INK, MUTED, literal, styled
from ser_core.training.architecture import Architecture

# Each kind's colour only helps the eye: the box says in words what it is.
FILLS = {
    "front end": "#E3EDF3",
    "convolution": "#FBEBD3",
    "recurrent": "#DCF0E8",
    "dense": "#F3E3EE",
    "pooling": "#DDF0FA",
    "embedding": "#F6F1C4",
    "head": "#E8E4F5",
}
PLAIN = "#F2F5F7"
EDGE = "#B9C4CC"
CHARACTERS = 56  # of a line; so many fit a telephone's width
TITLE_LINE, LINE, PADDING, GAP, BAR = 20, 16, 8, 28, 3  # pixels
SHORTCUT_ROOM = 22
AROUND = ("stage", "decision")  # what is done with the network, not part of it
LEADS_TO = {"stage": "what it is trained on, stage by stage", "decision": "how the trained model decides"}


def architecture_figure(architecture: Architecture) -> go.Figure:
    """Draw a recipe from the utterance to the decision.

    A box per block with what it does, its weights and, as a bar, its share of all weights; on the arrows the sizes that
    one block hands on to the next; an arc around a block that a shortcut passes.
    """
    drawing = _Drawing(architecture.parameters)
    drawing.write(architecture.total, y=0, size=13, colour=MUTED)
    top = TITLE_LINE + PADDING
    groups = architecture.groups
    for (block, count), following in zip(groups, [*(block for block, _ in groups[1:]), None], strict=True):
        top = drawing.box(block, count, top=top)
        if following is not None:
            top = drawing.way(block, following, top=top)
    figure = go.Figure()
    styled(figure, height=top + 4)
    hidden = {"visible": False, "fixedrange": True, "automargin": False}
    figure.update_xaxes(range=[0, 1], **hidden)
    figure.update_yaxes(range=[top, 0], **hidden)  # one unit is one pixel
    room = SHORTCUT_ROOM if any(block.shortcut for block in architecture.blocks) else 2
    figure.update_layout(
        shapes=drawing.shapes,
        annotations=drawing.words,
        margin={"l": 2, "r": room, "t": 2, "b": 2},
        dragmode=False,  # a picture without axes to drag: a finger on it scrolls the page
        hovermode=False,
    )
    return figure


@dataclass
class _Drawing:
    """Shapes and words, collected, since a figure checks all of them at each addition.

    Heights are in pixels from the top, widths in shares of the figure's.
    """

    all_weights: int
    shapes: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)

    def box(self, block: Block, count: int, *, top: int) -> int:
        """Draw a block; returns where it ends."""
        title = block.title[:1].upper() + block.title[1:]
        detail = block.detail + (f"; shortcut: {block.shortcut}" if block.shortcut else "")
        lines = textwrap.wrap(detail, CHARACTERS, break_on_hyphens=False)
        bottom = top + 2 * PADDING + TITLE_LINE + LINE * len(lines)
        self._rectangle(
            1.0,
            top,
            bottom,
            fillcolor=FILLS.get(block.kind, PLAIN),
            line={
                "color": ACCENT if block.kind == "embedding" else EDGE,
                "width": 1,
                "dash": "dot" if block.kind in AROUND else "solid",
            },
            layer="below",
        )
        if block.parameters:
            if block.kind not in AROUND:
                share = count * block.parameters / self.all_weights
                self._rectangle(share, bottom - BAR, bottom, fillcolor=ACCENT, line={"width": 0})
            each = f"{count} × " if count > 1 else ""
            self.write(f"{each}{block.parameters:,} weights", y=top + PADDING, right=True)
        self.write(f"<b>{literal(title)}</b>{f' × {count}' if count > 1 else ''}", y=top + PADDING, size=14, indent=10)
        self.write("<br>".join(map(literal, lines)), y=top + PADDING + TITLE_LINE, indent=10)
        if block.shortcut:
            bow = f"M 0,{top + 4} Q 26,{(top + bottom) / 2} 0,{bottom - 4}"
            self._line(bow, side=1, colour=ACCENT)
        return bottom

    def way(self, block: Block, following: Block, *, top: int) -> int:
        """Draw the arrow to the next box with the sizes it gets, none for a stage; returns where it ends."""
        if following.kind in AROUND:
            if block.kind == following.kind:
                return top + PADDING
            self.write(LEADS_TO[following.kind], y=top + PADDING, colour=MUTED)
            return top + GAP
        end = top + GAP - 2
        self._line(f"M 18,{top + 2} L 18,{end}", side=0, colour=MUTED)
        self._line(f"M 14,{end - 6} L 18,{end} L 22,{end - 6}", side=0, colour=MUTED)
        self.write(literal(block.shape), y=top + 5, colour=MUTED, indent=32)
        return top + GAP

    def write(
        self, text: str, *, y: int, size: int = 12, colour: str = INK, indent: int = 0, right: bool = False
    ) -> None:
        """Write lines from ``y`` downwards, from the left or to the right edge."""
        self.words.append(
            {
                "text": text,
                "xref": "paper",
                "x": 1 if right else 0,
                "xanchor": "right" if right else "left",
                "xshift": -10 if right else indent,
                "y": y,
                "yanchor": "top",
                "align": "left",
                "borderpad": 0,
                "showarrow": False,
                "font": {"size": size, "color": colour},
            }
        )

    def _rectangle(self, width: float, top: int, bottom: int, **look: Any) -> None:
        self.shapes.append({"type": "rect", "xref": "paper", "x0": 0, "x1": width, "y0": top, "y1": bottom, **look})

    def _line(self, path: str, *, side: int, colour: str) -> None:
        """Draw a path whose horizontal unit is a pixel from the left (0) or right (1) edge."""
        self.shapes.append(
            {
                "type": "path",
                "xref": "paper",
                "xanchor": side,
                "xsizemode": "pixel",
                "path": path,
                "line": {"color": colour, "width": 1.5},
            }
        )
