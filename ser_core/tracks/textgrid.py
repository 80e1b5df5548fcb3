"""A track as a TextGrid, which Praat and ELAN open: tiers of intervals that cover the whole recording."""

from collections.abc import Iterator, Sequence

from ser_core.tracks.segments import SILENCE
from ser_core.tracks.track import Track
from ser_core.types import Seconds

Interval = tuple[Seconds, Seconds, str]


def textgrid(track: Track) -> str:
    """Write three tiers: the emotion of each segment, speech activity, and the origin of the tiers.

    Silence has an empty label in the first tier, as Praat's own have.

    References:
        Praat manual, "TextGrid file formats", the long text format.
    """
    end = track.duration_seconds
    settings = track.settings
    source = (
        f"{track.name}, judged by {track.checkpoint} in windows of {settings.window_seconds:g} s "
        f"every {settings.hop_seconds:g} s"
    )
    tiers = {
        "emotion": [(one.start, one.end, "" if one.label == SILENCE else one.label) for one in track.segments],
        "speech": list(_speech(track)),
        "source": [(0.0, end, source)],
    }
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", f"xmax = {_time(end)}"]
    lines += ["tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, (name, intervals) in enumerate(tiers.items(), start=1):
        lines += [f"    item [{number}]:", *_tier(name, intervals, end)]
    return "\n".join(lines) + "\n"


def _speech(track: Track) -> Iterator[Interval]:
    reached = 0.0
    for start, end in track.speech:
        if start > reached:
            yield reached, start, ""
        yield start, min(end, track.duration_seconds), "speech"
        reached = end
    if reached < track.duration_seconds:
        yield reached, track.duration_seconds, ""


def _tier(name: str, intervals: Sequence[Interval], end: Seconds) -> Iterator[str]:
    yield '        class = "IntervalTier"'
    yield f"        name = {_text(name)}"
    yield "        xmin = 0"
    yield f"        xmax = {_time(end)}"
    yield f"        intervals: size = {len(intervals)}"
    for number, (first, last, label) in enumerate(intervals, start=1):
        yield f"        intervals [{number}]:"
        yield f"            xmin = {_time(first)}"
        yield f"            xmax = {_time(last)}"
        yield f"            text = {_text(label)}"


def _time(seconds: Seconds) -> str:
    return f"{seconds:.6f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    """Quote text as Praat does, its own quotation marks doubled, with a replacement for undecodable text."""
    printable = " ".join(text.split()).encode("utf-8", errors="replace").decode()
    return '"' + printable.replace('"', '""') + '"'
