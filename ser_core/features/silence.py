"""The share of an utterance that is silent."""

import numpy as np

from ser_core.types import FloatArray

_WINDOW, _HOP = 2_048, 512  # samples
_FACTOR = 0.3  # of the mean level, below which a frame is silent
_OFFSET = np.float32(1e-4)  # is added to every sample, so that digital silence has a level too


def silent_share(signal: FloatArray) -> float:
    """Return the share of frames whose root mean square is at most 0.3 times its mean over the utterance, 0 to 1.

    Frames are centred, of 2,048 samples every 512, with zeros outside the float32 signal ``(N,)``. Where all is equally
    loud, digital silence too, nothing is silent.

    References:
        Atmaja and Akagi (2020), The effect of silence feature in dimensional speech emotion recognition, Speech
        Prosody; factor, mean and offset as in the public code of the first author.
    """
    samples = np.pad((signal + _OFFSET).astype(np.float64), _WINDOW // 2)
    energy = np.concatenate([[0.0], np.cumsum(samples**2)])
    starts = np.arange(0, samples.shape[0] - _WINDOW + 1, _HOP)
    levels = np.sqrt(np.maximum(energy[starts + _WINDOW] - energy[starts], 0) / _WINDOW)
    return float(np.mean(levels <= _FACTOR * levels.mean()))
