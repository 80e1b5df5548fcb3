"""How long after a visitor has closed the page is the memory of an uploaded recording given back?

A visitor uploads a recording to Long recordings in Chromium and has it judged, while another visitor's page stays
open, or alone. Then the page is closed, and the server's memory is read every few seconds until it has fallen by nine
tenths of the file. Needs Linux and Chromium.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tools")]

from benchmarks.long_recording import PATIENCE, write_hour  # noqa: E402

LIMIT = 400.0  # seconds after which the memory counts as kept
EVERY = 5.0  # seconds between two looks
SHARE = 0.9


def main() -> None:
    """Print when the memory is free."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0, help="of the recording, 44.1 kHz stereo WAV")
    parser.add_argument("--alone", action="store_true", help="no other visitor is there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        recording = Path(folder) / "recording.wav"
        write_hour(recording, arguments.minutes)
        print(f"{arguments.minutes:g} minutes, {recording.stat().st_size / 1e6:.0f} MB")
        visit(recording, Path(folder), alone=arguments.alone)


def visit(recording: Path, folder: Path, *, alone: bool) -> None:
    """Bring a recording, leave, and watch the server's memory."""
    from playwright.sync_api import sync_playwright

    from app_in_browser import choose, drawn_track, go_to, open_chromium, running_app, server_megabytes, settle

    with running_app(folder / "workspace", folder / "app.log") as address, sync_playwright() as playwright:
        browser = open_chromium(playwright)
        first = browser.new_context()
        page = first.new_page()
        page.set_default_timeout(PATIENCE)
        go_to(page, address, "Long recordings")
        choose(page, "Model", "Demo")
        page.get_by_text("Demo conversation", exact=True).click()
        page.get_by_role("button", name="Judge this recording").click()
        drawn_track(page)  # libraries and the model are loaded now
        settle(page)
        if alone:
            first.close()
        before, _ = server_megabytes()
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        go_to(page, address, "Long recordings")
        choose(page, "Model", "Demo")
        page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(recording)
        page.get_by_role("button", name="Judge this recording").click()
        drawn_track(page)
        settle(page)
        held, _ = server_megabytes()
        print(f"server: {before:.0f} MB before, {held:.0f} MB with the recording")
        context.close()
        closed = time.monotonic()
        while (seconds := time.monotonic() - closed) < LIMIT:
            now, _ = server_megabytes()
            if held - now >= SHARE * recording.stat().st_size / 1e6:
                print(f"given back {seconds:.0f} s after the page was closed: {now:.0f} MB")
                return
            time.sleep(EVERY)
        print(f"not given back within {LIMIT:.0f} s: {now:.0f} MB")


if __name__ == "__main__":
    main()
