"""The lesson "A stranger's voice": it plays by itself on the first screen, and presses and keys change what is seen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from app_in_browser import PATIENCE, go_to, overflow
from first_screen import LEAST_SHARE, MAIN_PICTURES, share_of_picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
CLIPS = "figure => figure.afterClips.cloud.shown.map(({ place }) => place)"


@contextmanager
def lesson(chromium: "Browser", address: str, width: int, height: int, **more: str) -> "Iterator[Page]":
    context = chromium.new_context(viewport={"width": width, "height": height}, **more)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    go_to(page, address, "A stranger's voice")
    yield page
    context.close()


def shown(page: "Page") -> "Locator":
    return page.locator("figure.after-clips")


def words(page: "Page") -> "Locator":
    return shown(page).get_by_role("status")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_it_plays_from_a_wrong_answer_to_a_right_one_and_takes_half_of_the_first_screen(
    chromium: "Browser", address: str, width: int, height: int
) -> None:
    with lesson(chromium, address, width, height) as page:
        expect(words(page)).to_contain_text("✓ as it was spoken")
        expect(shown(page)).to_have_attribute("data-step", "4")
        expect(shown(page).get_by_role("button", name="Play")).to_be_visible()
        assert share_of_picture(page, MAIN_PICTURES["lesson-stranger"]) >= LEAST_SHARE
        assert overflow(page) == []
        known = shown(page).evaluate(CLIPS)
        shown(page).get_by_role("radio", name="0", exact=True).click()
        expect(words(page)).to_contain_text("Nothing is known of this voice:")
        expect(words(page)).to_contain_text("✗ but spoken:")
        page.wait_for_function("figure => figure.afterClips.at === 0", arg=shown(page).element_handle())
        assert shown(page).evaluate(CLIPS) != known, "the clips have moved on the map"


def test_another_voice_has_up_to_sixteen_clips_and_keys_walk_through_them(chromium: "Browser", address: str) -> None:
    with lesson(chromium, address, 1280, 720) as page:
        shown(page).get_by_role("combobox", name="Clip").select_option("An artificial voice: neutral")
        counts = shown(page).get_by_role("radio")
        expect(counts).to_have_text(["0", "1", "2", "4", "8", "16"])
        counts.first.click()
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        expect(shown(page)).to_have_attribute("data-step", "16")
        expect(counts.last).to_be_focused()
        expect(words(page)).to_contain_text("After 16 clips of this voice:")
        page.keyboard.press("h")
        expect(shown(page).locator("audio")).to_have_js_property("paused", False)


def test_a_pressed_clip_on_the_map_is_chosen_and_heard(chromium: "Browser", address: str) -> None:
    with lesson(chromium, address, 1280, 720) as page:
        expect(shown(page)).to_have_attribute("data-step", "4")
        chosen = shown(page).get_by_role("combobox", name="Clip")
        before = chosen.input_value()
        places = shown(page).evaluate(CLIPS)
        own = places[-1]
        x, y = max(places[:-1], key=lambda place: (place[0] - own[0]) ** 2 + (place[1] - own[1]) ** 2)
        shown(page).locator("canvas.cloud").click(position={"x": x, "y": y})
        expect(chosen).not_to_have_value(before)
        expect(shown(page).locator("audio")).to_have_js_property("paused", False)


def test_who_wants_no_motion_sees_all_clips_known_at_once(chromium: "Browser", address: str) -> None:
    with lesson(chromium, address, 1280, 720, reduced_motion="reduce", color_scheme="dark") as page:
        expect(words(page)).to_have_text(re.compile("^After 4 clips of this voice:.*✓ as it was spoken$"))
