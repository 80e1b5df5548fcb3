"""What stands in for a browser that draws two linked maps: it selects what a look selects, or what a test says."""

from dataclasses import dataclass, field
from typing import Any

from tests.plots.test_point_map import read
from ui.components.point_map import MapMessage


@dataclass
class LinkedMaps:
    """What the browser answers, and what it was sent.

    Attributes:
        selected: ids; ``None`` for those of the look.
        kept: how the maps look, as the button *Keep view* says it.
        sent: the header of each map that was drawn, in order.
        marked: what was marked on them, in order.
    """

    selected: tuple[int, ...] | None = None
    kept: dict[str, Any] | None = None
    sent: list[dict[str, Any]] = field(default_factory=list)
    marked: list[dict[str, Any]] = field(default_factory=list)

    def draw(self, made: Any, *, key: str) -> MapMessage:
        header = read(made.content)[0]
        self.sent.append(header)
        if header["silent"]:
            return MapMessage()
        look = header["look"]
        selected = tuple(look["selected"]) if self.selected is None and look else self.selected or ()
        return MapMessage(selected, kept=self.kept)

    def mark(self, **given: Any) -> None:
        self.marked.append(given)
