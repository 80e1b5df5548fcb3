"""How often are clips of two people noticed, and clips of one person taken for those of two?

Of each corpus, clips are drawn of one speaker, and half of one and half of another, whatever the emotion.
"""

import argparse
import dataclasses
from collections.abc import Iterator

import numpy as np

from ser_core.corpora import open_corpus
from ser_core.corpora.manifest import Manifest
from ser_core.seeding import stream
from ser_core.types import FloatArray
from ser_core.voices.one_person import Likeness, likeness, voice_vectors_of
from ser_core.workspace import cache_directory

CLIPS = (2, 4, 8)
DRAWS = 20  # of clips, for each speaker
LEVELS = (0.05, 0.5, 0.95)


def vectors_by_speaker(manifest: Manifest, most: int) -> dict[str, FloatArray]:
    """Compute the vectors of so many clips, drawn by the speaker's name, of each speaker who has as many."""
    found = {}
    for speaker in manifest.speakers:
        rows = [row for row in manifest.utterances if row.speaker == speaker]
        if len(rows) >= most:
            chosen = stream(0, "two people", manifest.corpus, speaker).permutation(len(rows))[:most]
            part = dataclasses.replace(manifest, utterances=tuple(rows[number] for number in chosen))
            found[speaker] = voice_vectors_of(part, cache=cache_directory())
    return found


def drawn(found: dict[str, FloatArray], clips: int, *, people: int) -> list[Likeness]:
    """Draw clips of one or of two speakers, and compare them with each other."""
    speakers, values = sorted(found), []
    for speaker in speakers:
        for draw in range(DRAWS):
            random = stream(0, "draw", speaker, clips, people, draw)
            own = random.permutation(found[speaker])[: clips // people]
            other = str(random.choice([name for name in speakers if name != speaker]))
            more = random.permutation(found[other])[: clips - len(own)]
            compared = likeness(np.concatenate([own, more]))
            values += [] if compared is None else [compared]
    return values


def lines(manifest: Manifest, most: int) -> Iterator[str]:
    """Tell one corpus."""
    found = vectors_by_speaker(manifest, most)
    yield f"{manifest.corpus}: {len(found)} speakers with {most} clips, {DRAWS} draws of each"
    for clips in CLIPS:
        for people in (1, 2):
            compared = drawn(found, clips, people=people)
            low, middle, high = np.quantile([one.cosine for one in compared], LEVELS)
            yield (
                f"  {clips} clips of {people}: mean cosine {low:.2f}, {middle:.2f}, {high:.2f} (5 %, median, 95 %); "
                f"taken for two people's in {np.mean([one.is_two_people for one in compared]):.1%}"
            )


def main() -> None:
    """Print the shares for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", action="append", required=True, help="KIND:DIR; repeatable")
    parser.add_argument("--most", type=int, default=8, help="clips of each speaker that are heard")
    options = parser.parse_args()
    for spec in options.corpus:
        for line in lines(open_corpus(spec), options.most):
            print(line, flush=True)


if __name__ == "__main__":
    main()
