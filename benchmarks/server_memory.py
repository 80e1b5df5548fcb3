"""How much memory does the server take at rest, with several visitors whose pages hold the model for people?

Each visitor opens *Listen*, which judges a clip, *Your voice* and *Live* in Chromium and stays there. The networks are
loaded once for all of them. Needs Linux and Chromium.
"""

import argparse
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tools")]

PAGES = ("Listen", "Your voice", "Live")
REST = 5_000  # milliseconds without a press before memory is read


def main() -> None:
    """Print the memory after each visitor."""
    from playwright.sync_api import sync_playwright

    from app_in_browser import PATIENCE, go_to, open_chromium, running_app, server_megabytes

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=3)
    count = parser.parse_args().visitors
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        with running_app(folder / "workspace", folder / "app.log") as address:
            browser = open_chromium(playwright)
            for number in range(1, count + 1):
                page = browser.new_context().new_page()
                page.set_default_timeout(PATIENCE)
                for title in PAGES:
                    go_to(page, address, title)
                page.wait_for_timeout(REST)
                now, most = server_megabytes()
                print(f"visitors {number}: the server takes {now:.0f} MB, at most so far {most:.0f} MB", flush=True)
            browser.close()


if __name__ == "__main__":
    main()
