"""The sound of the point that was pressed on one of the maps."""

from typing import TYPE_CHECKING

from ui.components import players, utterances
from ui.components.point_map import PressedPoint

if TYPE_CHECKING:
    import pandas

    from ser_core.inference import Atlas


def heard_point(number: int | None, rows: "pandas.DataFrame", atlas: "Atlas") -> PressedPoint | None:
    """Find the sound of a row, for the map that plays it; ``None`` where no point was pressed."""
    if number is None:
        return None
    sound = utterances.sound_of(rows.iloc[number], atlas)
    address = None if sound is None else players.address(sound)
    return PressedPoint(number, sounds={} if address is None else {number: address})
