"""Three angles one after the other in one plane, each written where no other writing stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import plotly.graph_objects as go

from ser_core.geometry.reach import Triple
from ser_core.labels import COLOURS
from ser_core.plots.style import ACCENT, INK, MUTED, SECOND, literal, styled
from ser_core.types import FloatArray

DETOUR = 300  # pixels
LINE, LETTER = 20.0, 8.2  # pixels that a line of the writing takes, and a letter on average, both with some room
NARROWEST = 330.0  # pixels for which the writings are placed: a phone; a wider picture only sets them farther apart
ASIDE = 0.14  # by how much a writing that was moved stands farther out, so that its line can be seen
_FITS = 6
_ROUNDS = 400  # of pushing apart; some twenty are needed for three angles under one degree


@dataclass(frozen=True)
class _Writing:
    """Text at a point of the plane.

    Attributes:
        text: may have two lines.
        x: of the point that it tells.
        y: of that point.
        colour: of the text.
        side: -1 if it ends at the point, 0 if it stands around it, 1 if it begins there.
        up: 1 if it stands above the point, 0 if around it, -1 if below.
        on_line: whether it covers the line that it stands on.
        moved: by how much it stands higher than it should.
    """

    text: str
    x: float
    y: float
    colour: str
    side: int = 0
    up: int = 0
    on_line: bool = False
    moved: float = 0.0

    @property
    def place(self) -> tuple[float, float]:
        """Where it stands."""
        return self.x + (self.side * ASIDE if self.moved else 0.0), self.y + self.moved

    def box(self, unit: float) -> tuple[float, float, float, float]:
        """Left, bottom, right and top, where one is so many pixels."""
        lines = self.text.split("<br>")
        width, height = LETTER * max(map(len, lines)) / unit, LINE * len(lines) / unit
        x, y = self.place
        left = x + (self.side - 1) / 2 * width
        bottom = y + (self.up - 1) / 2 * height
        return left, bottom, left + width, bottom + height


def detour_figure(triple: Triple) -> go.Figure:
    """Draw three angles one after the other in one plane: from a to a third direction, and from there to b.

    Farther from a than that, b cannot be: beyond a half turn, no farther than what is left of the full one. Where the
    table puts b farther, its line is dashed and the gap is coloured; otherwise what is left to spare is grey, up to a
    dotted line.
    """
    a, b, via = triple.a, triple.b, triple.via
    reached = triple.first + triple.second
    spare, too_far = triple.spare_degrees, triple.spare_degrees < 0
    placed = triple.direct if reached <= 180 else 360.0 - triple.direct  # b, turning on from a
    figure = go.Figure()
    gap = np.radians(np.linspace(reached, placed, 30))
    figure.add_trace(
        go.Scatter(
            x=[0, *np.cos(gap), 0],
            y=[0, *np.sin(gap), 0],
            fill="toself",
            mode="none",
            fillcolor="rgba(179, 84, 30, 0.35)" if too_far else "rgba(74, 85, 93, 0.15)",
            hoverinfo="skip",
        )
    )
    told = SECOND if too_far else ACCENT
    whole = 0.0 if reached <= 180 else 360.0
    for start, end, radius, colour in (
        (0.0, triple.first, 0.38, MUTED), (triple.first, reached, 0.5, MUTED), (whole, placed, 0.78, told),
    ):  # fmt: skip
        turn = np.radians(np.linspace(start, end, 90))
        figure.add_trace(_line(radius * np.cos(turn), radius * np.sin(turn), colour, width=2))
    end_of_way = (reached, COLOURS.get(b, INK), "solid") if too_far else (reached, MUTED, "dot")
    end_of_line = (placed, SECOND, "dash") if too_far else (placed, COLOURS.get(b, INK), "solid")
    rays = (
        (0.0, COLOURS.get(a, INK), "solid"),
        (triple.first, COLOURS.get(via, INK), "solid"),
        end_of_way,
        end_of_line,
    )
    for angle, colour, dash in rays:
        turn = np.radians(angle)
        figure.add_trace(_line([0, np.cos(turn)], [0, np.sin(turn)], colour, width=4, dash=dash))
    writings = [
        _writing(radius, (start + end) / 2, f"{end - start:.2f}°", INK, on_line=True)
        for start, end, radius in ((0.0, triple.first, 0.38), (triple.first, reached, 0.56))
    ]
    writings.append(_writing(0.78, whole + (placed - whole) / 4, f"{triple.direct:.2f}°", told, on_line=True))
    writings += [_writing(1.05, angle, literal(name), INK) for name, angle in ((a, 0.0), (via, triple.first))]
    words = f"{-spare:.2f}° too far" if too_far else f"{spare:.2f}° to spare"
    writings.append(_writing(1.05, placed, f"{literal(b)}<br>{words}", told))
    styled(figure, height=DETOUR)
    figure.update_layout(hovermode=False)
    drawn = np.radians(np.linspace(0.0, max(reached, placed), 90))
    low, high = float(np.sin(drawn).min()), float(np.sin(drawn).max())
    across = min(-0.1, float(np.cos(drawn).min()) - 0.55), 1.45
    up = low - (0.3 if low < -0.5 else 0.14), high + 0.3
    apart = writings
    for _ in range(_FITS):  # what is written farther out makes the rest smaller
        unit = min(NARROWEST / (across[1] - across[0]), DETOUR / (up[1] - up[0]))  # pixels of one
        apart = _apart(writings, unit)
        left, bottom, right, top = np.array([one.box(unit) for one in apart]).T
        across = min(across[0], float(left.min())), max(across[1], float(right.max()))
        up = min(up[0], float(bottom.min())), max(up[1], float(top.max()))
    for one in apart:
        _write(figure, one)
    figure.update_xaxes(range=list(across), visible=False, fixedrange=True)
    figure.update_yaxes(range=list(up), visible=False, fixedrange=True, scaleanchor="x")
    return figure


def _line(x: Sequence[float] | FloatArray, y: Sequence[float] | FloatArray, colour: str, **style: object) -> go.Scatter:
    return go.Scatter(x=x, y=y, mode="lines", line={"color": colour, **style}, hoverinfo="skip")


def _writing(radius: float, degrees: float, text: str, colour: str, *, on_line: bool = False) -> _Writing:
    """Write at a point: on the line there, or beyond it."""
    turn = np.radians(degrees)
    x, y = float(radius * np.cos(turn)), float(radius * np.sin(turn))
    side = 0 if on_line or abs(x) < 0.35 else (1 if x > 0 else -1)
    up = 0 if on_line or abs(y) < 0.5 else (1 if y > 0 else -1)
    return _Writing(text, x, y, colour, side, up, on_line)


def _apart(writings: Sequence[_Writing], unit: float) -> list[_Writing]:
    """Move writings up and down until none covers another one, each as little as it takes; ``unit`` pixels are one."""
    found = list(writings)
    for _ in range(_ROUNDS):
        moved = False
        for first in range(len(found)):
            for second in range(first + 1, len(found)):
                (left, bottom, right, top), (left2, bottom2, right2, top2) = (
                    found[number].box(unit) for number in (first, second)
                )
                both = min(top, top2) - max(bottom, bottom2)
                if both <= 0 or min(right, right2) <= max(left, left2):
                    continue
                moved = True
                # Beside each other as before; of two at one height, the later one goes up.
                upper, lower = (first, second) if bottom + top > bottom2 + top2 else (second, first)
                step = both / 2 + 0.01
                found[upper] = replace(found[upper], moved=found[upper].moved + step)
                found[lower] = replace(found[lower], moved=found[lower].moved - step)
        if not moved:
            break
    return found


def _write(figure: go.Figure, one: _Writing) -> None:
    """Write, with a thin line to what it tells where it had to be moved away."""
    x, y = one.place
    figure.add_annotation(
        x=one.x,
        y=one.y,
        ax=x,
        ay=y,
        axref="x",
        ayref="y",
        text=one.text,
        showarrow=True,
        arrowhead=0,
        arrowwidth=1,
        arrowcolor=MUTED if one.moved else "rgba(0, 0, 0, 0)",
        xanchor=("right", "center", "left")[one.side + 1],
        align=("right", "center", "left")[one.side + 1],
        yanchor=("top", "middle", "bottom")[one.up + 1],
        font={"color": one.colour},
        bgcolor="rgba(255, 255, 255, 0.85)" if one.on_line else None,
        borderpad=1,
    )
