"""The page Live in a real browser: clips played into its microphone, and what was heard in them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
import soxr

from ser_core.corpora import open_corpus

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

RATE = 48_000  # what Chromium wants in place of a microphone
LEAD = 1.0  # seconds of silence before the first clip: opening a microphone takes a moment
PAUSE = 1.0  # after each clip
PIECE = 4000  # samples at 16 kHz, a quarter of a second
NEAR = 1600  # samples by which a piece may lie apart from where its clip as a whole is found
FINE = 8  # places that are tried from one sample to the next: what is played begins between two samples
HELD_OUT = ("voice09", "voice10")  # the demo model's test speakers


def write_session(path: Path, clips: Sequence[Path], *, pause: float = PAUSE) -> float:
    """Write clips with silence after each; returns the length in seconds."""
    parts = [np.zeros(round(LEAD * RATE))]
    for clip in clips:
        samples, rate = soundfile.read(clip, always_2d=True)
        parts += [soxr.resample(samples.mean(axis=1), rate, RATE), np.zeros(round(pause * RATE))]
    samples = np.clip(np.concatenate(parts), -1, 1)
    soundfile.write(path, samples, RATE, format="WAV", subtype="PCM_16")
    return len(samples) / RATE


def held_out_clips() -> list[tuple[str, Path]]:
    """Return ten demo clips with their emotions: five, by each of two speakers that the demo model has never heard."""
    manifest = open_corpus("demo")
    rows = {(row.emotion, row.speaker): manifest.path(row) for row in manifest.utterances}
    emotions = ("angry", "sad", "happy", "fearful", "neutral")
    return [(emotion, rows[emotion, speaker]) for speaker in HELD_OUT for emotion in emotions]


def view(page: "Page") -> "Locator":
    """Find the live view, once it has its model."""
    figure = page.get_by_role("figure", name="Live view of a microphone")
    figure.and_(page.locator("[data-predictions]")).wait_for()
    return figure


def start(page: "Page") -> "Locator":
    """Press the button, and wait until sound comes."""
    figure = view(page)
    figure.get_by_role("button", name="Start listening").click()
    wait_for(figure, "live => live.spectra.seconds > 0.5")
    return figure


def wait_for(figure: "Locator", condition: str, *, milliseconds: int = 180_000) -> None:
    """Wait until something holds for the view."""
    figure.evaluate(
        """async (figure, [condition, limit]) => {
          const end = performance.now() + limit;
          while (!new Function('live', `return (${condition})(live)`)(figure.live)) {
            if (performance.now() > end) throw new Error(`${condition} did not come true; ${figure.innerText}`);
            await new Promise(next => setTimeout(next, 100));
          }
        }""",
        [condition, milliseconds],
    )


def utterances(figure: "Locator") -> list[dict[str, Any]]:
    """Return the utterances that were judged so far."""
    heard: list[dict[str, Any]] = json.loads(
        figure.evaluate("figure => JSON.stringify(figure.live.predictions.utterances)")
    )
    return heard


def spans_of(clips: Sequence[Path], *, pause: float = PAUSE) -> list[tuple[float, float]]:
    """Return when each clip of a session is spoken, from its begin to its end, in seconds."""
    spans = []
    begin = LEAD
    for clip in clips:
        end = begin + soundfile.info(clip).duration
        spans.append((begin, end))
        begin = end + pause
    return spans


def heard_in(figure: "Locator", spans: Sequence[tuple[float, float]]) -> list[str | None]:
    """Return for each span, in seconds, the verdict on the utterance that overlaps it most; ``None`` without one."""
    found = utterances(figure)
    verdicts: list[str | None] = []
    for begin, end in spans:
        shared = [min(one["end"], end) - max(one["start"], begin) for one in found]
        best = int(np.argmax(shared)) if shared else -1
        verdicts.append(found[best]["verdict"] if shared and shared[best] > 0 else None)
    return verdicts


def place_of(played: np.ndarray, heard: np.ndarray) -> tuple[int, float]:
    """Find what was played in what was heard: the sample where it begins, and how well they correlate there."""
    size = 1 << int(np.ceil(np.log2(len(heard) + len(played))))
    crossed = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size)), size)
    begin = int(np.argmax(crossed[: len(heard)]))
    part = heard[begin : begin + len(played)]
    return begin, float(crossed[begin] / (np.linalg.norm(part) * np.linalg.norm(played)))


def pieces_of(played: np.ndarray, heard: np.ndarray) -> list[tuple[float, float]]:
    """Find what was played in what was heard piece by piece, to an eighth of a sample.

    A busy browser loses or repeats some milliseconds of its made-up microphone: that ruins one piece and shifts those
    behind it, so that a clip as a whole would match nowhere.

    Returns:
        For each piece of :data:`PIECE` samples the sample at which it begins, and how well it correlates there.
    """
    whole, _ = place_of(played, heard)
    finely = np.asarray(soxr.resample(heard, 1, FINE, quality="VHQ"))
    found = []
    for at in range(0, len(played) - PIECE + 1, PIECE):
        piece = played[at : at + PIECE]
        first = max(0, whole + at - NEAR)
        near = heard[first : whole + at + PIECE + NEAR]
        loud = np.sqrt(np.convolve(near**2, np.ones(PIECE), "valid")) + 1e-9
        place = FINE * (first + int(np.argmax(np.correlate(near, piece, "valid") / loud)))
        parts = {at: finely[at : at + FINE * PIECE : FINE] for at in range(max(0, place - FINE), place + FINE + 1)}
        alike = {at: _correlation(piece, part) for at, part in parts.items() if len(part) == PIECE}
        best = max(alike, key=alike.__getitem__)
        found.append((best / FINE, alike[best]))
    return found


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-9))
