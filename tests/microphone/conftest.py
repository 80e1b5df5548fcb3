"""A microphone without hardware, for the commands that listen and record."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))  # the script for screenshots plugs it in too

from virtual_microphone import VirtualMicrophone, missing, plugged_in


@pytest.fixture
def virtual_microphone(tmp_path: Path) -> Iterator[VirtualMicrophone]:
    if missing():
        pytest.skip(missing())
    with plugged_in(tmp_path / "sound") as microphone:
        yield microphone
