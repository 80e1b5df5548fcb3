"""Data of a track for the browser component that shows and plays it."""

from typing import TYPE_CHECKING, Any

from ser_core.inference.reader import NONE_OF_THESE, NOT_SPEECH
from ser_core.labels import COLOURS
from ser_core.plots.style import MUTED

if TYPE_CHECKING:
    from ser_core.tracks import Track


def track_view(track: "Track") -> dict[str, Any]:
    """Describe a track in plain values.

    Returns:
        ``duration`` in seconds; ``lanes``, the labels that occur except silence, with ``name``, ``colour``, and
        whether they are ``hatched`` (none of these); ``segments`` with ``start`` and ``end`` in seconds, ``label``,
        and the number of their ``lane`` (``None`` in silence), which cover the recording; ``lows`` and ``highs`` of
        equal stretches of the sound, from -1 to 1 of its loudest sample.
    """
    found = {one.label for one in track.segments}
    lanes = [label for label in (*track.answers, NOT_SPEECH) if label in found]
    lows, highs = track.outline
    loudest = max(1e-6, float(-lows.min()), float(highs.max()))
    return {
        "duration": track.duration_seconds,
        "lanes": [
            {"name": label, "colour": COLOURS.get(label, MUTED), "hatched": label == NONE_OF_THESE} for label in lanes
        ],
        "segments": [
            {
                "start": one.start,
                "end": one.end,
                "label": one.label,
                "lane": lanes.index(one.label) if one.label in lanes else None,
            }
            for one in track.segments
        ],
        "lows": (lows / loudest).round(3).tolist(),
        "highs": (highs / loudest).round(3).tolist(),
    }
