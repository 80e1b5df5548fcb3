"""Make the artificial demo corpus: ``python tools/make_demo_corpus.py --out FOLDER`` (needs praat-parselmouth)."""

import argparse
import csv
import io
import multiprocessing
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np
import soundfile

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from demo_corpus.plan import Plan, plans
from demo_corpus.praat import SAMPLE_RATE, render

COLUMNS = ("file", "speaker", "emotion", "gender", "text", "sentence", "corpus")
DEFAULT_OUT = Path(__file__).resolve().parents[1] / "ser_core" / "corpora" / "demo_speech"


def main(arguments: list[str] | None = None) -> None:
    """Speak every clip and write it with its manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="corpus folder (default: the one that ships)")
    parser.add_argument("--seed", type=int, default=2, help="every random number follows from it")
    parser.add_argument("--spread", type=float, default=1.0, help="factor on the natural spread")
    parser.add_argument("--jobs", type=int, default=1, help="clips made at the same time")
    chosen = parser.parse_args(arguments)
    planned = plans(chosen.seed, spread=chosen.spread)
    for number, _ in enumerate(make(planned, chosen.out, jobs=chosen.jobs), start=1):
        if number % 60 == 0:
            print(f"{number} of {len(planned)} clips", flush=True)
    write_rows(chosen.out / "manifest.csv", planned)
    size = sum(path.stat().st_size for path in chosen.out.rglob("*.flac"))
    print(f"{len(planned)} clips, {size / 1e6:.2f} MB in {chosen.out}")


def make(planned: Iterable[Plan], folder: Path, *, jobs: int = 1) -> Iterable[Path]:
    """Speak clips, each in a process of its own.

    eSpeak draws random numbers that cannot be seeded: only in a new process do they start alike, so that a clip does
    not depend on those made before it.
    """
    way = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(way)
    context.set_forkserver_preload(["parselmouth.praat", "scipy.signal", "soundfile", "soxr"])  # slow to import
    with context.Pool(jobs, maxtasksperchild=1) as pool:
        yield from pool.imap(partial(write, folder), planned, chunksize=1)


def write(folder: Path, plan: Plan) -> Path:
    """Speak one clip into a 16-bit FLAC file."""
    path = folder / plan.file
    samples = render(plan)
    if not np.isfinite(samples).all() or np.abs(samples).max() >= 1.0:
        raise ValueError(f"Expected finite samples within [-1, 1] for {plan.file}; soften the cues of {plan.emotion}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, samples, SAMPLE_RATE, format="FLAC", subtype="PCM_16", compression_level=1.0)
    return path


def write_rows(path: Path, planned: list[Plan]) -> None:
    """Write the manifest that the loader reads."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for plan in planned:
        voice = plan.voice
        writer.writerow((plan.file, voice.speaker, plan.emotion, voice.gender, plan.text, plan.sentence, "demo"))
    path.write_text(text.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
