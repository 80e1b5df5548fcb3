"""One sentence that sums a track up."""

from typing import TYPE_CHECKING

from ser_core.inference.reader import NOT_SPEECH
from ser_core.tracks.segments import Segment
from ser_core.tracks.track import clock
from ser_core.types import Seconds

if TYPE_CHECKING:
    from ser_core.tracks import Track

MOST = 0.5  # share of the speech from which an answer is called the most
WORTH_SAYING = 0.1  # share of the speech from which the second answer is named


def seconds_of(segments: tuple[Segment, ...], label: str) -> Seconds:
    """Return how long the segments of one label are together."""
    return sum(one.seconds for one in segments if one.label == label)


def summary(track: "Track") -> str:
    """Say what is heard most, what comes second and where it is longest, and how much is no speech.

    Shares are of the speech, not of the recording. Answers of the same length come in the order of the model's labels.

    Returns:
        A sentence such as "Mostly neutral (62 %), sad from 0:40 to 1:10; 12 s were not speech."
    """
    seconds = {answer: seconds_of(track.segments, answer) for answer in track.answers}
    spoken = sum(seconds.values())
    sounds = seconds_of(track.segments, NOT_SPEECH)
    rest = f"; {sounds:.0f} s were not speech" if sounds >= 1 else ""
    if not spoken:
        return f"No speech was judged{rest}."
    first, second = sorted(seconds, key=lambda answer: -seconds[answer])[:2]
    share = seconds[first] / spoken
    leading = f"Mostly {first}" if share >= MOST else f"Most often {first}"
    told = f"{leading} ({_percent(share)})"
    if seconds[second] >= WORTH_SAYING * spoken:
        told += f", {_place(track.segments, second, seconds[second] / spoken)}"
    return f"{told}{rest}."


def _place(segments: tuple[Segment, ...], answer: str, share: float) -> str:
    """Say where an answer is; where it is in several places, how much of the speech it is, and the longest."""
    own = [one for one in segments if one.label == answer]
    longest = max(own, key=lambda one: one.seconds)
    place = f"from {clock(longest.start)} to {clock(longest.end)}"
    if len(own) == 1:
        return f"{answer} {place}"
    return f"{answer} in {len(own)} places ({_percent(share)}, the longest {place})"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
