"""The app in a real browser: started on a free port, opened in Chromium, a recorded voice as its microphone."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Locator,
        Page,
        Playwright,
        Request,
        Response,
    )

REPOSITORY = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader",  # WebGL, drawn by the processor
)  # fmt: skip
PATIENCE = 180_000  # milliseconds; a busy computer needs them, a quiet one answers within two seconds
SECONDS_TO_OPEN = 180.0
SECONDS_TO_END = 60.0
ALIVE = ("starting", "reading", "running")


@contextlib.contextmanager
def running_app(
    workspace: Path,
    log: Path,
    *,
    variables: Mapping[str, str] | None = None,
    script: Path = REPOSITORY / "app.py",
    base: str = "",
    options: Sequence[str] = (),
    streamlit: Sequence[str] = ("-m", "streamlit"),
) -> Iterator[str]:
    """Run the app on a free port of this computer; at the end, end it and the training runs it has left.

    Args:
        workspace: where the app keeps its files.
        log: what the app says.
        variables: of its environment, beside those of this program.
        script: that Streamlit runs.
        base: path below which it answers, such as ``/speech``.
        options: of ``streamlit run``.
        streamlit: how Python starts Streamlit.

    Yields:
        Its address, such as ``http://127.0.0.1:8501``.
    """
    port = free_port()
    command = [sys.executable, *streamlit, "run", str(script), "--server.port", str(port), *options]
    command += ["--server.baseUrlPath", base] if base else []
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    environment = {**os.environ, **(variables or {}), "SER_WORKSPACE": str(workspace)}
    with log.open("w", encoding="utf-8") as words:
        app = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}{base}"
    try:
        wait_until_open(app, address, log)
        yield address
    finally:
        end_runs(workspace)
        app.terminate()
        try:
            app.wait(20)
        except subprocess.TimeoutExpired:
            app.kill()
            app.wait()


def printed_key(log: Path) -> str:
    """Return the key of this computer as the app printed it at the end of its address, such as ``?key=…``."""
    found = re.search(r"http\S+(\?key=\S+)", log.read_text(encoding="utf-8"))
    if found is None:
        raise RuntimeError(f"Expected the app to print its address; got: {log.read_text(encoding='utf-8')[-1500:]}")
    return found[1]


def server_megabytes() -> tuple[float, float]:
    """Memory of the server that this process started: now, and at most so far."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status, command = (folder / "status").read_text(), (folder / "cmdline").read_bytes()
        except OSError:  # it has ended meanwhile
            continue
        if f"PPid:\t{os.getpid()}\n" in status and b"streamlit" in command:
            now, most = (int(status.partition(f"{name}:")[2].split()[0]) / 1000 for name in ("VmRSS", "VmHWM"))
            return now, most
    raise SystemExit("Expected the app among the processes of this computer; it has ended. Run again.")


def end_runs(workspace: Path) -> None:
    """Ask every training run in a workspace to stop, and wait until it has."""
    from ser_core.training.jobs import request_stop, run_state

    runs = [path for path in (workspace / "runs").glob("*") if run_state(path).status in ALIVE]
    for run in runs:
        request_stop(run)
    limit = time.monotonic() + SECONDS_TO_END
    while any(run_state(run).status in ALIVE for run in runs) and time.monotonic() < limit:
        time.sleep(0.2)


def open_chromium(playwright: "Playwright", *, microphone: Path | None = None) -> "Browser":
    """Start Chromium; ``microphone`` is a 48 kHz WAV file that it hears over and over."""
    flags = list(FLAGS)
    if microphone is not None:
        flags += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
        flags.append(f"--use-file-for-fake-audio-capture={microphone}")
    return playwright.chromium.launch(executable_path=CHROMIUM, args=flags)


def write_voice(path: Path, clips: Sequence[Path], *, pause: float = 0.4) -> None:
    """Join clips to one 48 kHz WAV file, as Chromium wants it in place of a microphone.

    Args:
        path: destination.
        clips: recordings, one after another.
        pause: seconds of silence after each.
    """
    import soundfile
    import soxr

    from ser_core.audio.reading import read_audio

    parts = []
    for clip in clips:
        signal = read_audio(clip)
        parts += [signal.samples, np.zeros(round(pause * signal.sample_rate), dtype=np.float32)]
    samples = soxr.resample(np.concatenate(parts), 16_000, 48_000)
    soundfile.write(path, np.clip(samples, -1, 1), 48_000, format="WAV", subtype="PCM_16")


class Complaints:
    """Everything that a visit should not have: errors in the console, failed requests, other hosts."""

    def __init__(self, context: "BrowserContext", address: str) -> None:
        """Listen to all pages of a context from now on."""
        self.found: list[str] = []
        self._host = urlsplit(address).netloc
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self._add(f"uncaught: {error.error}"))
        context.on("request", self._watch_host)
        context.on("requestfailed", self._note_failure)
        context.on("response", self._note_status)

    def taken(self) -> list[str]:
        """Return what was found since the last time."""
        found, self.found = self.found, []
        return found

    def _add(self, text: str) -> None:
        if text not in self.found:
            self.found.append(text)

    def _note_message(self, message: "ConsoleMessage") -> None:
        url = message.location.get("url", "")
        asked_why = _is_health(url) and "status of 405" in message.text
        if message.type == "error" and not _is_search_for_base(url) and not asked_why:
            self._add(f"console: {message.text} ({url})")

    def _note_status(self, response: "Response") -> None:
        # A page that waits ten seconds for a busy server asks why in this way (ui/server/arrival.js), and is refused.
        asked_why = _is_health(response.url) and response.status == 405 and response.request.method == "POST"
        if response.status >= 400 and not _is_search_for_base(response.url) and not asked_why:
            self._add(f"status {response.status}: {response.url}")

    def _watch_host(self, request: "Request") -> None:
        place = urlsplit(request.url)
        if place.scheme not in ("data", "blob") and place.netloc != self._host:
            self._add(f"another host: {request.url}")

    def _note_failure(self, request: "Request") -> None:
        # A player that leaves the page breaks off its download; so does a recorder that gives way to a new one, and a
        # page that is left or closed while a font or a script of Streamlit's own is still on its way.
        place = urlsplit(request.url)
        may_break_off = place.scheme == "blob" or place.path.startswith(("/media/", "/static/"))
        if not (may_break_off and request.failure == "net::ERR_ABORTED"):
            self._add(f"failed: {request.url} ({request.failure})")


def _is_health(url: str) -> bool:
    return urlsplit(url).path.endswith("/_stcore/health")


def _is_search_for_base(url: str) -> bool:
    """At a page's own address Streamlit asks which part of the path is the page's name, and the first guess fails."""
    return re.fullmatch(r"(/\w+)+/_stcore/(health|host-config)", urlsplit(url).path) is not None


def settle(page: "Page") -> None:
    """Wait until the page's script has ended and everything it drew is there."""
    page.wait_for_timeout(300)  # a click needs a moment to reach the server
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]')")
    page.wait_for_timeout(150)


def path_of(title: str) -> str:
    """Return the path of a page's own address by its title."""
    from ui.frame import HOME, MENU

    files = {shown: file for pages in MENU.values() for file, shown in pages.items()}
    return "" if files[title] == HOME else files[title]


def go_to(page: "Page", address: str, title: str, *, query: str = "") -> None:
    """Open a page of the app by its title: through the menu if the app is open already, so that the visit goes on.

    Args:
        page: where the visitor is.
        address: of the app.
        title: of the page.
        query: what follows the address of a page that is opened by its address.
    """
    if page.url.startswith(address):
        from ui.frame import MENU

        section = next(section for section, pages in MENU.items() if title in pages.values())
        if section:
            page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
        page.get_by_role("menuitem" if section else "link", name=title, exact=True).first.click()
    else:
        page.goto(f"{address}/{path_of(title)}{query}")
    heading = page.get_by_role("heading", level=1, name="Speech emotion by angle" if title == "Home" else title)
    heading.wait_for()
    settle(page)


def look_at_home(browser: "Browser", address: str) -> None:
    """Be the first visitor: the app loads its libraries for the first one."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    go_to(page, address, "Home")
    page.close()


def choose(page: "Page", label: str, option: str | re.Pattern[str]) -> None:
    """Choose an option, by a part of its text, in the box with a label, also where it stands among the settings."""
    box = page.get_by_role("combobox", name=label, exact=True)
    opened = page.get_by_test_id("stPopoverBody").filter(visible=True)  # its boxes may follow a moment later
    with contextlib.nullcontext() if box.or_(opened).count() else settings(page):
        box.scroll_into_view_if_needed()  # a list that is open while the page scrolls closes again
        page.evaluate("() => new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))")
        box.click()
        page.get_by_role("option").filter(has_text=option).first.click()
        settle(page)


def settings(page: "Page") -> contextlib.AbstractContextManager["Locator"]:
    """Open the settings of a page for a while; yields what they hold."""
    return behind(page, "Settings")


@contextlib.contextmanager
def behind(page: "Page", button: str) -> Iterator["Locator"]:
    """Open what stands behind a button for a while; yields it."""
    # What opens has buttons of its own, such as the help of a field with the same word in its label.
    press = page.get_by_test_id("stPopoverButton").filter(has_text=button)
    body = page.get_by_test_id("stPopoverBody")
    press.click()
    body.wait_for()
    yield body
    settle(page)
    press.click()
    body.wait_for(state="hidden")


def bring_sound(page: "Page", sound: str | Path | dict[str, Any]) -> None:
    """Choose one of the ways to bring a sound on Listen, or one of the voices, by its name; or upload a file there."""
    with behind(page, "Another sound"):
        ways = page.get_by_test_id("stRadio")
        ways.get_by_text(sound if isinstance(sound, str) else "Upload a file").click()
        settle(page)
        if not isinstance(sound, str):
            page.get_by_test_id("stFileUploader").locator("input[type=file]").first.set_input_files(sound)  # type: ignore[arg-type]
            settle(page)
    settle(page)


def answer_on(page: "Page") -> "Locator":
    """Find the headline of the answer."""
    return page.locator('[class*="st-key-answer"] h2')


def press_cell(page: "Page", row: str, column: str) -> None:
    """Press the cell of the matrix of angles in the row and the column of two classes."""
    words = f"within {row}" if row == column else f"{row} and {column}"
    matrix = page.get_by_role("grid", name=re.compile("^Matrix of the angles"))
    matrix.get_by_role("gridcell", name=re.compile(f"^{re.escape(words)}: ")).click()
    settle(page)


def chart(page: "Page", described: str | re.Pattern[str]) -> "Locator":
    """Find a chart by a part of its description for those who cannot see it."""
    return page.get_by_role("figure", name=described)


def drawn_map(page: "Page", described: str | re.Pattern[str]) -> "Locator":
    """Find a map of utterances by a part of its description, once it is drawn."""
    figure = page.get_by_role("figure", name=described)
    figure.and_(page.locator("[data-drawn]")).wait_for()
    return figure


def drawn_track(page: "Page") -> "Locator":
    """Find the picture of a long recording, once its segments are drawn."""
    figure = page.locator("figure.track-view")
    figure.locator("rect.segment").first.wait_for(state="attached")
    return figure


def drawn_player(page: "Page", name: str = "") -> "Locator":
    """Find the player of a recording, by the beginning of its name, once its spectrogram is complete."""
    figure = page.get_by_role("figure", name=re.compile(f"^Waveform and spectrogram of {re.escape(name)}"))
    figure.and_(page.locator("[data-drawn]")).wait_for()
    return figure


def place_in_player(figure: "Locator", seconds: float, height: float = 0.5) -> tuple[float, float]:
    """Return where a moment is seen in a player's spectrogram, in pixels of the page; ``height`` is 0 at its bottom."""
    canvas = figure.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    x, y = figure.evaluate(
        """(figure, [seconds, height]) => {
          const player = figure.speechPlayer, { spectrogram: box } = player.layout();
          return [box.x + player.span.toX(seconds, box.width), box.y + (1 - height) * box.height];
        }""",
        [seconds, height],
    )
    return box["x"] + x, box["y"] + y


def place_on_map(figure: "Locator", number: int) -> tuple[float, float]:
    """Return where a point of a map is seen now, in pixels of the page."""
    canvas = figure.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    x, y = figure.evaluate("(figure, number) => figure.pointMap.stage.placeOf(number)", number)
    return box["x"] + x, box["y"] + y


def press_on_map(page: "Page", figure: "Locator", number: int) -> None:
    """Press a point of a map, as a person does: move there, see it answer, press."""
    x, y = place_on_map(figure, number)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y, steps=4)
    page.wait_for_timeout(150)
    page.mouse.click(x, y)
    settle(page)


@contextlib.contextmanager
def map_tools(*figures: "Locator") -> Iterator[None]:
    """Open the tools of maps for a while; a wide map shows them anyway, a narrow one behind a button."""
    buttons = [figure.get_by_role("button", name="Tools") for figure in figures]
    folded = [button for button in buttons if button.is_visible()]
    for button in folded:
        button.click()
    yield
    for button in folded:
        button.click()


def lasso_around(page: "Page", figure: "Locator", numbers: list[int]) -> None:
    """Draw a lasso around points of a map."""
    with map_tools(figure):
        figure.get_by_role("radio", name="Lasso").click()
    places = np.array([place_on_map(figure, number) for number in numbers])
    left, top = places.min(axis=0) - 12
    right, bottom = places.max(axis=0) + 12
    page.mouse.move(left, top)
    page.mouse.down()
    for x, y in ((right, top), (right, bottom), (left, bottom), (left, top + 5)):
        page.mouse.move(x, y, steps=5)
    page.mouse.up()
    settle(page)


def overflow(page: "Page") -> list[str]:
    """Say what does not fit the width of the page; nothing, when all does."""
    wide: list[dict[str, Any]] = page.evaluate(_OVERFLOW)
    return [f"{item['what']} ends at {item['right']} of {item['width']} pixels" for item in wide]


# What scrolls in a box of its own, such as a table, may be wider than it.
_OVERFLOW = """() => {
  const width = window.innerWidth, found = [], root = document.documentElement;
  const name = e => e.tagName.toLowerCase() + (e.dataset.testid ? `[${e.dataset.testid}]` : '');
  const note = (what, right) => found.push({what, right: Math.round(right), width});
  if (root.scrollWidth > width + 1) note('the document', root.scrollWidth);
  const main = document.querySelector('[data-testid=stMain]');
  if (main && main.scrollWidth > main.clientWidth + 1) note('the main part', main.scrollWidth);
  const boxed = e => {
    for (let up = e.parentElement; up && up !== main && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    return false;
  };
  for (const e of document.querySelectorAll('body *')) {
    const place = e.getBoundingClientRect();
    if (place.width > 0 && place.height > 0 && place.right > width + 1 && !boxed(e)) note(name(e), place.right);
    if (found.length > 4) break;
  }
  return found;
}"""


def free_port() -> int:
    """Find a port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_until_open(app: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    """Wait until an app answers; raises RuntimeError with its last words if it does not."""
    limit = time.monotonic() + SECONDS_TO_OPEN
    while time.monotonic() < limit:
        if app.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(f"Expected the app to open at {address}; it did not. Its last words: {log.read_text()[-1500:]}")
