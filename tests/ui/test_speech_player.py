"""What the browser says about a sound is checked: only a part of the sound that was drawn comes through."""

import math

import pytest

from ser_core.plots.speech_player import PlayedSound
from ui.components.speech_player import PlayerMessage, checked

SOUND = PlayedSound(b"", "abc", 60.0, 63.0001)


def asked(start: object, end: object, digest: object = "abc") -> PlayerMessage:
    return checked({"digest": digest, "start": start, "end": end, "missing": False}, SOUND)


def test_a_part_of_the_sound_comes_through():
    assert asked(61, 62.5) == PlayerMessage((61.0, 62.5))
    assert asked(60, 63.0001) == PlayerMessage((60.0, 63.0001))


def test_what_was_rounded_beyond_an_end_is_cut_there():
    assert asked(59.9996, 63.0005) == PlayerMessage((60.0, 63.0001))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (59.9, 61), (62, 63.1), (62, 61), (62, 62), (math.nan, 62), (61, math.inf), (-math.inf, 62), (10**400, 62),
        (61, 10**400), (None, 62), ("61", 62), (True, 62), ([61], 62), (61, {"end": 62}),
    ],
)  # fmt: skip
def test_what_is_no_part_of_it_asks_for_nothing(start: object, end: object):
    assert asked(start, end) == PlayerMessage()


@pytest.mark.parametrize("digest", ["other", None, 7, ["abc"]])
def test_what_was_asked_about_another_sound_does_not_count(digest: object):
    assert asked(61, 62, digest) == PlayerMessage()


@pytest.mark.parametrize("value", [None, "missing", 7, [1, 2], {}, {"missing": "true"}, {"missing": 1}])
def test_hostile_answers_ask_for_nothing(value: object):
    assert checked(value, SOUND) == PlayerMessage()


def test_a_browser_that_cannot_play_says_so():
    assert checked({"missing": True}, SOUND) == PlayerMessage(missing=True)
