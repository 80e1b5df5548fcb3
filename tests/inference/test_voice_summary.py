"""The sentence about a voice: who was heard as spoken, and the mistake that was made most often."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from ser_core.inference.own_voice import Change
from ser_core.inference.voice_summary import summary


@dataclass
class Verdict:
    verdict: str


def change(spoken: str, before: str, after: str, *, held_out: bool = True) -> Change:
    clip = SimpleNamespace(emotion=spoken)
    return Change(clip, Verdict(before), Verdict(after), held_out)  # type: ignore[arg-type]


NEUTRAL_AS_SAD = [
    change("neutral", "sad", "neutral"),
    change("neutral", "sad", "sad"),
    change("neutral", "angry", "neutral"),
    change("neutral", "neutral", "neutral"),
    change("happy", "happy", "happy"),
]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            NEUTRAL_AS_SAD,
            "Of 5 clips, 2 were heard as spoken before, and 4 now: neutral was heard as sad in 2 of 4, now in 1.",
        ),
        (
            [change("neutral", "none of these", "neutral")],
            "Of 1 clip, 0 were heard as spoken before, and 1 now: neutral was heard as none of these in 1 of 1, "
            "now in none.",
        ),
        (
            [change("sad", "sad", "calm"), change("sad", "sad", "sad")],
            "Of 2 clips, 2 were heard as spoken before, and 1 now: sad is heard as calm in 1 of 2, before in none.",
        ),
        (
            [change("sad", "sad", "sad"), change("happy", "happy", "happy")],
            "Of 2 clips, 2 were heard as spoken before, and 2 now: none was mistaken.",
        ),
    ],
)
def test_it_tells_the_right_ones_and_the_most_frequent_mistake(changes: list[Change], sentence: str) -> None:
    assert summary(changes) == sentence


def test_clips_that_made_their_own_voice_count_only_where_there_are_no_others() -> None:
    own = change("neutral", "sad", "neutral", held_out=False)
    assert summary([own, change("sad", "sad", "sad")]).startswith("Of 1 clip, 1 was heard as spoken before, and 1 now")
    assert summary([own]).startswith("Of 1 clip, 0 were heard as spoken before, and 1 now: neutral was heard as sad")
