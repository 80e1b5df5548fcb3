"""What triplets move on voices heard and not heard, beside softmax for as many steps: measured seed by seed.

``python -m benchmarks.what_triplets_move`` writes the file that ships; the lesson's text takes its figures from it.
"""

import itertools
import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ser_core.config import FileRecord
from ser_core.errors import InputError
from ser_core.evaluation.statistics import Interval
from ser_core.lessons.shipped import read_shipped
from ser_core.types import Degrees, FloatArray

SHIPPED = Path(__file__).parent / "triplets_measured.json"
TRIPLETS, CONTROL = "quick", "quick-softmax-continued"
HEARD, UNHEARD = "heard", "unheard"
FIRST, SECOND = 1, 2  # stages


@dataclass(frozen=True)
class SpaceFigures(FileRecord):
    """The space of one part of a fold, after one stage of one run.

    Attributes:
        seed: of weights, batches and split.
        recipe: that was trained.
        part: ``heard``, the training voices, or ``unheard``, voices that nothing was fitted or chosen by.
        stage: after which it was measured, from 1.
        within_between: scatter of the unit vectors around their emotion's mean, by the scatter of the means.
        accuracy: by the nearest direction of the training voices: mean recall over the emotions, 0 to 1.
        own_angle: mean angle to the direction of the true emotion.
    """

    seed: int
    recipe: str
    part: str
    stage: int
    within_between: float
    accuracy: float
    own_angle: Degrees


@dataclass(frozen=True)
class TripletsMeasured(FileRecord):
    """Every run of a measurement.

    Attributes:
        version: of this form.
        corpus: in words.
        voices: speakers of the corpus.
        clips: of the corpus.
        unheard: part of the split that is called so: ``test`` or ``development``.
        overrides: settings that differ from both recipes.
        manifest_digest: of the corpus.
        commit: of the source that measured.
        figures: of every seed, recipe, part and stage.
    """

    version: int
    corpus: str
    voices: int
    clips: int
    unheard: str
    overrides: tuple[str, ...]
    manifest_digest: str
    commit: str
    figures: tuple[SpaceFigures, ...]

    @property
    def seeds(self) -> tuple[int, ...]:
        """Those of the runs, rising."""
        return tuple(sorted({row.seed for row in self.figures}))

    def values(self, figure: str, recipe: str, part: str, stage: int) -> FloatArray:
        """Return a figure of every seed, in the order of the seeds, shape ``(S,)``.

        Args:
            figure: a field of :class:`SpaceFigures`.
            recipe: :data:`TRIPLETS` or :data:`CONTROL`.
            part: :data:`HEARD` or :data:`UNHEARD`.
            stage: :data:`FIRST` or :data:`SECOND`.

        Raises:
            InputError: if a seed lacks it.
        """
        found = {
            row.seed: float(getattr(row, figure))
            for row in self.figures
            if (row.recipe, row.part, row.stage) == (recipe, part, stage)
        }
        if missing := [seed for seed in self.seeds if seed not in found]:
            raise InputError(
                f"Expected {recipe}, {part}, stage {stage} of every seed; seed {missing[0]} lacks it. Measure it again."
            )
        return np.array([found[seed] for seed in self.seeds])

    def difference(self, figure: str, part: str) -> FloatArray:
        """Return triplets minus control after the second stage, of every seed, shape ``(S,)``."""
        return self.values(figure, TRIPLETS, part, SECOND) - self.values(figure, CONTROL, part, SECOND)


def read_measured(path: Path = SHIPPED) -> TripletsMeasured:
    """Read a file of :class:`TripletsMeasured`.

    Raises:
        ConfigError: if it is missing or holds something else.
    """
    return read_shipped(TripletsMeasured, path, "the figures of what triplets move")


def mean_over_seeds(values: Sequence[float] | FloatArray, level: float = 0.95) -> Interval:
    """Return the mean with Student's t interval over seeds, at one degree of freedom fewer than there are.

    Raises:
        InputError: if there are fewer than two values.

    Examples:
        >>> found = mean_over_seeds([1.0, 2.0, 3.0])
        >>> round(found.estimate, 2), round(found.low, 2), round(found.high, 2)
        (2.0, -0.48, 4.48)
    """
    from scipy import stats

    if len(values) < 2:
        raise InputError(f"Expected at least two seeds for an interval; got {len(values)}. Train with more seeds.")
    mean = statistics.fmean(values)
    reach = float(stats.t.ppf((1 + level) / 2, len(values) - 1)) * statistics.stdev(values) / math.sqrt(len(values))
    return Interval(mean, mean - reach, mean + reach, level)


def means_of_some(values: FloatArray, count: int = 5) -> FloatArray:
    """Return the mean of every choice of ``count`` seeds: what somebody with so few runs could have found.

    Examples:
        >>> means_of_some(np.array([0.0, 1.0, 2.0]), 2).tolist()
        [0.5, 1.0, 1.5]
    """
    return np.array([statistics.fmean(chosen) for chosen in itertools.combinations(values.tolist(), count)])


def share_of(values: FloatArray, holds: Callable[[float], bool]) -> float:
    """Return the share of values for which something holds.

    Examples:
        >>> share_of(np.array([-1.0, 1.0, 2.0, 3.0]), lambda value: value > 0)
        0.75
    """
    return sum(map(holds, values.tolist())) / len(values)
