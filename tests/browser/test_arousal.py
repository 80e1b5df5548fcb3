"""Listen: how excited a recording sounds stands beside its answer, on a desk and on a phone."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app_in_browser import answer_on, bring_sound, choose, drawn_player, overflow, settle
from first_screen import LEAST_SHARE, MAIN_PICTURES, share_of_picture

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]


@pytest.fixture(scope="module", autouse=True)
def _model(app_workspace: Path, tiny_arousal_run: Path) -> None:
    shutil.copytree(tiny_arousal_run, app_workspace / "runs" / "excited")


def test_the_scale_shows_value_and_interval_beside_the_answer_and_the_picture_keeps_its_half(
    visit: Visit, clip: Path
) -> None:
    page = visit("Listen")
    bring_sound(page, {"name": clip.name, "mimeType": "audio/flac", "buffer": clip.read_bytes()})
    choose(page, "Model", re.compile("excited"))
    drawn_player(page, clip.name)
    scale = page.get_by_role("img", name=re.compile(r"^How excited it sounds: [a-z ]+\. On a scale from calm, -1, to"))
    for width, height in ((1280, 720), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        expect(scale).to_be_visible()
        expect(scale).to_contain_text("sounds")
        bar, interval, value = (
            scale.locator(f".arousal-{part}").bounding_box() for part in ("scale", "interval", "value")
        )
        answer = page.locator(".st-key-listen-answer").bounding_box()
        assert None not in (bar, interval, value, answer)
        assert bar["width"] > 60
        assert bar["x"] - 1 <= interval["x"]
        assert interval["x"] + interval["width"] <= bar["x"] + bar["width"] + 1
        assert interval["x"] - 3 <= value["x"] <= interval["x"] + interval["width"] + 3
        assert bar["y"] + bar["height"] <= answer["y"] + answer["height"], "in sight without scrolling the answer"
        if width > 1000:
            head = answer_on(page).bounding_box()
            assert head["y"] <= bar["y"] + bar["height"] <= head["y"] + head["height"] + 12, "beside the name"
        assert share_of_picture(page, MAIN_PICTURES["listen-demo"]) >= LEAST_SHARE, (width, height)
        assert overflow(page) == []
