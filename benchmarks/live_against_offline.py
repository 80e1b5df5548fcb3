"""Are as many held-out clips judged right while they are played as when they are read as files?"""

import argparse
import math

import numpy as np

from ser_core.audio.reading import read_audio
from ser_core.audio.signal import Signal
from ser_core.corpora import open_corpus
from ser_core.inference import Reader
from ser_core.live import LiveListener, LivePrediction, LiveSettings
from ser_core.types import FloatArray

BLOCK = 1_600
ROOM = 1e-4  # of full scale: a quiet room before and after each clip


def played(
    reader: Reader, samples: FloatArray, random: np.random.Generator
) -> tuple[LiveListener, list[LivePrediction]]:
    """Play one clip in a quiet room, a tenth of a second at a time, with every window read."""
    room = (ROOM * random.standard_normal((2, 16_000))).astype(np.float32)
    sound = np.concatenate([room[0], samples, room[1]])
    listener = LiveListener(reader, LiveSettings(patience_seconds=math.inf))
    heard = [
        prediction
        for start in range(0, len(sound), BLOCK)
        for prediction in listener.feed(sound[start : start + BLOCK], 16_000)
    ]
    return listener, [*heard, *listener.finish()]


def main() -> None:
    """Print how many clips of the checkpoint's test speakers are judged right, by each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", default="demo-residual")
    parser.add_argument("--corpus", default="demo", help="KIND:DIR of the corpus that the checkpoint was trained on")
    arguments = parser.parse_args()
    reader, random = Reader.load(arguments.checkpoint), np.random.default_rng(0)
    manifest = open_corpus(arguments.corpus)
    speakers = reader.checkpoint.card.split.test_speakers
    right = {"read as a file": 0, "live, all windows together": 0, "live, the longest utterance": 0}
    clips = utterances = 0
    for item in manifest.utterances:
        if item.speaker not in speakers or item.emotion not in reader.labels:
            continue
        samples = read_audio(manifest.path(item), start=item.start, end=item.end).samples
        listener, heard = played(reader, samples, random)
        together = listener.summary()
        spoken = [
            prediction for prediction in heard if prediction.kind == "utterance" and prediction.angles is not None
        ]
        longest = max(spoken, key=lambda prediction: prediction.duration_seconds, default=None)
        offline = reader.read_many([Signal(samples)])[0]
        # By the nearest direction in all three, so that the same rule is compared.
        right["read as a file"] += offline.nearest_class == item.emotion
        right["live, all windows together"] += together is not None and together.nearest_class == item.emotion
        right["live, the longest utterance"] += (
            longest is not None and reader.labels[int(np.argmin(longest.angles))] == item.emotion
        )
        clips += 1
        utterances += len(spoken)
    print(f"{arguments.checkpoint}, {clips} clips of test speakers of {manifest.corpus}, {utterances} utterances found")
    for way, count in right.items():
        print(f"  {way}: {count} right ({count / clips:.1%})")


if __name__ == "__main__":
    main()
