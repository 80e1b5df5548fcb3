"""The voice encoder of Resemblyzer: whose voice is heard in windows of 1.6 s, by a recurrent network.

It was trained so that utterances of one speaker lie close and those of others far (GE2E). Its weights, in
``ge2e_voice/`` beside this file with their licence (Apache-2.0), are those of the package Resemblyzer 0.1.4, without
what its training left in the file.

References:
    Wan et al. (2018), Generalized End-to-End Loss for Speaker Verification, ICASSP, arXiv 1710.10467.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_core.features.front_end import FrontEnd, mel_spectra
from ser_core.pretrained.network import SAMPLE_RATE, FrozenNetwork
from ser_core.pretrained.weights import CarriedWeights

_SIZE, _LAYERS = 256, 3
_MEL = FrontEnd(
    window_seconds=0.025, hop_seconds=0.01, transform_length=400, mel_bands=40, lowest_hertz=0.0, highest_hertz=8_000.0
)
_WINDOW, _HOP = 160, 77  # frames of a window, and between two: 1.3 windows a second, the package's own choice
_LEAST_HEARD = 0.75  # of a last window that is kept; the rest of it is silence
_WINDOWS_AT_ONCE = 64


class VoiceEncoder(FrozenNetwork):
    """256 values, together of length 1, of each window of 1.6 s; their mean is the package's vector of an utterance."""

    weights = CarriedWeights(
        "ge2e-voice",
        "the voice encoder of Resemblyzer",
        "a5d4776b403b69593e4a10212aeacf7d35b56e9d0a2022058c6d4f888202e069",
    )
    feature_count = _SIZE
    steps_per_second = SAMPLE_RATE / (_HOP * _MEL.hop_length)
    words = "a recurrent network that was trained to tell speakers apart (GE2E, of Resemblyzer), as it came"

    def __init__(self) -> None:
        """Build the network."""
        super().__init__()
        self.lstm = nn.LSTM(_MEL.mel_bands, _SIZE, _LAYERS, batch_first=True)
        self.linear = nn.Linear(_SIZE, _SIZE)

    @staticmethod
    def steps(samples: int) -> int:
        """See :class:`FrozenNetwork`."""
        frames = math.ceil((samples + 1) / _MEL.hop_length)
        count = max(1, math.ceil((frames - _WINDOW + _HOP + 1) / _HOP))
        heard = samples / _MEL.hop_length - (count - 1) * _HOP
        return count - 1 if count > 1 and heard < _LEAST_HEARD * _WINDOW else count

    @torch.no_grad()
    def forward(self, samples: Tensor) -> Tensor:
        """See :class:`FrozenNetwork`."""
        count = self.steps(len(samples))
        frames = (count - 1) * _HOP + _WINDOW
        heard = functional.pad(samples, (0, max(0, frames * _MEL.hop_length - len(samples))))
        spectra, _ = mel_spectra([heard.numpy()], _MEL)
        windows = spectra[0, :frames].unfold(0, _WINDOW, _HOP).transpose(1, 2)  # (T, 160, 40)
        return torch.cat([self._voices(part) for part in windows.split(_WINDOWS_AT_ONCE)])

    def _voices(self, windows: Tensor) -> Tensor:
        _, (states, _) = self.lstm(windows)
        return functional.normalize(functional.relu(self.linear(states[-1])), dim=1)
