"""Ten visitors at once: pages opened and clips judged for minutes; errors, waiting, and the server's memory."""

import random
import statistics
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tools.app_in_browser import (
    CHROMIUM,
    FLAGS,
    PATIENCE,
    Complaints,
    choose,
    drawn_player,
    free_port,
    go_to,
    look_at_home,
    open_chromium,
    running_app,
    server_megabytes,
    settle,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = ("Home", "Listen", "Long recordings", "Your voice", "Train", "Compare", "Embedding space", "Geometry audit")
VOICES = ("voice02", "voice05", "voice07", "voice10")
_SECONDS_TO_FORGET = 60


class Visitor(threading.Thread):
    """Opens pages in a random order and has clips judged on *Listen*, until the time is over."""

    def __init__(self, number: int, address: str, browser: str, until: float) -> None:
        super().__init__(name=f"visitor {number}")
        self.draw = random.Random(number)
        self.address, self.browser, self.until = address, browser, until
        self.waited: list[float] = []
        self.judged = 0
        self.problems: list[str] = []

    def run(self) -> None:
        """Visit."""
        from playwright.sync_api import Error, sync_playwright

        try:
            with sync_playwright() as playwright:
                context = playwright.chromium.connect_over_cdp(self.browser).new_context()
                context.set_default_timeout(PATIENCE)
                complaints = Complaints(context, self.address)
                page = context.new_page()
                while time.monotonic() < self.until:
                    self._look(page)
                # Where a page arrives late, it asks by a POST whether a proxy holds it up; the server refuses that one.
                self.problems += [told for told in complaints.taken() if "/_stcore/health" not in told]
                context.close()
        except Error as error:
            self.problems.append(str(error).splitlines()[0])

    def _look(self, page: "Page") -> None:
        title = self.draw.choice(PAGES)
        began = time.monotonic()
        go_to(page, self.address, title)
        self.waited.append(time.monotonic() - began)
        if title == "Listen":
            page.get_by_test_id("stRadio").get_by_text("Demo clip").click()
            settle(page)
            page.get_by_test_id("stRadio").get_by_text("Artificial voices").click()
            settle(page)
            choose(page, "Voice", self.draw.choice(VOICES))
            drawn_player(page)
            self.judged += 1
        self.problems += [f"{title}: {alert.inner_text()[:200]}" for alert in page.get_by_test_id("stException").all()]
        page.wait_for_timeout(self.draw.uniform(2000, 8000))  # reading


def ten_visitors(folder: Path, *, visitors: int, minutes: float) -> list[str]:
    """Let so many visit at once; says what they met."""
    from playwright.sync_api import sync_playwright

    port = free_port()
    folder.mkdir(parents=True)
    with (
        running_app(folder / "workspace", folder / "app.log") as address,
        sync_playwright() as playwright,
        open_chromium(playwright) as first,
    ):
        look_at_home(first, address)
        alone = server_megabytes()[0]
        flags = [*FLAGS, f"--remote-debugging-port={port}"]
        with playwright.chromium.launch(executable_path=CHROMIUM, args=flags):
            until = time.monotonic() + 60 * minutes
            crowd = [Visitor(n, address, f"http://127.0.0.1:{port}", until) for n in range(1, visitors + 1)]
            memory = []
            for visitor in crowd:
                visitor.start()
            while any(visitor.is_alive() for visitor in crowd):
                time.sleep(5)
                memory.append(server_megabytes()[0])
        time.sleep(_SECONDS_TO_FORGET)
        after = server_megabytes()[0]
    waited = sorted(seconds for visitor in crowd for seconds in visitor.waited)
    problems = [f"{visitor.name}: {problem}" for visitor in crowd for problem in visitor.problems]
    bugs = (folder / "app.log").read_text(encoding="utf-8").count("Traceback")
    median, late = statistics.median(waited), waited[int(0.95 * len(waited))]
    judged = sum(visitor.judged for visitor in crowd)
    return [
        f"{visitors} visitors for {minutes:g} minutes: {len(waited)} pages, {judged} clips judged, "
        f"{len(problems)} problems seen by visitors, {bugs} tracebacks in the server's log",
        f"  until a page stood: median {median:.1f} s, 95 % {late:.1f} s, slowest {waited[-1]:.1f} s",
        f"  the server's memory: {alone:.0f} MB with one visitor, at most {max(memory):.0f} MB, {after:.0f} MB "
        "a minute after the last left",
        *(f"  {problem}" for problem in problems[:20]),
    ]
