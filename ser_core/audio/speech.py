"""The decision whether a sound contains speech, used for recordings, live windows and tracks.

The thresholds were chosen on speakers that no shipped model is tested on; ``benchmarks/not_speech.py`` measures them.
"""

from collections.abc import Sequence

import numpy as np

from ser_core.audio.activity import CHECK_MICROPHONE, LITTLE_SPEECH, has_speech, in_place_of_speech, speech_spans
from ser_core.audio.high_pass import high_pass
from ser_core.audio.level import normalise_level
from ser_core.audio.signal import Signal
from ser_core.audio.voice_detector import CHUNK_SECONDS, SAMPLE_RATE, voice_probabilities
from ser_core.errors import AudioError
from ser_core.types import FloatArray, Hertz, Seconds

VOICED: Seconds = 0.25  # least duration of a voice: a short word

_PART: Seconds = 60.0  # a long recording is searched part by part until a voice is found
_CUTOFF: Hertz = 75
_LIKELY = 0.8
_SLOWER = 2  # screams have harmonics up to 1000 Hz apart, rare in the network's training; slowed down they fit


def are_speech(signals: Sequence[FloatArray], *, sample_rate: Hertz) -> list[bool]:
    """Return which sounds contain speech: a quarter of a second in which the voice detector finds a voice.

    The sound is also tested at half speed. Level, offset, rumble and hum have no influence. A long sound is searched
    minute by minute until a voice is found.
    """
    if any(len(signal) > _PART * sample_rate for signal in signals):
        return [_is_speech_somewhere(signal, sample_rate) for signal in signals]
    prepared = [_prepared(signal, sample_rate) for signal in signals]
    found = [_evidence(chunks) >= _LIKELY for chunks in voice_probabilities(prepared)]
    missed = [number for number, voice in enumerate(found) if not voice]
    slower = [_resampled(prepared[number], SAMPLE_RATE, _SLOWER * SAMPLE_RATE) for number in missed]
    for number, chunks in zip(missed, voice_probabilities(slower), strict=True):
        found[number] = _evidence(chunks) >= _LIKELY
    return found


def require_speech(signal: Signal, *, name: str = "the recording") -> None:
    """Raise AudioError for a recording without speech; the message describes the sound."""
    if not are_speech([signal.samples], sample_rate=signal.sample_rate)[0]:
        found, advice = _found_instead(signal.samples, signal.sample_rate)
        raise AudioError(f"Expected speech in {name}; got {signal.duration_seconds:.1f} s of {found}. {advice}")


def why_not_speech(signal: Signal, *, name: str = "the recording") -> str:
    """Describe the content of a recording without speech, with advice."""
    found, advice = _found_instead(signal.samples, signal.sample_rate)
    return f"Not speech, and not judged: {name} holds {signal.duration_seconds:.1f} s of {found}. {advice}"


def speech_notes(samples: FloatArray, *, sample_rate: Hertz) -> tuple[str, ...]:
    """Return notes, empty for ordinary speech, on whether mono samples ``(N,)`` hold too little speech."""
    seconds = sum(end - start for start, end in speech_spans(samples, sample_rate=sample_rate))
    if not 0 < seconds < LITTLE_SPEECH:
        return ()
    return (f"Only {seconds:.1f} s of speech: too little to be judged well. Record a whole sentence.",)


def _is_speech_somewhere(samples: FloatArray, sample_rate: Hertz) -> bool:
    step = round(_PART * sample_rate)
    parts = (samples[first : first + step] for first in range(0, len(samples), step))
    return any(are_speech([part], sample_rate=sample_rate)[0] for part in parts)


def _prepared(samples: FloatArray, sample_rate: Hertz) -> FloatArray:
    """Return samples with normal level, without low frequencies, at the detector's sample rate."""
    passed = high_pass(samples, cutoff=_CUTOFF, sample_rate=sample_rate)
    return _resampled(normalise_level(passed, sample_rate=sample_rate), sample_rate, SAMPLE_RATE)


def _resampled(samples: FloatArray, before: Hertz, after: Hertz) -> FloatArray:
    import soxr

    if before == after:
        return samples
    resampled: FloatArray = soxr.resample(samples, before, after)
    return resampled


def _evidence(chunks: FloatArray) -> float:
    """The probability that is reached during a quarter of a second in all, or during a shorter sound."""
    count = min(round(VOICED / CHUNK_SECONDS), len(chunks))
    return float(np.partition(chunks, -count)[-count]) if count else 0.0


def _found_instead(samples: FloatArray, sample_rate: Hertz) -> tuple[str, str]:
    """Describe a sound without speech, and give advice."""
    if not has_speech(samples, sample_rate=sample_rate):
        return in_place_of_speech(float(np.abs(samples).max(initial=0.0))), CHECK_MICROPHONE
    return "a sound without a voice", "Record or choose speech."
