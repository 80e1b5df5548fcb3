"""Live in Chromium: from the end of a 200 ms block of sound until its probabilities are on the screen.

The app and Chromium on this computer; Chromium's microphone hears clips of the demo corpus, over and over. The page
measures itself: the audio thread stamps the end of every block, and the clock stops when the picture with that
block's probabilities has been drawn. Needs Chromium and the packages of requirements-dev.txt.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tools")]

import numpy as np  # noqa: E402

TARGETS = {"median": 200, "95th percentile": 400}  # milliseconds, on quiet cores
WARM_UP = 10  # seconds that are not counted: model and atlas are loaded in them


def main() -> None:
    """Print both figures, what was lost, and how busy the computer was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--model", default="Demo")
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from app_in_browser import PATIENCE, choose, go_to, open_chromium, running_app
    from live_in_browser import held_out_clips, start, write_session

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        write_session(place / "voices.wav", [clip for _, clip in held_out_clips()])
        with running_app(place / "workspace", place / "app.log") as address:
            browser = open_chromium(playwright, microphone=place / "voices.wav")
            page = browser.new_context(permissions=["microphone"], viewport={"width": 1280, "height": 900}).new_page()
            page.set_default_timeout(PATIENCE)
            go_to(page, address, "Live")
            choose(page, "Model", arguments.model)
            figure = start(page)
            page.wait_for_timeout(1000 * WARM_UP)
            before = figure.evaluate(
                "figure => { figure.live.latency.milliseconds = []; return figure.live.moments.windows.length; }"
            )
            page.wait_for_timeout(1000 * arguments.seconds)
            milliseconds, windows, counted = figure.evaluate(
                "({ live }) => [live.latency.milliseconds, live.moments.windows.length, live.counted]"
            )
            browser.close()
    if not milliseconds:
        raise SystemExit(f"Expected answers within {arguments.seconds:g} s; got none. Measure longer.")
    median, most = np.quantile(milliseconds, (0.5, 0.95))
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"{arguments.model}: {arguments.seconds:g} s, {len(milliseconds)} blocks; 1280 x 900, no graphics card")
    print(f"median {median:.0f} ms, 95th percentile {most:.0f} ms; targets on quiet cores: {TARGETS}")
    print(f"windows {windows - before}, left out {counted['skipped']}, blocks lost {counted['lost']}")
    print(f"load average {load:.1f} on {cores} cores")


if __name__ == "__main__":
    main()
