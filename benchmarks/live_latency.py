"""Live in Chromium: from the end of a 200 ms block of sound until its probabilities are on the screen.

The app and Chromium on this computer; Chromium's microphone hears clips of the demo corpus, over and over. The page
measures itself: the audio thread stamps the end of every block, and the clock stops when the picture with that
block's probabilities has been drawn. Needs Chromium and the packages of requirements-dev.txt.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tools")]

import numpy as np  # noqa: E402

TARGETS = {"median": 200, "95th percentile": 400}  # milliseconds, on quiet cores
WARM_UP = 10  # seconds that are not counted: model and atlas are loaded in them
SPAN = 60  # seconds, after which is read what the page has measured: it keeps the newest 300 blocks
FORGET = "figure => { figure.live.latency.milliseconds = []; }"
ANSWERED = "({ live }) => live.sender.number"  # messages so far; the next goes when the former is answered
HEARD = """({ live }) => [
  live.latency.milliseconds, live.counted, live.lostInBrowser, performance.memory?.usedJSHeapSize ?? NaN
]"""


@dataclass(frozen=True)
class Part:
    """What was measured in a part of the time.

    Attributes:
        milliseconds: of each block, from its end until its probabilities were on the screen.
        counted: what the page has counted since it began to listen.
        lost_in_browser: milliseconds of sound since then that the browser was too busy to take.
        page: bytes of memory that the page's script holds.
        server: megabytes that the server holds.
    """

    milliseconds: list[float]
    counted: dict[str, int]
    lost_in_browser: float
    page: float
    server: float


@contextlib.contextmanager
def busy(count: int) -> Iterator[None]:
    """Let programs compute, each in a session of its own, as other people's do."""
    programs = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"], start_new_session=True) for _ in range(count)
    ]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


def main() -> None:
    """Print both figures, what was lost, delay and memory minute by minute, and how busy the computer was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--model", default="Demo")
    parser.add_argument("--busy", type=int, default=0, help="programs that compute beside it all the time")
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from app_in_browser import PATIENCE, choose, go_to, open_chromium, running_app, server_megabytes
    from live_in_browser import held_out_clips, start, write_session

    with (
        busy(arguments.busy),
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
    ):
        place = Path(folder)
        write_session(place / "voices.wav", [clip for _, clip in held_out_clips()])
        with running_app(place / "workspace", place / "app.log") as address:
            browser = open_chromium(playwright, microphone=place / "voices.wav")
            page = browser.new_context(permissions=["microphone"], viewport={"width": 1280, "height": 900}).new_page()
            page.set_default_timeout(PATIENCE)
            received: list[int] = []
            page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
            go_to(page, address, "Live")
            choose(page, "Model", arguments.model)
            figure = start(page)
            page.wait_for_timeout(1000 * WARM_UP)
            parts, left = [], arguments.seconds
            figure.evaluate(FORGET)
            received.clear()
            answered = figure.evaluate(ANSWERED)
            while left > 0:
                page.wait_for_timeout(1000 * min(left, SPAN))
                left -= SPAN
                parts.append(Part(*figure.evaluate(HEARD), server_megabytes()[0]))
                figure.evaluate(FORGET)
            answers = max(1, figure.evaluate(ANSWERED) - answered)
            browser.close()
    milliseconds = [one for part in parts for one in part.milliseconds]
    if not milliseconds:
        raise SystemExit(f"Expected answers within {arguments.seconds:g} s; got none. Measure longer.")
    median, most = np.quantile(milliseconds, (0.5, 0.95))
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"{arguments.model}: {arguments.seconds:g} s, {len(milliseconds)} blocks; 1280 x 900, no graphics card")
    print(f"median {median:.0f} ms, 95th percentile {most:.0f} ms; targets on quiet cores: {TARGETS}")
    last = parts[-1]
    print(
        f"windows left out {last.counted['skipped']}, blocks lost {last.counted['lost']}, "
        f"sound that the browser lost {last.lost_in_browser / 1000:.1f} s, "
        f"the model took {last.counted['milliseconds']:.0f} ms for a window on average"
    )
    print(f"{sum(received) / answers / 1000:.1f} kB received for each of {answers} answers")
    for number, part in enumerate(parts, start=1):
        print(
            f"{SPAN} s, the {number}.: median {np.median(part.milliseconds or [np.nan]):.0f} ms, "
            f"server {part.server:.0f} MB, page {part.page / 1e6:.0f} MB"
        )
    print(f"load average {load:.1f} on {cores} cores")


if __name__ == "__main__":
    main()
