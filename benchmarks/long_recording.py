"""How long does an hour take until its emotion over time is known, and how much memory?

The hour is made of the demo corpus' artificial voices, as a 44.1 kHz stereo WAV file (635 MB), in a folder that is
thrown away. The work is done in a process of its own, which is asked for its seconds on the clock, its seconds of
computing (all cores together), and the most memory it held beyond what it held once model and libraries were loaded.
With --page it is uploaded to the page Long recordings in Chromium and judged there; asked are the seconds of the
upload and from the press of the button until the picture is there, and the server's memory. Needs Linux for that.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile
import soxr

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tools")]

RATE, CHANNELS = 44_100, 2
PATIENCE = 600_000  # milliseconds


def write_hour(path: Path, minutes: float) -> None:
    """Write artificial voices that speak in turn."""
    from ser_core.corpora import open_corpus
    from ser_core.tracks.demo import conversation

    resampled = soxr.ResampleStream(16_000, RATE, 1, dtype="float32")
    with soundfile.SoundFile(path, "w", RATE, CHANNELS, subtype="PCM_16") as file:
        for samples in conversation(open_corpus("demo"), seconds=60 * minutes):
            mono = resampled.resample_chunk(samples).clip(-1, 1)
            file.write(np.stack([mono, 0.7 * mono], axis=1))


def measured(path: Path, checkpoint: str) -> dict[str, float]:
    """Judge a recording, and tell what it took."""
    from ser_core.audio.signal import Signal
    from ser_core.inference import Reader
    from ser_core.tracks import track_recording

    reader = Reader.load(checkpoint)
    reader.read_many([Signal(np.random.default_rng(0).normal(scale=0.1, size=48_000).astype(np.float32))])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, computed = time.perf_counter(), time.process_time()
    track = track_recording(path, reader)
    return {
        "seconds": time.perf_counter() - began,
        "core_seconds": time.process_time() - computed,
        "megabytes_before": before / 1000,
        "megabytes_more": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000,
        "minutes": track.duration_seconds / 60,
        "speech_minutes": track.speech_by_minute.sum() / 60,
        "windows": len(track.windows),
        "segments": len(track.segments),
    }


def on_the_page(path: Path, folder: Path) -> None:
    """Upload a recording and have it judged; print what that takes."""
    from playwright.sync_api import sync_playwright

    from app_in_browser import (
        choose,
        drawn_track,
        go_to,
        open_chromium,
        running_app,
        server_megabytes,
        settings,
        settle,
    )

    with running_app(folder / "workspace", folder / "app.log") as address, sync_playwright() as playwright:
        page = open_chromium(playwright).new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        go_to(page, address, "Long recordings")
        choose(page, "Model", "Demo")
        page.get_by_text("Demo conversation", exact=True).click()
        page.get_by_role("button", name="Judge this recording").click()
        drawn_track(page)  # libraries and the model are loaded now
        judge = page.get_by_role("button", name="Judge this recording")
        with settings(page) as held:
            held.get_by_text("Upload a file", exact=True).click()
            settle(page)
            before, _ = server_megabytes()
            began = time.perf_counter()
            held.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(path)
            judge.wait_for()
            print(f"upload: {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        judge.click()
        drawn_track(page)
        print(f"from the button until the picture: {time.perf_counter() - began:.1f} s")
        settle(page)
        now, most = server_megabytes()
        print(f"server: {before:.0f} MB before, {now:.0f} MB now, {most:.0f} MB at most")


def main() -> None:
    """Print what an hour takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", default="demo-residual")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--page", action="store_true", help="through the page Long recordings, with the demo model")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure is not None:
        print(json.dumps(measured(arguments.measure, arguments.checkpoint)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hour.wav"
        write_hour(path, arguments.minutes)
        size = path.stat().st_size / 1e6
        if arguments.page:
            print(f"{arguments.minutes:.0f} minutes, {size:.0f} MB, {RATE} Hz, {CHANNELS} channels")
            on_the_page(path, Path(folder))
            return
        command = [sys.executable, "-m", "benchmarks.long_recording", "--measure", str(path)]
        command += ["--checkpoint", arguments.checkpoint]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
        found = json.loads(done.stdout)
    print(
        f"{found['minutes']:.0f} minutes, {size:.0f} MB, {RATE} Hz, {CHANNELS} channels, {arguments.checkpoint}: "
        f"{found['speech_minutes']:.0f} minutes of speech, {found['windows']} windows, {found['segments']} segments"
    )
    print(
        f"{found['seconds']:.1f} s ({60 * found['minutes'] / found['seconds']:.0f} times as fast as it was spoken), "
        f"{found['core_seconds']:.1f} s of computing"
    )
    print(f"memory: {found['megabytes_more']:.0f} MB more than the {found['megabytes_before']:.0f} MB of the libraries")


if __name__ == "__main__":
    main()
