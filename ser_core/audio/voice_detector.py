"""Voice activity detection: the probability of a voice every 32 ms, by the network of Silero VAD in NumPy.

Its weights are in ``silero_vad/`` beside this file, unchanged, with their licence (MIT).

References:
    Silero Team (2021-), Silero VAD: pre-trained enterprise-grade voice activity detector, version 6.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from ser_core.types import FloatArray, Hertz, Seconds

SAMPLE_RATE: Hertz = 16_000  # of the network's training
CHUNK = 512  # samples between two probabilities
CHUNK_SECONDS: Seconds = CHUNK / SAMPLE_RATE

_WEIGHTS = Path(__file__).parent / "silero_vad" / "weights.safetensors"
_CONTEXT = 64  # samples of the previous chunk, and as many of this one mirrored after its end
_WINDOW, _STRIDE, _BINS = 256, 128, 129
_CHUNKS_AT_ONCE = 2048


def voice_probabilities(signals: Sequence[FloatArray]) -> list[FloatArray]:
    """Compute the probability of a voice in each chunk of 32 ms, ``(ceil(N / 512),)`` per signal.

    Signals are mono at 16 kHz, ``(N,)``; the last chunk is completed with zeros.
    """
    weights = _weights()
    inputs = [_encoded(np.asarray(signal, dtype=np.float32), weights) for signal in signals]
    return _probabilities(inputs, weights)


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, FloatArray]:
    from safetensors.numpy import load_file

    weights: dict[str, FloatArray] = load_file(_WEIGHTS)
    return weights


def _encoded(samples: FloatArray, weights: Mapping[str, FloatArray]) -> FloatArray:
    """Features of each chunk as the input of the LSTM; ``(chunks, 512)``."""
    count = -(-len(samples) // CHUNK)
    padded = np.zeros(_CONTEXT + count * CHUNK, dtype=np.float32)
    padded[_CONTEXT : _CONTEXT + len(samples)] = samples
    chunks = np.lib.stride_tricks.sliding_window_view(padded, _CONTEXT + CHUNK)[::CHUNK] if count else padded[:0]
    parts = [_convolved(chunks[first : first + _CHUNKS_AT_ONCE], weights) for first in range(0, count, _CHUNKS_AT_ONCE)]
    into = weights["memory.weight_ih"]
    bias = weights["memory.bias_ih"] + weights["memory.bias_hh"]
    return np.concatenate([part @ into.T + bias for part in parts]) if parts else np.empty((0, len(into)), np.float32)


def _convolved(chunks: FloatArray, weights: Mapping[str, FloatArray]) -> FloatArray:
    """From samples ``(B, 576)`` to features ``(B, 128)``."""
    mirrored = chunks[:, -_CONTEXT - 1 : -1][:, ::-1]
    samples = np.concatenate([chunks, mirrored], axis=1)  # (B, 640)
    frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW, axis=1)[:, ::_STRIDE]  # (B, 4, 256)
    transformed = frames @ weights["transform.weight"][:, 0].T  # (B, 4, 258): real parts, then imaginary ones
    spectrum = np.sqrt(np.square(transformed[..., :_BINS]) + np.square(transformed[..., _BINS:]))
    for name, stride in (("convolution1", 1), ("convolution2", 2), ("convolution3", 2), ("convolution4", 1)):
        spectrum = _convolution(spectrum, weights[f"{name}.weight"], weights[f"{name}.bias"], stride)
    features: FloatArray = spectrum[:, 0]
    return features


def _convolution(features: FloatArray, kernel: FloatArray, bias: FloatArray, stride: int) -> FloatArray:
    """Convolve over time with a zero on either side, and rectify; ``(B, T, C)`` to ``(B, T / stride, C')``."""
    padded = np.pad(features, ((0, 0), (1, 1), (0, 0)))
    steps = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape[2], axis=1)[:, ::stride]  # (B, T', C, 3)
    flat = steps.reshape(*steps.shape[:2], -1) @ kernel.reshape(len(kernel), -1).T
    return np.maximum(flat + bias, 0.0)


def _probabilities(inputs: Sequence[FloatArray], weights: Mapping[str, FloatArray]) -> list[FloatArray]:
    """Run the LSTM over all signals as a batch, and compute a probability after each chunk."""
    longest = max((len(chunks) for chunks in inputs), default=0)
    padded = np.zeros((longest, len(inputs), len(weights["memory.weight_hh"])), dtype=np.float32)
    for column, chunks in enumerate(inputs):
        padded[: len(chunks), column] = chunks
    recurrent = np.ascontiguousarray(weights["memory.weight_hh"].T)
    size = len(recurrent)
    hidden: FloatArray = np.zeros((len(inputs), size), dtype=np.float32)
    cell: FloatArray = hidden
    out = np.empty((longest, len(inputs)), dtype=np.float32)
    final, offset = weights["answer.weight"][0, :, 0], weights["answer.bias"][0]
    for step, arriving in enumerate(padded):
        gates = arriving + hidden @ recurrent
        input_gate, forget_gate, _, output_gate = (_sigmoid(part) for part in np.split(gates, 4, axis=1))
        cell = forget_gate * cell + input_gate * np.tanh(gates[:, 2 * size : 3 * size])
        hidden = output_gate * np.tanh(cell)
        out[step] = np.maximum(hidden, 0.0) @ final + offset
    return [_sigmoid(out[: len(chunks), column]) for column, chunks in enumerate(inputs)]


def _sigmoid(values: FloatArray) -> FloatArray:
    fractions: FloatArray = 0.5 + 0.5 * np.tanh(0.5 * values)
    return fractions
