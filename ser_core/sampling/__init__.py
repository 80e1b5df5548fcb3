"""Which utterances meet in a batch, and which comparisons a metric loss draws from it."""

from ser_core.sampling.batches import length_batches, p_by_k_batches, speaker_batches
from ser_core.sampling.mining import MINERS, Triplets
from ser_core.sampling.pairs import PairBatches, pair_batches

__all__ = [
    "MINERS",
    "PairBatches",
    "Triplets",
    "length_batches",
    "p_by_k_batches",
    "pair_batches",
    "speaker_batches",
]
