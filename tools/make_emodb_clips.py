"""Choose the clips of EmoDB that ship with the package, from a copy of the corpus.

python tools/make_emodb_clips.py FOLDER [--out ser_core/corpora/emodb_speech]

FOLDER holds ``wav/*.flac`` or ``wav/*.wav`` at 16 kHz, ``erkennung.txt`` of the original distribution (how many of 20
listeners recognised the intended emotion) and, where clips are cut, ``durations.csv`` (column ``complete``). Of each
emotion the best recognised clips are taken, one of each speaker, complete and short.
"""

import argparse
import csv
import shutil
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

import soundfile

from ser_core.corpora import emodb
from ser_core.corpora.emodb_clips import CLIPS_ROOT

OF_EACH_EMOTION = 7
LONGEST_SECONDS = 3.5


def recognised(path: Path) -> dict[str, float]:
    """Return the share of listeners, in percent, who recognised the emotion of each utterance."""
    rows = csv.reader(path.read_text(encoding="latin-1").replace("\xa0", "").splitlines()[1:], delimiter="\t")
    return {row[1].strip().removesuffix(".wav"): float(row[2].replace(",", ".")) for row in rows if len(row) > 2}


def chosen(folder: Path) -> list[Path]:
    """Return the clips, by emotion and then the best recognised first."""
    share = recognised(folder / "erkennung.txt")
    durations = folder / "durations.csv"
    whole = {}
    if durations.is_file():
        with durations.open(encoding="utf-8") as rows:
            whole = {Path(row["file"]).stem: row["complete"] == "1" for row in csv.DictReader(rows)}
    clips = [path for path in sorted((folder / "wav").iterdir()) if path.suffix in (".wav", ".flac")]
    clips = [path for path in clips if whole.get(path.stem, True)]
    clips = [path for path in clips if soundfile.info(path).duration <= LONGEST_SECONDS]
    found = []
    for code in emodb.EMOTION_CODES:
        best = sorted((path for path in clips if path.stem[5] == code), key=lambda path: (-share[path.stem], path.stem))
        of_each_speaker = {path.stem[:2]: path for path in reversed(best)}  # the best one of each
        found += [path for path in best if of_each_speaker[path.stem[:2]] == path][:OF_EACH_EMOTION]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=CLIPS_ROOT)
    arguments = parser.parse_args()
    out = arguments.out / "wav"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    clips = chosen(arguments.folder)
    for path in clips:
        samples, rate = soundfile.read(path, dtype="int16")
        if rate != 16_000 or samples.ndim != 1:
            raise SystemExit(f"Expected 16 kHz, mono, in {path}; got {rate} Hz, {samples.ndim} channels.")
        soundfile.write(out / f"{path.stem}.flac", samples, rate, subtype="PCM_16")
    print(f"{len(clips)} clips of {len({path.stem[:2] for path in clips})} speakers in {out}")


if __name__ == "__main__":
    main()
