"""The first minute: how long a newcomer waits for a voice, a change, a playing lesson, an answer, a map of own vectors.

Each journey is driven in Chromium twice, by two new visitors: the first is also the first of a server that was started
for this journey and has loaded no library yet, the second finds it warm. Opening the browser and starting the server
until it answers are not counted. Needs Chromium and the packages of requirements-dev.txt.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tools")]

import numpy as np  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WINDOW = (1280, 720)
SPOKEN = 3.0  # seconds at the microphone
LONGEST_DRAG = 30.0  # seconds, after which it counts as without effect
PRESSED = 12  # the point on the map of Home
VECTORS, SIZE = 300, 256
STYLES = ("read", "free", "sung")
FIELD = "Vectors: .parquet, .npy, .npz, .csv or .tsv"
# The map plays by an element that stands nowhere on the page.
KEEP_PLAYERS = """
  window.players = new Set();
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () { window.players.add(this); return play.call(this); };
"""
IS_HEARD = "[...window.players].some(one => !one.paused && one.currentTime > 0)"
SEEN = "figure => [...figure.querySelectorAll('.arrows, .matrix')].map(one => one.innerHTML)"
# Of the first panel: its arrows and its matrix both differ from what they were.
HAVE_CHANGED = f"""async ([figure, before, milliseconds]) => {{
  const seen = {SEEN}, end = performance.now() + milliseconds;
  while (!seen(figure).slice(0, 2).every((now, number) => now !== before[number])) {{
    if (performance.now() > end) throw new Error('The drag has changed nothing.');
    await new Promise(requestAnimationFrame);
  }}
}}"""


@dataclass(frozen=True)
class Journey:
    """What a newcomer does, and how long it should take.

    Attributes:
        name: in words, from when until when.
        aim: in seconds; ``None`` where none is set.
        drive: does it in a new window, given the app's address; returns seconds.
    """

    name: str
    aim: float | None
    drive: Callable[["Page", str], float]


def first_voice(page: "Page", address: str) -> float:
    """Open Home, press a point of the map, and hear it."""
    from app_in_browser import drawn_map, place_on_map

    page.add_init_script(KEEP_PLAYERS)
    began = time.perf_counter()
    page.goto(address)
    x, y = place_on_map(drawn_map(page, re.compile("Map of [0-9]+ voices")), PRESSED)
    page.mouse.move(x, y, steps=4)
    page.mouse.click(x, y)
    page.wait_for_function(IS_HEARD)
    return time.perf_counter() - began


def first_drag(page: "Page", address: str) -> float:
    """Drag a point of the lesson on losses until its arrows and its matrix have changed; opening is not counted."""
    page.goto(f"{address}/what_a_loss_does")
    figure = page.locator("figure.playground")
    point = figure.locator(".panel").first.locator(".point.positive .shape")
    point.wait_for()
    box = point.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = figure.evaluate(SEEN)
    page.mouse.move(x, y)
    page.mouse.down()
    began = time.perf_counter()
    page.mouse.move(x - 50, y + 40, steps=4)
    page.evaluate(HAVE_CHANGED, [figure.element_handle(), before, 1000 * LONGEST_DRAG])
    seconds = time.perf_counter() - began
    page.mouse.up()
    return seconds


def playing_lesson(page: "Page", address: str) -> float:
    """Open the lesson that plays a finished run, until its first epoch has passed by without a press."""
    began = time.perf_counter()
    page.goto(f"{address}/watch_a_space_form")
    page.locator("figure.forming[data-epoch]:not([data-epoch='0'])").wait_for()
    return time.perf_counter() - began


def spoken_answer(page: "Page", address: str) -> float:
    """Speak a sentence on Home; from the press on Stop until the answer and its dial are drawn."""
    from app_in_browser import answer_on

    page.goto(address)
    recorder = page.get_by_test_id("stAudioInput")
    recorder.get_by_role("button", name="Record", exact=True).click()
    stop = recorder.get_by_role("button", name="Stop recording")
    stop.wait_for()
    page.wait_for_timeout(1000 * SPOKEN)
    began = time.perf_counter()
    stop.click()
    answer_on(page).wait_for()
    page.locator("figure.dial canvas").wait_for()
    return time.perf_counter() - began


def foreign_map(page: "Page", address: str) -> float:
    """Bring a wide table of vectors to Embedding space; from the first press until its map is drawn."""
    from app_in_browser import drawn_map, go_to, settings, settle

    go_to(page, address, "Embedding space")
    with tempfile.TemporaryDirectory() as folder:
        table = write_wide_table(Path(folder) / "theirs.parquet")
        began = time.perf_counter()
        with settings(page) as fields:
            fields.get_by_text("a file from elsewhere").click()
            settle(page)
            another = fields.get_by_role("button", name="Open another file")
            if another.is_visible():  # the file of the visitor before is kept
                another.click()
        page.get_by_role("region", name=FIELD).locator("input[type=file]").first.set_input_files(table)
        page.get_by_text(f"{VECTORS} vectors").wait_for()
        page.get_by_test_id("stBaseButton-primary").filter(has_text="Open").click()
        page.get_by_role("rowheader", name=STYLES[-1]).wait_for()  # the angles beside the map are of these classes
        drawn_map(page, re.compile("^PCA in 2 dimensions"))
        return time.perf_counter() - began


def write_wide_table(path: Path) -> Path:
    """Write vectors of three styles, one column a dimension, without a word about whose they are; returns the path."""
    import pandas

    styles = np.arange(VECTORS) % 3
    vectors = np.eye(SIZE)[styles] + 0.1 * np.random.default_rng(0).normal(size=(VECTORS, SIZE))
    told = {"clip": [f"c{row}" for row in range(VECTORS)], "style": np.array(STYLES)[styles]}
    wide = pandas.DataFrame(vectors, columns=[f"f{number}" for number in range(SIZE)])
    pandas.concat([pandas.DataFrame(told), wide], axis=1).to_parquet(path)
    return path


JOURNEYS = (
    Journey("Home opened until the first voice is heard", 5.0, first_voice),
    Journey("first drag until arrows and matrix have changed", 1.0, first_drag),
    Journey("lesson opened until its run plays", 3.0, playing_lesson),
    Journey("end of a spoken sentence until answer and dial", None, spoken_answer),
    Journey("first press until the map of a foreign wide table", None, foreign_map),
)


def arrive(browser: "Browser", journey: Journey, address: str, patience: float) -> float | str:
    """Let a new visitor make a journey; returns seconds, or why it was not reached."""
    from playwright.sync_api import Error

    width, height = WINDOW
    context = browser.new_context(viewport={"width": width, "height": height}, permissions=["microphone"])
    context.set_default_timeout(1000 * patience)
    try:
        return journey.drive(context.new_page(), address)
    except Error as error:
        return next(iter(str(error).strip().splitlines()), "no reason given")
    finally:
        context.close()


def main() -> int:
    """Print seconds beside each aim, on a fresh and on a warm server; returns 1 if a journey did not reach its end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="a part of the names of journeys, such as drag")
    parser.add_argument("--patience", type=float, default=120, help="seconds for one step (default: 120)")
    arguments = parser.parse_args()
    journeys = [journey for journey in JOURNEYS if arguments.only in journey.name]
    if not journeys:
        names = "; ".join(journey.name for journey in JOURNEYS)
        raise SystemExit(f"Expected a part of one of these names: {names}. Got: {arguments.only}.")
    from playwright.sync_api import sync_playwright

    from app_in_browser import open_chromium, running_app
    from live_in_browser import held_out_clips, write_session

    missed = False
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        write_session(place / "voices.wav", [clip for _, clip in held_out_clips()])
        browser = open_chromium(playwright, microphone=place / "voices.wav")
        for number, journey in enumerate(journeys):
            workspace = place / f"workspace-{number}"
            with running_app(workspace, place / f"app-{number}.log") as address:
                for server in ("fresh", "warm"):
                    reached = arrive(browser, journey, address, arguments.patience)
                    missed |= isinstance(reached, str)
                    seconds = f"not reached: {reached}" if isinstance(reached, str) else f"{reached:.2f} s"
                    aim = "no aim" if journey.aim is None else f"aim {journey.aim:g} s"
                    print(f"{journey.name}, {server} server: {seconds} ({aim})", flush=True)
        browser.close()
    width, height = WINDOW
    print(f"{width} x {height}, no graphics card; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
