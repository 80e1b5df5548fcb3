"""A map of many points in Chromium: another colour, and a lasso until Python knows it; the component against Plotly.

The same points, seeded, in two apps on this computer: the map component, and st.plotly_chart with selections. Needs
Chromium and the packages of requirements-dev.txt. Without a graphics card, Chromium draws both with the processor.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tools")]

import numpy as np  # noqa: E402
import streamlit as st  # noqa: E402

if TYPE_CHECKING:
    import pandas
    from playwright.sync_api import Locator, Page

TITLE = "Many points."
COLOURS = ("emotion", "speaker")
KNOWN = "selected: "
PATIENCE = 300_000  # milliseconds


# ------------------------------------------------------------------------------------------------------ the two apps
@st.cache_resource(show_spinner=False)
def many(count: int) -> "tuple[np.ndarray, pandas.DataFrame]":
    """Eight groups of points, with the columns that an atlas has."""
    import pandas

    random = np.random.default_rng(0)
    emotions = np.array(["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise"])
    codes = random.integers(0, 8, count)
    points = random.normal(size=(8, 2))[codes] * 2 + random.normal(size=(count, 2))
    table = pandas.DataFrame(
        {
            "file": [f"corpus/{number:07d}.wav" for number in range(count)],
            "emotion": emotions[codes],
            "predicted": emotions[random.integers(0, 8, count)],
            "speaker": np.array([f"voice{number:02d}" for number in range(10)])[np.arange(count) % 10],
            "arousal": random.random(count),
        }
    )
    return points, table


@st.cache_resource(show_spinner=False)
def packed(count: int) -> object:
    """Pack the map once, as the page does."""
    from ser_core.plots.point_map import point_map

    points, table = many(count)
    return point_map(points, table, title=TITLE, space="benchmark", view="benchmark")


def component_app(count: int) -> None:
    from ui.components import point_map as component

    st.write(f"{KNOWN}{len(component.draw(packed(count), key='map').selected)}")


def plotly_app(count: int) -> None:
    from ser_core.plots.embedding_map import embedding_map_figure

    points, table = many(count)
    colour = st.radio("Colour", COLOURS)
    figure = embedding_map_figure(points, table, colour_by=colour).update_layout(dragmode="lasso")
    figure.update_traces(marker={"size": 4, "symbol": "circle", "line": {"width": 0}})  # as small as the component's
    chosen = st.plotly_chart(figure, theme=None, key="map", on_select="rerun", selection_mode=("points", "lasso"))
    st.write(f"{KNOWN}{len(chosen['selection']['points'])}")


# -------------------------------------------------------------------------------------------------------- the visitor
# Milliseconds from an act to the picture after it: the act is done, the condition holds, and a frame has passed.
UNTIL_DRAWN = """async ([act, done]) => {
  const began = performance.now();
  eval(act);
  while (!eval(done)) await new Promise(requestAnimationFrame);
  await new Promise(next => requestAnimationFrame(() => setTimeout(next)));
  return performance.now() - began;
}"""
FIGURE = "document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot.querySelector('figure')"
# The component draws at once; reading a pixel back waits until the graphics have really done so.
WAIT_FOR_PIXELS = (
    f"(() => {{ const map = {FIGURE}.pointMap, gl = map.renderer.gl; if (map.stage.frame) return false; "
    "gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); return true; })()"
)
LEGEND = "document.querySelector('.js-plotly-plot .legendtext')?.textContent"


def recolour_component(page: "Page", colour: str) -> float:
    act = f"const s = {FIGURE}.querySelector('.colour'); s.value = '{colour}'; s.dispatchEvent(new Event('change'))"
    return float(page.evaluate(UNTIL_DRAWN, [act, WAIT_FOR_PIXELS]))


def recolour_plotly(page: "Page", colour: str) -> float:
    first = {"emotion": "neutral", "speaker": "voice00"}[colour]
    act = f"[...document.querySelectorAll('[role=radio], label')].find(e => e.innerText === '{colour}').click()"
    return float(page.evaluate(UNTIL_DRAWN, [act, f"{LEGEND} === '{first}'"]))


def lasso(page: "Page", drawing: "Locator") -> float:
    """Draw a lasso around a part of the map; returns milliseconds from its end until Python knows it."""
    box = drawing.bounding_box()
    assert box is not None
    former = page.get_by_test_id("stMarkdownContainer").get_by_text(KNOWN).inner_text()
    middle, radius = np.array([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]), 60 + 5 * (len(former) % 2)
    for number, angle in enumerate(np.linspace(0, 2 * np.pi, 25)):
        x, y = middle + radius * np.array([np.cos(angle), np.sin(angle)])
        page.mouse.move(x, y)
        if number == 0:
            page.mouse.down()
    page.evaluate("""([former, known]) => {
      window.told = null;
      document.addEventListener('pointerup', () => (window.ended = performance.now()), {capture: true, once: true});
      document.addEventListener('mouseup', () => (window.ended ??= performance.now()), {capture: true, once: true});
      const watch = () => {
        const now = [...document.querySelectorAll('p')].find(e => e.innerText.startsWith(known))?.innerText;
        if (now && now !== former) window.told = performance.now();
        else requestAnimationFrame(watch);
      };
      window.ended = undefined;
      watch();
    }""", [former, KNOWN.strip()])  # fmt: skip
    page.mouse.up()
    page.wait_for_function("window.told", timeout=PATIENCE)
    return float(page.evaluate("window.told - window.ended"))


def measured(page: "Page", kind: str, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds for another colour, and for lassos."""
    from app_in_browser import drawn_map, settle

    recolour: Callable[[Page, str], float] = recolour_plotly
    if kind == "component":
        recolour = recolour_component
        figure = drawn_map(page, re.compile(re.escape(TITLE)))
        figure.get_by_role("radio", name="Lasso").click()
        drawing = figure.locator("canvas").first
    else:
        drawing = page.locator(".js-plotly-plot .nsewdrag").first
        drawing.wait_for(state="attached", timeout=PATIENCE)
    settle(page)
    colours, lassos = [], []
    for number in range(rounds):
        colours.append(recolour(page, COLOURS[(number + 1) % 2]) / 1000)
        settle(page)
        page.wait_for_timeout(1000)
        lassos.append(lasso(page, drawing) / 1000)
        settle(page)
        page.keyboard.press("Escape")
        settle(page)
    return colours, lassos


def main() -> None:
    """Print medians of both ways and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from app_in_browser import free_port, open_chromium, wait_until_open

    medians = {}
    for kind in ("component", "plotly"):
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            port, log = free_port(), Path(folder) / "app.log"
            command = [sys.executable, "-m", "streamlit", "run", __file__, "--server.port", str(port)]
            command += ["--server.headless", "true", "--", kind, str(arguments.points)]
            with log.open("w") as words:
                app = subprocess.Popen(command, cwd=REPOSITORY, stdout=words, stderr=words, env=dict(os.environ))
            try:
                address = f"http://127.0.0.1:{port}"
                wait_until_open(app, address, log)
                browser = open_chromium(playwright)
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.set_default_timeout(PATIENCE)
                page.goto(address)
                both = measured(page, kind, arguments.rounds)
                medians[kind] = [statistics.median(seconds) for seconds in both]
                told = (" ".join(f"{second:.2f}" for second in seconds) for seconds in both)
                print(f"{kind}: another colour {next(told)} s; lasso {next(told)} s", flush=True)
                browser.close()
            finally:
                app.terminate()
                app.wait()
    print(f"{arguments.points} points, {arguments.rounds} rounds of each, 1280 x 900, Chromium without a graphics card")
    for number, what in enumerate(("another colour until it is drawn", "end of a lasso until Python knows it")):
        ours, theirs = medians["component"][number], medians["plotly"][number]
        print(f"{what}: component {ours:.2f} s, st.plotly_chart {theirs:.2f} s: {theirs / ours:.1f} times faster")


if st.runtime.exists():
    {"component": component_app, "plotly": plotly_app}[sys.argv[1]](int(sys.argv[2]))
elif __name__ == "__main__":
    main()
