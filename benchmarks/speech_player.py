"""The player of a recording in Chromium: time to its first picture, and of each step of a zoom, for two lengths.

The same artificial speech, over and over, in the component alone. Needs Chromium and the packages of
requirements-dev.txt. Counted in the browser: from the moment the sound's bytes are there until its spectrogram is
complete; and for a step of the wheel, until something of the new stretch is drawn, and until all of it is. Each round
begins with nothing computed: steps closer compute most of what they show, steps back show what was computed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tools")]

import numpy as np  # noqa: E402
import streamlit as st  # noqa: E402

LENGTHS = (5.0, 120.0)
STEPS = 12


@st.cache_resource(show_spinner=False)
def spoken(seconds: float) -> np.ndarray:
    from ser_core.audio.reading import read_audio
    from ser_core.corpora import open_corpus

    manifest = open_corpus("demo")
    parts = np.concatenate([read_audio(manifest.path(item)).samples for item in manifest.utterances[:8]])
    return np.resize(parts, round(seconds * 16_000))


def app(seconds: float) -> None:
    from ser_core.audio.pitch import pitch_contour
    from ser_core.plots.speech_player import played_sound
    from ui.components import speech_player

    samples = spoken(seconds)
    pitch = pitch_contour(samples, sample_rate=16_000) if seconds <= 60 else None
    speech_player.draw(played_sound(samples, sample_rate=16_000, title="Speech", pitch=pitch), key="player")


# Opens the sound again, as on the first visit; milliseconds until something is drawn, and until all of it is.
FIRST = """async () => {
  const root = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
  const figure = root.querySelector('figure'), player = figure.speechPlayer;
  player.span.whole();
  player.memory.span = null;
  const began = performance.now();
  player.open(player.payload);
  player.drawNow();
  const drawn = performance.now() - began;
  while (!figure.dataset.drawn) await new Promise(requestAnimationFrame);
  return [drawn, performance.now() - began];
}"""
STEP = """async factor => {
  const root = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
  const figure = root.querySelector('figure'), player = figure.speechPlayer;
  const began = performance.now();
  player.see(span => span.zoom(factor, 0.37 * player.duration));
  cancelAnimationFrame(player.frame);
  player.frame = null;
  player.drawNow();
  const drawn = performance.now() - began;
  while (!figure.dataset.drawn) await new Promise(requestAnimationFrame);
  return [drawn, performance.now() - began];
}"""


def main() -> None:
    """Print medians and the slowest."""
    from playwright.sync_api import sync_playwright

    from app_in_browser import PATIENCE, free_port, open_chromium, wait_until_open

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print(f"{rounds} rounds, {STEPS} steps in and out by a half each, 1280 x 900, Chromium without a graphics card")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = open_chromium(playwright)
        for seconds in LENGTHS:
            port, log = free_port(), Path(folder) / f"{seconds}.log"
            command = [sys.executable, "-m", "streamlit", "run", __file__, "--server.port", str(port)]
            command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--", str(seconds)]
            with log.open("w") as words:
                running = subprocess.Popen(command, cwd=REPOSITORY, env={**os.environ}, stdout=words, stderr=words)
            try:
                address = f"http://127.0.0.1:{port}"
                wait_until_open(running, address, log)
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.set_default_timeout(PATIENCE)
                page.goto(address)
                page.locator("figure[data-drawn]").wait_for()
                firsts, inwards, outwards = [], [], []
                for _ in range(rounds):
                    firsts.append(page.evaluate(FIRST))
                    inwards += [page.evaluate(STEP, 1.5) for _ in range(STEPS)]
                    outwards += [page.evaluate(STEP, 1 / 1.5) for _ in range(STEPS)]
                report(seconds, "first picture", firsts)
                report(seconds, "step closer", inwards)
                report(seconds, "step back", outwards)
                page.close()
            finally:
                running.terminate()
                running.wait()


def report(seconds: float, what: str, found: list[list[float]]) -> None:
    for number, until in enumerate(("something of it", "all of it")):
        milliseconds = [one[number] for one in found]
        print(
            f"{seconds:.0f} s of speech, {what}, {until}: median {statistics.median(milliseconds):.0f} ms, "
            f"slowest {max(milliseconds):.0f} ms"
        )


if st.runtime.exists():
    app(float(sys.argv[1]))
elif __name__ == "__main__":
    main()
