"""What the live view sends is checked: only blocks of sound and small counts come through."""

import base64

import numpy as np
import pytest

from ser_core.audio.pcm import to_base64, to_pcm16
from ui.components.live_microphone import BLOCK
from ui.components.live_microphone.message import MOST_BLOCKS, checked

GOOD = {
    "number": 3,
    "session": "mine",
    "act": "listen",
    "first": 7,
    "arrived": 2,
    "model": "m",
    "seen": 5,
}


def pcm(samples: np.ndarray) -> str:
    return to_base64(to_pcm16(samples))


def test_samples_come_through_within_one_step_of_16_bits(random):
    samples = random.uniform(-1, 1, BLOCK).astype(np.float32)
    message = checked({**GOOD, "blocks": [pcm(samples), pcm(samples[:5])]})
    assert [len(block) for block in message.blocks] == [BLOCK, 5]
    assert np.abs(message.blocks[0] - samples).max() <= 1 / 32_768
    assert (message.number, message.first, message.arrived, message.seen) == (3, 7, 2, 5)


def test_whether_a_voice_may_be_learned_is_a_press_or_nothing():
    assert [checked({**GOOD, **more}).learn for more in ({}, {"learn": None}, {"learn": True}, {"learn": False})] == [
        None, None, True, False,
    ]  # fmt: skip


def test_samples_beyond_full_scale_are_cut_off_and_do_not_wrap_around():
    assert checked({**GOOD, "blocks": [pcm(np.array([2.0, -2.0]))]}).blocks[0].tolist() == [32_767 / 32_768, -1.0]


@pytest.mark.parametrize(
    "value",
    [
        None,
        "listen",
        [GOOD],
        {},
        {**GOOD, "session": ""},
        {**GOOD, "session": "x" * 201},
        {**GOOD, "session": 7},
        {**GOOD, "act": "shout"},
        {**GOOD, "act": ["listen"]},
        {**GOOD, "source": "nobody"},
        {**GOOD, "learn": "yes"},
        {**GOOD, "learn": [True]},
        {**GOOD, "source": ["computer"]},
        {**GOOD, "number": True},
        {**GOOD, "first": -1},
        {**GOOD, "first": 10**30},
        {**GOOD, "seen": 1.0},
        {**GOOD, "arrived": float("nan")},
        {**GOOD, "blocks": "AAAA"},
        {**GOOD, "blocks": [""]},
        {**GOOD, "blocks": [None]},
        {**GOOD, "blocks": ["not base64!"]},
        {**GOOD, "blocks": [base64.b64encode(b"odd").decode()]},
        {**GOOD, "blocks": [base64.b64encode(bytes(2 * BLOCK + 2)).decode()]},
        {**GOOD, "blocks": ["AAA="] * (MOST_BLOCKS + 1)},
    ],
)
def test_hostile_messages_are_none(value):
    assert checked(value) is None
