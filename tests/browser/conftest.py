"""The app as a visitor meets it: in Chromium, with a recorded voice as the microphone."""

import contextlib
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ser_core.corpora import open_corpus

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tools"))  # the script for screenshots drives the app in the same way

from app_in_browser import (  # noqa: E402
    CHROMIUM,
    PATIENCE,
    Complaints,
    go_to,
    look_at_home,
    open_chromium,
    printed_key,
    running_app,
    settings,
    settle,
    write_voice,
)
from tests.browser.microphone import Open  # noqa: E402
from tests.browser.modules import module_page  # noqa: E402
from tests.browser.player import bring  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Playwright

Visit = Callable[[str], "Page"]
VisitAt = Callable[[str, str], "Page"]


@dataclass(frozen=True)
class Training:
    """A training run that a visitor watched.

    Attributes:
        run: name of its folder.
        told: what the bar of progress said, in order.
        charts: what was drawn when it had ended, as described to those who cannot see it.
    """

    run: str
    told: tuple[str, ...]
    charts: tuple[str, ...]


@pytest.fixture(scope="session")
def app_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("app") / "workspace"


@pytest.fixture(scope="session")
def address(app_workspace: Path, chromium: "Browser") -> Iterator[str]:
    """Run the app for all browser tests; somebody has looked at Home already."""
    named = ("--server.allowedHosts=speech.test",)
    with running_app(app_workspace, app_workspace.parent / "app.log", options=named) as address:
        look_at_home(chromium, address)
        yield address


@pytest.fixture(scope="session")
def key(address: str, app_workspace: Path) -> str:
    """Return what the app printed at the end of its address, such as ``?key=…``."""
    return printed_key(app_workspace.parent / "app.log")


@pytest.fixture(scope="session")
def clip() -> Path:
    """Return a sentence of the demo corpus."""
    return spoken("angry")[0]


def spoken(emotion: str) -> list[Path]:
    manifest = open_corpus("demo")
    return [manifest.path(row) for row in manifest.utterances if row.emotion == emotion]


@pytest.fixture(scope="session")
def playwright() -> Iterator["Playwright"]:
    """Return what starts browsers."""
    if CHROMIUM is None:
        pytest.skip("Expected the program chromium; there is none on this computer.")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        sync_api.expect.set_options(timeout=PATIENCE)
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: "Playwright", tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    """Start Chromium; its microphone hears two sentences of the demo corpus, over and over."""
    voice = tmp_path_factory.mktemp("microphone") / "voice.wav"
    write_voice(voice, spoken("angry")[:2])
    browser = open_chromium(playwright, microphone=voice)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def modules(chromium: "Browser") -> Iterator["Page"]:
    """Open a page that can import the modules of the components; see :func:`tests.browser.modules.module_page`."""
    page = module_page(chromium)
    yield page
    page.close()


@pytest.fixture
def visit_at(chromium: "Browser") -> Iterator[VisitAt]:
    """Let a new visitor open a page of an app by its title; at the end, nobody's console may hold an error."""
    with contextlib.ExitStack() as visits:
        complaints = []

        def arrive(address: str, title: str) -> "Page":
            page, heard = visits.enter_context(visitor(chromium, address))
            complaints.append(heard)
            go_to(page, address, title)
            return page

        yield arrive
        assert [text for heard in complaints for text in heard.taken()] == []


@pytest.fixture
def visit(visit_at: VisitAt, address: str) -> Visit:
    """Let a new visitor open a page of the app that all tests share, by its title."""
    return lambda title: visit_at(address, title)


@pytest.fixture
def figure(visit: Visit, clip: Path) -> "Locator":
    """Bring a sentence of the demo corpus to Listen."""
    return bring(visit("Listen"), clip.read_bytes(), clip.name)


@pytest.fixture
def without_webgl2(chromium: "Browser") -> Iterator["Page"]:
    """Open a page in a browser that cannot draw with WebGL2."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_init_script("""
      const real = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind === 'webgl2' ? null : real.call(this, kind, ...rest);
      };
    """)
    yield context.new_page()
    context.close()


@contextlib.contextmanager
def visitor(chromium: "Browser", address: str) -> Iterator[tuple["Page", Complaints]]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, permissions=["microphone"])
    context.set_default_timeout(PATIENCE)
    complaints = Complaints(context, address)
    yield context.new_page(), complaints
    context.close()


@pytest.fixture(scope="session")
def trained(
    chromium: "Browser",
    address: str,
    start_training: Callable[..., None],
    run_name: Callable[["Page"], str],
) -> Training:
    """Let a visitor train the quick recipe on the demo corpus, from the page's button to the end."""
    with visitor(chromium, address) as (page, _):
        go_to(page, address, "Train")
        start_training(page, softmax=2, triplet=1)
        told: list[str] = []
        ended = page.get_by_text("Finished.")
        limit = time.monotonic() + 600
        while not ended.is_visible():
            for bar in page.get_by_test_id("stProgress").all_inner_texts():
                if not told or told[-1] != bar:
                    told.append(bar)
            assert time.monotonic() < limit, f"The run did not end; the page last said {told[-3:]}"
            assert not page.get_by_test_id("stAlertContentError").count(), page.get_by_test_id("stAlert").inner_text()
            page.wait_for_timeout(200)
        settle(page)
        charts = [str(figure.get_attribute("aria-label")) for figure in page.get_by_role("figure").all()]
        return Training(run_name(page), tuple(told), tuple(charts))


@pytest.fixture(scope="session")
def start_training(run_name: Callable[["Page"], str]) -> Callable[..., None]:
    """Set the epochs of the quick recipe on the page, start, and wait until the page shows the new run."""

    def start(page: "Page", *, softmax: int, triplet: int) -> None:
        with settings(page):
            for stage, epochs in (("softmax", softmax), ("triplet", triplet)):
                field = page.get_by_role("spinbutton", name=f"Epochs of stage {stage}")
                field.fill(str(epochs))
                field.press("Enter")
                settle(page)
        former = run_name(page)
        page.get_by_role("button", name="Start training").click()
        limit = time.monotonic() + PATIENCE / 1000
        while run_name(page) in ("", former):
            assert time.monotonic() < limit, "The page does not show the run that was started."
            page.wait_for_timeout(100)
        settle(page)

    return start


@pytest.fixture(scope="session")
def run_name() -> Callable[["Page"], str]:
    """Read the name of the run that the page shows, without its state; empty where there is none."""

    def read(page: "Page") -> str:
        box = page.get_by_role("combobox", name="Run", exact=True)
        return re.sub(r" \(\w+\)$", "", box.input_value()) if box.count() else ""

    return read


@pytest.fixture(scope="session")
def hear() -> Callable[["Locator"], float]:
    """Play a sound to a visitor; returns its length in seconds."""

    def play(player: "Locator") -> float:
        player.scroll_into_view_if_needed()
        return float(player.evaluate(PLAY))

    return play


# Resolves once the sound moves on; a source that cannot be played rejects.
PLAY = """async player => {
  await player.play();
  const limit = Date.now() + 30000;
  while (!(player.currentTime > 0.05) && !player.ended) {
    if (player.error) throw new Error(player.error.message);
    if (Date.now() > limit) throw new Error('the sound does not move on');
    await new Promise(next => setTimeout(next, 50));
  }
  const seconds = player.duration;
  player.pause();
  if (!Number.isFinite(seconds) || !(seconds > 0)) throw new Error(`duration ${seconds}`);
  return seconds;
}"""


@pytest.fixture
def spoken_to(playwright: "Playwright", address: str, key: str) -> Iterator[Open]:
    """Open Live in a Chromium of its own, whose microphone hears one file."""
    with contextlib.ExitStack() as opened:

        def arrive(
            microphone: Path | None,
            *,
            granted: bool = True,
            width: int = 1280,
            host: str = address,
            before: Callable[["Page"], object] = lambda page: None,
        ) -> "Page":
            browser = open_chromium(playwright, microphone=microphone)
            opened.callback(browser.close)
            permissions = ["microphone"] if granted else []
            context = browser.new_context(viewport={"width": width, "height": 900}, permissions=permissions)
            context.set_default_timeout(PATIENCE)
            complaints = Complaints(context, host)
            opened.callback(lambda: check(complaints))
            page = context.new_page()
            before(page)
            go_to(page, host, "Live", query=key)
            return page

        yield arrive


def check(complaints: Complaints) -> None:
    assert complaints.taken() == []
