"""Long recordings do not fill the memory."""

import io

import numpy as np
import pytest
import soundfile

from ui import cache
from ui.cache import sounds
from ui.sound import SoundReference


def recording(seconds: float, **part: float) -> SoundReference:
    file = io.BytesIO()
    soundfile.write(file, np.zeros(round(seconds * 8_000), dtype=np.int16), 8_000, format="FLAC")
    return SoundReference(key=f"{seconds} {part}", name="take", content=file.getvalue(), **part)


def test_a_recording_is_long_by_its_header():
    assert cache.is_long(recording(sounds.LONG_SECONDS + 1))
    assert not cache.is_long(recording(sounds.LONG_SECONDS - 1))


def test_a_short_part_of_a_long_file_is_short():
    assert not cache.is_long(recording(sounds.LONG_SECONDS + 5, start=10.0, end=12.0))


@pytest.mark.parametrize("content", [b"", b"no sound at all"])
def test_what_is_no_recording_is_left_to_the_reader_to_complain_about(content: bytes):
    assert not cache.is_long(SoundReference(key=f"bad {content!r}", name="take", content=content))
