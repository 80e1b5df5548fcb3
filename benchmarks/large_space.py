"""Embedding space with very many vectors, or Two spaces: how long the page takes, the angles, the server's memory.

Seeded vectors of eight emotions and ten speakers are kept in a workspace as an import keeps them, and looked at in
Chromium on this computer. Needs Linux (the server's memory is read from /proc), Chromium and requirements-dev.txt.
"""

import argparse
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tools")]

import numpy as np  # noqa: E402

from ser_core.types import FloatArray  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from ser_core.embeddings.space import Space

EMOTIONS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise")
PATIENCE = 600_000  # milliseconds
SPREAD = 0.8  # of an emotion's vectors around its direction, in each dimension
MAP = re.compile("PCA in 2 dimensions")
CHOSEN = re.compile(r"utterances\. Choose a row to hear it")
FIRST = re.compile("PCA in 2 dimensions of file many, the first space")
SELECTED = re.compile("^Selected utterances$")

# Whether a map of other points than before is drawn: the page shows the old one until the new one comes.
DRAWN = "(figure, before) => figure.pointMap.map.digest !== before && !figure.pointMap.stage.frame"

# Milliseconds from another colour until its pixels are there, on every map that is linked.
RECOLOUR = """async (figure, colour) => {
  const maps = [...figure.pointMap.memory.maps], list = figure.querySelector('.colour');
  const began = performance.now();
  list.value = colour;
  list.dispatchEvent(new Event('change'));
  while (maps.some(map => map.stage.frame)) await new Promise(requestAnimationFrame);
  for (const { renderer: { gl } } of maps) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  return performance.now() - began;
}"""


def many(rows: int, size: int) -> "Space":
    """Make unit vectors around eight directions."""
    import pandas

    from ser_core.embeddings.space import Space

    random = np.random.default_rng(0)
    codes = random.integers(0, len(EMOTIONS), rows)
    vectors = random.normal(size=(len(EMOTIONS), size))[codes]
    vectors += SPREAD * random.normal(size=(rows, size))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    table = pandas.DataFrame(
        {
            "file": [f"corpus/{number:07d}.wav" for number in range(rows)],
            "emotion": np.array(EMOTIONS)[codes],
            "speaker": np.array([f"voice{number:02d}" for number in range(10)])[np.arange(rows) % 10],
            "arousal": random.random(rows),
        }
    )
    return Space(table, vectors.astype(np.float32))


def turned(vectors: FloatArray) -> FloatArray:
    """Move vectors a little, as another model would."""
    moved = vectors + np.random.default_rng(1).normal(scale=0.03, size=vectors.shape)
    return (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)


def angles_seconds(space: "Space", rounds: int) -> float:
    """Median seconds for the matrix of angles with the spread on its diagonal, as the page computes both."""
    from ser_core.geometry.angles import class_angle_matrix, class_directions
    from ser_core.geometry.spread import within_spreads

    emotions = space.column("emotion")
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        directions = class_directions(space.embeddings, emotions, EMOTIONS)
        class_angle_matrix(space.embeddings, emotions, directions, EMOTIONS)
        within_spreads(space.embeddings, emotions, directions, EMOTIONS)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def lasso(page: "Page", figure: "Locator", told: re.Pattern[str]) -> float:
    """Draw a lasso around the middle of the map; returns seconds until the page tells of it."""
    canvas = figure.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    middle = np.array([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    for number, angle in enumerate(np.linspace(0, 2 * np.pi, 25)):
        x, y = middle + 40 * np.array([np.cos(angle), np.sin(angle)])
        page.mouse.move(x, y)
        if number == 0:
            page.mouse.down()
    began = time.perf_counter()
    page.mouse.up()
    page.get_by_text(told).wait_for(timeout=PATIENCE)
    return time.perf_counter() - began


def colours_and_lassos(page: "Page", figure: "Locator", rounds: int, told: re.Pattern[str]) -> None:
    """Print what another colour takes, and a lasso until the page tells of it."""
    from app_in_browser import settle

    colours = [figure.evaluate(RECOLOUR, ("speaker", "emotion")[n % 2]) for n in range(rounds)]
    middle, slowest = statistics.median(colours) / 1000, max(colours) / 1000
    print(f"another colour: median {middle:.3f} s, slowest {slowest:.3f}")
    figure.get_by_role("radio", name="Lasso").click()
    lassos = []
    for _ in range(rounds):
        lassos.append(lasso(page, figure, told))
        settle(page)
        figure.get_by_role("button", name="Clear selection").click()
        page.get_by_text(told).wait_for(state="detached")
        settle(page)
    print(f"lasso, until its table: median {statistics.median(lassos):.2f} s, slowest {max(lassos):.2f}")


def look_at_one(page: "Page", address: str, rounds: int) -> None:
    """Print what each step on Embedding space takes."""
    from app_in_browser import drawn_map, go_to, place_on_map, settle

    go_to(page, address, "Embedding space")
    figure = drawn_map(page, MAP)
    settle(page)
    before = figure.evaluate("figure => figure.pointMap.map.digest")
    page.get_by_role("button", name="Settings").click()
    began = time.perf_counter()
    page.get_by_role("radio", name="a file from elsewhere").click()
    while not figure.evaluate(DRAWN, before):
        time.sleep(0.05)
    print(f"open, until the map is drawn: {time.perf_counter() - began:.2f} s")
    settle(page)
    print(f"open, until the whole page is: {time.perf_counter() - began:.2f} s")
    page.get_by_role("button", name="Settings").click()
    colours_and_lassos(page, figure, rounds, CHOSEN)
    presses = []
    for number in range(rounds):
        x, y = place_on_map(figure, number)
        page.mouse.move(x, y, steps=4)
        name = figure.locator(".tip b").inner_text()
        began = time.perf_counter()
        page.mouse.click(x, y)
        page.get_by_test_id("stCaptionContainer").filter(has_text=name).first.wait_for()
        presses.append(time.perf_counter() - began)
        settle(page)
    print(f"press a point, until it is told: median {statistics.median(presses):.2f} s")


def look_at_two(page: "Page", address: str, rounds: int) -> None:
    """Print what each step on Two spaces takes; lines are drawn to what is selected."""
    from app_in_browser import choose, drawn_map, go_to, settings, settle

    go_to(page, address, "Two spaces")
    with settings(page):
        choose(page, "Second space", "file turned")
        began = time.perf_counter()
        choose(page, "First space", "file many")
        figure = drawn_map(page, FIRST)
        settle(page)
        print(f"open, until the whole page is: {time.perf_counter() - began:.2f} s")
        page.get_by_text("the selected", exact=True).click()
    colours_and_lassos(page, figure, rounds, SELECTED)


def main() -> None:
    """Print what each step takes, and the server's memory after it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--two-spaces", action="store_true", help="two files of as many vectors on Two spaces")
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from app_in_browser import go_to, open_chromium, running_app, server_megabytes
    from ser_core.embeddings import Space, library

    space = many(arguments.points, arguments.size)
    print(f"{arguments.points} x {arguments.size} vectors, {arguments.rounds} rounds, 1280 x 900, no graphics card")
    print(f"angles between and within {len(EMOTIONS)} emotions: {angles_seconds(space, arguments.rounds):.2f} s")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["SER_WORKSPACE"] = str(Path(folder) / "workspace")
        library.save_space(space, "many")
        if arguments.two_spaces:
            library.save_space(Space(space.frame, turned(space.embeddings)), "turned")
        del space
        with running_app(Path(folder) / "workspace", Path(folder) / "app.log") as address:
            page = open_chromium(playwright).new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(PATIENCE)
            go_to(page, address, "Home")
            before, _ = server_megabytes()
            (look_at_two if arguments.two_spaces else look_at_one)(page, address, arguments.rounds)
            now, most = server_megabytes()
            print(f"server: {before:.0f} MB before, {now:.0f} MB now, {most:.0f} MB at most")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
