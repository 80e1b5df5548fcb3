"""Directions on an untrained network owe their score to labels, and the teacher's page tells what was measured."""

from pathlib import Path

import numpy as np

from benchmarks.untrained_directions import described, right, standardised
from ser_core.embeddings.space import TRAINING
from ser_core.geometry.angles import unit
from ser_core.lessons.space_forming import shipped_epochs
from ser_core.lessons.triplets_measured import TRIPLETS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "lessons" / "2-watch-a-space-form.md"


def test_the_untrained_networks_score_goes_when_emotions_are_dealt_at_random(random):
    _, _, space = shipped_epochs(TRIPLETS)[0]
    emotions, heard = space.column("emotion"), space.column("split") == TRAINING
    vectors = unit(space.embeddings.astype(np.float64))
    found = right(vectors, emotions, emotions, heard)
    dealt = []
    for _ in range(50):
        names = emotions.copy()
        names[heard] = random.permutation(names[heard])
        dealt.append(right(vectors, names, emotions, heard))
    assert abs(np.mean(dealt) - 1 / 6) < 0.04
    assert found > np.quantile(dealt, 0.98)
    told = PAGE.read_text(encoding="utf-8")
    assert f"{100 * found:.0f} % with the untrained network" in " ".join(told.split())


def test_the_average_spectrum_without_a_network_is_told_as_it_is_measured():
    _, _, space = shipped_epochs(TRIPLETS)[0]
    emotions, heard = space.column("emotion"), space.column("split") == TRAINING
    scores = [
        f"{100 * right(standardised(values, heard), emotions, emotions, heard):.0f} %"
        for values in described(list(space.column("file")))
    ]
    assert (
        f"{scores[0]} with level and pitch in place of a network, and {scores[1]} with the average spectrum"
        in " ".join(PAGE.read_text(encoding="utf-8").split())
    )
