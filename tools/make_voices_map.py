"""Place the voices of Home on a map: clips of EmoDB and of the demo corpus, as the model for people hears them.

python tools/make_voices_map.py [--out ui/views/home/voices.csv]

Of the artificial voices, one sentence in every emotion is taken. t-SNE keeps near what is near in the model's space.
"""

import argparse
import csv
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

import numpy as np

from ser_core.audio.reading import read_audio
from ser_core.checkpoints import available
from ser_core.corpora import Utterance, open_corpus
from ser_core.geometry.maps import MapRequest
from ser_core.inference import EmotionPrediction, Reader
from ser_core.types import FloatArray
from ui.components.checkpoint_choice import fitting
from ui.views.home.voices import PLACES

SENTENCE = "s1"


def voices() -> list[tuple[str, Utterance]]:
    """Return the clips, each with its corpus."""
    people = [("emodb-clips", clip) for clip in open_corpus("emodb-clips").utterances]
    artificial = [("demo", clip) for clip in open_corpus("demo").utterances if clip.sentence == SENTENCE]
    return [*people, *{(clip.speaker, clip.emotion): (name, clip) for name, clip in artificial}.values()]


def embedded(chosen: list[tuple[str, Utterance]]) -> FloatArray:
    """Embed clips with the model that judges people, shape ``(B, D)``."""
    entry = fitting(available(), artificial=False)
    if entry is None:
        raise SystemExit("Expected the models that ship; there are none. Get the repository again.")
    reader = Reader.load(entry.path)
    found = []
    for corpus, clip in chosen:
        reading = reader.read(read_audio(open_corpus(corpus).path(clip)))
        if not isinstance(reading, EmotionPrediction):
            raise SystemExit(f"Expected speech in {clip.file}; the model hears none.")
        found.append(reading.embedding)
    return np.array(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=PLACES)
    arguments = parser.parse_args()
    chosen = voices()
    points = MapRequest("t-SNE", 2, (("perplexity", 10),)).points(embedded(chosen))
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("corpus", "file", "x", "y"))
        for (name, clip), (x, y) in zip(chosen, points, strict=True):
            rows.writerow((name, clip.file, f"{x:.3f}", f"{y:.3f}"))
    print(f"{len(chosen)} voices in {arguments.out}")


if __name__ == "__main__":
    main()
