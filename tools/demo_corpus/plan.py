"""Draw the parameters of every clip: the emotion's cues, as this voice expresses them, in this take.

A cue's value is what it is at rest, plus the emotion's change × the voice's strength × the voice's own weight for that
cue, plus three random parts: the voice's habit, the voice's way with this emotion, and this take's chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from demo_corpus.cast import SENTENCES, VOICES, Voice
from demo_corpus.cues import CUES, PROFILES, RESTING
from ser_core.seeding import stream

# How far a voice's cues lie from the average voice's: some speakers raise the pitch, others speak faster.
STYLE_SPREAD = 0.25


@dataclass(frozen=True)
class Plan:
    """Everything that decides one clip.

    Attributes:
        voice: who speaks.
        emotion: canonical name.
        sentence: short name of the sentence.
        text: its words.
        take: 1 or 2.
        cues: value of every cue, in the units of :data:`demo_corpus.cues.CUES`.
        seed: the corpus's seed.
    """

    voice: Voice
    emotion: str
    sentence: str
    text: str
    take: int
    cues: Mapping[str, float]
    seed: int

    @property
    def file(self) -> str:
        """Path inside the corpus folder."""
        return f"{self.voice.speaker}/{self.voice.speaker}_{self.emotion}_{self.sentence}_take{self.take}.flac"

    def random(self, purpose: str) -> np.random.Generator:
        """Open this clip's own stream of random numbers."""
        return stream(self.seed, "demo", self.file, purpose)


def plans(seed: int, *, spread: float = 1.0) -> list[Plan]:
    """Plan the whole corpus.

    Args:
        seed: the same seed gives the same corpus.
        spread: factor on the natural spread; 0 makes every voice and take alike.

    Returns:
        One plan per clip: voices × emotions × sentences, every second of them in two takes.
    """
    return [
        Plan(voice, emotion, sentence, text, take, _cues(voice, emotion, sentence, take, seed, spread), seed)
        for row, voice in enumerate(VOICES)
        for column, emotion in enumerate(PROFILES)
        for number, (sentence, text) in enumerate(SENTENCES)
        for take in ((1, 2) if (row + column + number) % 2 else (1,))
    ]


def style_weights(voice: Voice, seed: int, spread: float = 1.0) -> dict[str, float]:
    """How much this voice uses each cue; the mean over cues is 1, so that no voice is flat in every respect."""
    random = stream(seed, "demo", voice.speaker, "style")
    weights = np.exp(random.normal(0.0, STYLE_SPREAD * spread, len(CUES)))
    return dict(zip(CUES, (weights / weights.mean()).tolist(), strict=True))


def _cues(voice: Voice, emotion: str, sentence: str, take: int, seed: int, spread: float) -> dict[str, float]:
    weights = style_weights(voice, seed, spread)
    habit = stream(seed, "demo", voice.speaker, "habit").normal(size=len(CUES))
    style = stream(seed, "demo", voice.speaker, emotion, "style").normal(size=len(CUES))
    chance = stream(seed, "demo", voice.speaker, emotion, sentence, take, "take")
    strength = voice.strength * float(np.exp(chance.normal(0.0, 0.15 * spread)))
    values = {}
    for index, (name, cue) in enumerate(CUES.items()):
        value = RESTING.get(name, 0.0) + strength * weights[name] * PROFILES[emotion].get(name, 0.0)
        value += spread * (
            cue.between_voices * habit[index] + cue.between_styles * style[index] + cue.between_takes * chance.normal()
        )
        values[name] = float(np.clip(value, cue.lowest, cue.highest))
    return values
