"""The sentence about a voice: who was heard as spoken, and the mistake that was made most often."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from ser_core.inference.own_voice import Change
from ser_core.inference.voice_summary import summary


@dataclass
class Verdict:
    verdict: str


def change(spoken: str | None, before: str, after: str, *, held_out: bool = True) -> Change:
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
            "Before, 2 of 5 clips were heard correctly, now 4: neutral was heard as sad in 2 of 4, now in 1.",
        ),
        (
            [change("neutral", "none of these", "neutral")],
            "One clip: spoken neutral, heard as none of these before and as neutral now.",
        ),
        (
            [change("neutral", "none of these", "neutral"), change("sad", "sad", "calm")],
            "Before, 1 of 2 clips was heard correctly, now 1: neutral was heard as none of these in 1 of 1, "
            "now in none.",
        ),
        (
            [change("sad", "sad", "calm"), change("sad", "sad", "sad")],
            "Before, 2 of 2 clips were heard correctly, now 1: sad is heard as calm in 1 of 2, before in none.",
        ),
        (
            [change("sad", "sad", "sad"), change("happy", "happy", "happy")],
            "Before, 2 of 2 clips were heard correctly, now 2: none was mistaken.",
        ),
    ],
)
def test_it_tells_the_right_ones_and_the_most_frequent_mistake(changes: list[Change], sentence: str) -> None:
    assert summary(changes) == sentence


def test_clips_that_made_their_own_voice_count_only_where_there_are_no_others() -> None:
    own = change("neutral", "sad", "neutral", held_out=False)
    other = change("sad", "sad", "sad")
    assert summary([own, other, other]) == "Before, 2 of 2 clips were heard correctly, now 2: none was mistaken."
    assert summary([own, own]).startswith(
        "Before, 0 of 2 clips were heard correctly, now 2: neutral was heard as sad in 2"
    )
    assert summary([own]) == "One clip: spoken neutral, heard as sad before and as neutral now."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([change(None, "sad", "neutral")], "One clip: heard as sad before and as neutral now."),
        (
            [change(None, "sad", "neutral"), change(None, "sad", "neutral"), change(None, "angry", "sad"),
             change(None, "happy", "happy")],
            "3 of 4 clips are heard otherwise than before: sad is now neutral in 2.",
        ),
        ([change(None, "sad", "sad"), change(None, "happy", "happy")], "All 2 clips are heard as before."),
        (
            [change(None, "sad", "neutral"), change("happy", "happy", "happy")],
            "One clip: spoken happy, heard as happy before and as happy now.",
        ),
    ],
)  # fmt: skip
def test_of_clips_of_which_nothing_is_told_it_is_told_how_many_are_heard_otherwise(changes, sentence) -> None:
    assert summary(changes) == sentence
