"""Turn one plan into sound: eSpeak's words, then Praat's PSOLA for pitch, timing and resonances.

eSpeak and Praat (inside parselmouth) are GPLv3 programs. They are used here to make audio, and are neither part of the
application nor needed to run it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import parselmouth
import soxr
from parselmouth.praat import call

from demo_corpus import shaping
from demo_corpus.cast import Voice
from demo_corpus.plan import Plan
from demo_corpus.shaping import Samples

SAMPLE_RATE = 16_000
_RAW_RATE = 44_100.0
_USUAL_SPREAD = 1.8  # semitones, standard deviation


@dataclass(frozen=True)
class Words:
    """Plain speech and where its words lie: ``spans`` in seconds."""

    samples: Samples
    spans: tuple[tuple[float, float], ...]


def render(plan: Plan) -> Samples:
    """Speak one clip.

    Returns:
        Mono speech at 16 kHz, shape ``(N,)``, within [-1, 1].
    """
    cues = plan.cues
    seed = int(plan.random("praat").integers(1, 2**31))
    parselmouth.praat.run(f"random_initializeWithSeedUnsafelyButPredictably ({seed})")
    words = speak(plan.voice, plan.text, words_per_minute=plan.voice.words_per_minute * 2.0 ** cues["rate"])
    words = with_pauses(words, cues["pauses"], plan.random("pauses"))
    samples = reshape(words, plan)
    samples = np.asarray(soxr.resample(samples, _RAW_RATE, SAMPLE_RATE, quality="VHQ"))
    samples = shaping.stress(samples, cues["dynamics"], sample_rate=SAMPLE_RATE)
    samples = shaping.tilt(samples, cues["tilt"], sample_rate=SAMPLE_RATE)
    samples = shaping.breathe(samples, cues["breath"], sample_rate=SAMPLE_RATE, random=plan.random("breath"))
    samples = shaping.level(samples, plan.voice.loudness + cues["loudness"], sample_rate=SAMPLE_RATE)
    return _in_a_room(samples, plan.random("room"))


def speak(voice: Voice, text: str, *, words_per_minute: float) -> Words:
    """Let eSpeak say a sentence without any expression."""
    synthesiser = call("Create SpeechSynthesizer", voice.language, voice.variant)
    call(synthesiser, "Speech output settings", _RAW_RATE, 0.01, 1.0, 1.0, round(words_per_minute), "IPA")
    grid, sound = call(synthesiser, "To Sound", text, "yes")
    tier = next(n for n in range(1, call(grid, "Get number of tiers") + 1) if call(grid, "Get tier name", n) == "word")
    spans = tuple(
        (call(grid, "Get start time of interval", tier, n), call(grid, "Get end time of interval", tier, n))
        for n in range(1, call(grid, "Get number of intervals", tier) + 1)
        if call(grid, "Get label of interval", tier, n)
    )
    return Words(sound.values[0].copy(), spans)


def with_pauses(words: Words, share: float, random: np.random.Generator) -> Words:
    """Put silence at a share of the word boundaries; the cut is where the boundary is quietest."""
    pieces: list[Samples] = []
    spans = [words.spans[0]]
    begin, added = 0, 0.0
    fade = int(0.006 * _RAW_RATE)
    for before, after in zip(words.spans, words.spans[1:], strict=False):
        chosen, length = random.random() < share, random.uniform(0.06, 0.18)
        if chosen:
            low, high = int((before[1] - 0.015) * _RAW_RATE), int((after[0] + 0.015) * _RAW_RATE)
            power = np.convolve(words.samples[low:high] ** 2, np.ones(fade) / fade, mode="same")
            cut = low + int(np.argmin(power))
            piece = words.samples[begin:cut].copy()
            piece[-fade:] *= np.linspace(1.0, 0.0, fade)
            pieces += [piece, np.zeros(int(length * _RAW_RATE))]
            begin, added = cut, added + length
        spans.append((after[0] + added, after[1] + added))
    return Words(np.concatenate([*pieces, words.samples[begin:]]), tuple(spans))


def reshape(words: Words, plan: Plan) -> Samples:
    """Set pitch, timing and resonances in one overlap-add pass.

    Playing the sound faster shifts every resonance (and pitch and time, which the pass then sets).
    """
    shift = plan.voice.formants * (1.0 + plan.cues["formants"] / 100.0)
    spans = [(begin / shift, end / shift) for begin, end in words.spans]
    sound = parselmouth.Sound(words.samples, sampling_frequency=_RAW_RATE * shift)
    floor, ceiling = (100.0, 500.0) if plan.voice.gender == "female" else (55.0, 320.0)
    manipulation = call(sound, "To Manipulation", 0.01, floor * shift, ceiling * shift)
    random = plan.random("contour")
    accented = int(random.integers(len(spans)))
    call([_pitch_tier(manipulation, sound.duration, plan, spans, accented, random), manipulation], "Replace pitch tier")
    call([_duration_tier(sound.duration, shift, plan, spans, accented), manipulation], "Replace duration tier")
    shaped = call(manipulation, "Get resynthesis (overlap-add)")
    return np.asarray(
        soxr.resample(shaped.values[0], shaped.sampling_frequency, _RAW_RATE, quality="VHQ"), dtype=np.float64
    )


def _pitch_tier(
    manipulation: parselmouth.Data,
    duration: float,
    plan: Plan,
    spans: Sequence[tuple[float, float]],
    accented: int,
    random: np.random.Generator,
) -> parselmouth.Data:
    """Draw the pitch contour: the synthesiser's own, made wider or flatter, tilted, accented, shaken."""
    cues = plan.cues
    old = call(manipulation, "Extract pitch tier")
    count = call(old, "Get number of points")
    times = np.array([call(old, "Get time from index", n) for n in range(1, count + 1)])
    hertz = np.array([call(old, "Get value at index", n) for n in range(1, count + 1)])
    begin, end = spans[0][0], spans[-1][1]
    place = np.clip((times - begin) / (end - begin), 0.0, 1.0)
    semitones = 12.0 * np.log2(hertz / np.median(hertz))
    semitones = np.clip(semitones, -7.0, 7.0)
    semitones *= np.sqrt(_USUAL_SPREAD / semitones.std())  # eSpeak's voices differ more than people do
    semitones *= 2.0 ** cues["range"]
    semitones += cues["slope"] * (place - 0.5)
    first, last = spans[accented]
    middle, width = (first + last) / 2.0, max(last - first, 0.15) / 2.5
    semitones += cues["accent"] * np.exp(-0.5 * ((times - middle) / width) ** 2)
    semitones += cues["tremor"] * np.sin(2.0 * np.pi * (random.uniform(5.0, 7.5) * times + random.random()))
    knots = np.linspace(0.0, 1.0, 5)
    semitones += np.interp(place, knots, random.normal(0.0, 0.5, knots.size))  # nobody says it twice alike
    semitones += 12.0 / np.log(2.0) * cues["jitter"] / 100.0 * random.normal(size=count)
    new = plan.voice.pitch * 2.0 ** ((cues["pitch"] + semitones) / 12.0)
    lowest, highest = (110.0, 480.0) if plan.voice.gender == "female" else (62.0, 300.0)
    tier = call("Create PitchTier", "pitch", 0.0, duration)
    for time, value in zip(times, np.clip(new, lowest, highest), strict=True):
        call(tier, "Add point", float(time), float(value))
    return tier


def _duration_tier(
    duration: float, shift: float, plan: Plan, spans: Sequence[tuple[float, float]], accented: int
) -> parselmouth.Data:
    """Lengthen the last and the accented word; ``shift`` gives back the time that the resonance shift took."""
    tier = call("Create DurationTier", "duration", 0.0, duration)
    edge = 0.001
    for number, (begin, end) in enumerate(spans):
        factor = shift * (2.0 ** plan.cues["drawl"] if number in (accented, len(spans) - 1) else 1.0)
        call(tier, "Add point", begin + edge, factor)
        call(tier, "Add point", max(end - edge, begin + 2 * edge), factor)
    return tier


def _in_a_room(samples: Samples, random: np.random.Generator) -> Samples:
    """Give the clip some silence around it and a very quiet noise floor, unrelated to the emotion."""
    before, after = (int(length * SAMPLE_RATE) for length in random.uniform(0.06, 0.16, 2))
    spoken = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
    fade = int(0.01 * SAMPLE_RATE)
    voice = samples[max(spoken[0] - fade, 0) : spoken[-1] + fade].copy()
    voice[:fade] *= np.linspace(0.0, 1.0, fade)
    voice[-fade:] *= np.linspace(1.0, 0.0, fade)
    whole = np.concatenate([np.zeros(before), voice, np.zeros(after)])
    return whole + random.normal(0.0, 10.0 ** (random.uniform(-89.0, -85.0) / 20.0), whole.shape[0])
