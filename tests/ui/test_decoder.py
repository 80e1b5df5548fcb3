"""What the browser has decoded is looked at before it is believed."""

import base64
import io

import numpy as np
import pytest
import soundfile

from ui.components.decoder import DecodingFailure, SampleChunk, checked, wav
from ui.components.decoder.mount import packed
from ui.sound import SoundReference


def answer(samples: np.ndarray, /, **changed: object) -> dict[str, object]:
    encoded = base64.b64encode(samples.astype("<i2").tobytes()).decode()
    return {"file": "one", "piece": 0, "pieces": 1, "rate": 16_000, "channels": 1, "samples": encoded, **changed}


@pytest.mark.parametrize("channels", [1, 2])
def test_pieces_become_a_wav_file_of_the_same_samples(random: np.random.Generator, channels: int) -> None:
    samples = random.integers(-32_768, 32_768, (4_800, channels))
    parts = [samples[:2_000], samples[2_000:]]
    pieces = [checked(answer(part, channels=channels, piece=number, pieces=2)) for number, part in enumerate(parts)]
    read, rate = soundfile.read(
        io.BytesIO(wav([piece for piece in pieces if isinstance(piece, SampleChunk)])), dtype="int16", always_2d=True
    )
    assert rate == 16_000
    np.testing.assert_array_equal(read, samples)


@pytest.mark.parametrize(
    "changed",
    [
        {"samples": "no base64!"}, {"samples": "AAAA"}, {"samples": 7}, {"samples": "A" * 9_000_000},
        {"rate": 0}, {"rate": 10**9}, {"rate": True}, {"rate": 16_000.5},
        {"piece": 1}, {"piece": -1}, {"piece": "0"}, {"pieces": 99},
        {"channels": 0}, {"channels": 99}, {"channels": "two"}, {"channels": 2, "samples": "AAAA"},
        {"trouble": "long", "seconds": "many", "samples": None}, {"trouble": "unknown", "samples": None},
    ],
)  # fmt: skip
def test_damaged_answers_are_what_the_browser_could_not_decode(changed: dict[str, object]) -> None:
    assert checked(answer(np.zeros(2), **changed)) == DecodingFailure("one")


@pytest.mark.parametrize("value", [None, [], "file", {"file": 7}, {"samples": "AAAA"}])
def test_anything_else_is_no_answer(value: object) -> None:
    assert checked(value) is None


def test_an_upload_reaches_the_browser_byte_by_byte() -> None:
    content = bytes(range(256)) * 3
    assert content in packed(SoundReference("key", "memo.m4a", content=content), 0)
    assert content not in packed(SoundReference("key", "memo.m4a", content=content), 1)
