"""Which utterances, or pairs of them, the batches of a stage's epoch hold."""

from collections.abc import Sequence

import numpy as np

from ser_core.recipes import Stage
from ser_core.sampling import PairBatches, length_batches, p_by_k_batches, pair_batches, speaker_batches
from ser_core.types import IntArray


def stage_batches(
    stage: Stage,
    targets: Sequence[int],
    lengths: Sequence[float],
    *,
    speakers: Sequence[int] | IntArray,
    classes: int,
    pairs: bool,
    random: np.random.Generator,
) -> list[IntArray] | PairBatches:
    """Draw the batches of one epoch of a stage.

    Targets are classes, below 0 where an utterance has none; batches by class leave these out. Lengths are in frames,
    speakers are numbers.

    Raises:
        ConfigError: if the training utterances cannot fill such a batch.
    """
    if pairs or stage.utterances_per_class:
        known = np.flatnonzero(np.asarray(targets) >= 0)
        if len(known) < len(targets):
            every = stage_batches(
                stage,
                [targets[row] for row in known.tolist()],
                [lengths[row] for row in known.tolist()],
                speakers=[speakers[row] for row in known.tolist()],
                classes=classes,
                pairs=pairs,
                random=random,
            )
            return [known[chosen] for chosen in every]
    if pairs:
        wanted = stage.pairs_per_epoch or len(targets)
        return pair_batches(
            targets,
            pairs=stage.batch_size,
            batches=max(1, round(wanted / stage.batch_size)),
            positive_share=stage.positive_share,
            random=random,
        )
    if stage.utterances_per_class:
        return p_by_k_batches(
            targets,
            classes=stage.classes_per_batch or classes,
            utterances=stage.utterances_per_class,
            random=random,
        )
    if stage.speakers_per_batch:
        return speaker_batches(
            speakers, batch_size=stage.batch_size, speakers_per_batch=stage.speakers_per_batch, random=random
        )
    return length_batches(lengths, batch_size=stage.batch_size, random=random)
