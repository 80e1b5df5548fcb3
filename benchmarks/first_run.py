"""How long from the press of *Start training* until its first picture, and until the recipe quick has finished?

The page is opened in Chromium beside the server, with the demo corpus and the recipe as they are offered; a second run
follows, whose corpus is read already. Prints seconds; other programs that compute beside it make them longer.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tools")]

if TYPE_CHECKING:
    from playwright.sync_api import Page

WINDOW = {"width": 1280, "height": 720}


def one_run(page: "Page") -> tuple[float, float, float]:
    """Press Start; returns the seconds until the button is locked, until the first picture, and until the end."""
    began = time.monotonic()
    page.get_by_role("button", name="Start training").click()
    page.locator("button:disabled", has_text="ing…").wait_for()
    locked = time.monotonic() - began
    # The picture of a former run stands there until the new one's: that one begins with the space before training.
    page.locator('.forming[data-epoch="0"]').wait_for()
    drawn = time.monotonic() - began
    page.get_by_text("Finished.").wait_for()
    return locked, drawn, time.monotonic() - began


def main() -> None:
    """Measure and print."""
    from app_in_browser import PATIENCE, open_chromium, running_app

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=2)
    runs = parser.parse_args().runs
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        workspace, log = Path(folder) / "workspace", Path(folder) / "log"
        with running_app(workspace, log) as address:
            browser = open_chromium(playwright)
            page = browser.new_page(viewport=WINDOW)
            page.set_default_timeout(PATIENCE)
            page.goto(f"{address}/train")
            page.get_by_role("button", name="Start training").wait_for()
            for number in range(1, runs + 1):
                locked, drawn, ended = one_run(page)
                print(
                    f"run {number}: locked after {locked:.1f} s, first picture after {drawn:.1f} s, "
                    f"finished after {ended:.1f} s; load {os.getloadavg()[0]:.1f}",
                    flush=True,
                )
            browser.close()


if __name__ == "__main__":
    main()
