"""What each emotion changes in the voice, after published acoustic correlates.

The directions (up, down) are the literature's where a comment names it; the sizes are ours, moderate so that words
stay recognisable and the emotions overlap. Burkhardt and Sendlmeier (2000) worked so with a formant synthesiser: they
changed a neutral utterance by rules and had listeners judge the emotion.

References:
    Murray, I. R. and Arnott, J. L. (1993). Toward the simulation of emotion in synthetic speech: A review of the
        literature on human vocal emotion. Journal of the Acoustical Society of America 93(2), 1097-1108.
    Banse, R. and Scherer, K. R. (1996). Acoustic profiles in vocal emotion expression. Journal of Personality and
        Social Psychology 70(3), 614-636.
    Burkhardt, F. and Sendlmeier, W. F. (2000). Verification of acoustical correlates of emotional speech using
        formant-synthesis. ISCA Workshop on Speech and Emotion, 151-156.
    Juslin, P. N. and Laukka, P. (2003). Communication of emotions in vocal expression and music performance:
        Different channels, same code? Psychological Bulletin 129(5), 770-814.
    Scherer, K. R. (2003). Vocal communication of emotion: A review of research paradigms.
        Speech Communication 40, 227-256.
    Kamiloglu, R. G., Fischer, A. H. and Sauter, D. A. (2020). Good vibrations: A review of vocal expressions of
        positive emotions. Psychonomic Bulletin & Review 27, 237-265.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Cue:
    """One thing that an emotion can change.

    Attributes:
        unit: what a value of 1 means.
        lowest: smallest value that leaves the words recognisable.
        highest: largest such value.
        between_voices: standard deviation of a voice's habit, the same for all its emotions.
        between_styles: standard deviation of a voice's own way with one emotion.
        between_takes: standard deviation from clip to clip.
    """

    unit: str
    lowest: float
    highest: float
    between_voices: float
    between_styles: float
    between_takes: float


CUES: Mapping[str, Cue] = {
    "pitch": Cue("semitones above the voice's own level", -4.5, 6.5, 0.0, 0.95, 1.1),
    "range": Cue("log2 of the factor on the pitch excursions", -1.4, 1.3, 0.1, 0.15, 0.18),
    "slope": Cue("semitones added from the first sound to the last", -5.0, 5.0, 0.3, 0.6, 0.7),
    "accent": Cue("semitones added on the accented word", -1.5, 5.0, 0.3, 0.5, 0.6),
    "rate": Cue("log2 of the factor on the speaking rate", -0.5, 0.5, 0.05, 0.06, 0.07),
    "pauses": Cue("share of the word boundaries with a pause", 0.0, 0.9, 0.05, 0.1, 0.12),
    "loudness": Cue("decibels", -10.0, 9.0, 1.2, 1.6, 1.8),
    "dynamics": Cue("exponent on the intensity contour", -0.4, 0.5, 0.05, 0.08, 0.08),
    "tilt": Cue("decibels of the shelf above 1 kHz", -10.0, 10.0, 0.8, 0.9, 1.1),
    "breath": Cue("aspiration noise, decibels above -38 dB of the voice", 0.0, 20.0, 0.8, 1.2, 1.3),
    "jitter": Cue("percent, random change of the pitch period", 0.1, 3.0, 0.1, 0.15, 0.2),
    "tremor": Cue("semitones, slow shaking of the pitch", 0.0, 1.0, 0.05, 0.1, 0.1),
    "formants": Cue("percent shift of the resonances", -6.0, 8.0, 0.0, 0.8, 0.8),
    "drawl": Cue("log2 of the lengthening of the last and the accented word", -0.2, 0.6, 0.05, 0.07, 0.08),
}

# Juslin and Laukka (2003) summarise their review emotion by emotion: speech rate, intensity and its variability,
# high-frequency energy, pitch level, variability and contour, irregularity. "Reviews" below means that and Scherer's
# (2003), which also has boredom; Banse and Scherer (1996) measured many of the same cues on actors.
PROFILES: Mapping[str, Mapping[str, float]] = {
    "neutral": {},
    # Loud, high and variable pitch (reviews), fast, rising and regular (Juslin and Laukka, 2003); high first two
    # formants (Kamiloglu et al., 2020), here by shifting all resonances.
    "happy": {
        "pitch": 3.2, "range": 0.8, "slope": 2.8, "accent": 1.8, "rate": 0.09, "loudness": 2.5, "dynamics": 0.05,
        "tilt": 1.0, "jitter": -0.3, "formants": 5.5,
    },
    # Slow, quiet, low and level pitch that falls, little high-frequency energy (reviews); irregular (Juslin and
    # Laukka, 2003). Pauses, breath and lowered formants are our choice.
    "sad": {
        "pitch": -1.6, "range": -0.7, "slope": -1.8, "accent": -0.5, "rate": -0.26, "pauses": 0.45, "loudness": -4.5,
        "dynamics": -0.12, "tilt": -6.0, "breath": 11.5, "jitter": 0.4, "tremor": 0.15, "formants": -1.5, "drawl": 0.1,
    },
    # Fast, loud, much high-frequency energy, high and variable pitch (reviews); irregular, uneven loudness (Juslin and
    # Laukka, 2003). The sources differ on the contour: it falls in Scherer (2003), and here, and rises in Juslin and
    # Laukka (2003). Murray and Arnott (1993): abrupt pitch changes on stressed syllables, hence the accent.
    "angry": {
        "pitch": 2.2, "range": 0.6, "slope": -2.6, "accent": 2.2, "rate": 0.18, "loudness": 5.5, "dynamics": 0.24,
        "tilt": 7.5, "jitter": 1.2, "drawl": -0.05,
    },
    # Fast and high (reviews); little pitch variability, little high-frequency energy, rising, irregular (Juslin and
    # Laukka, 2003; irregular voicing in Murray and Arnott, 1993, too). Quiet except in panic (Juslin and Laukka), loud
    # in Scherer's fear and panic: loudness moves little here. Breath and tremor are our choice.
    "fearful": {
        "pitch": 4.1, "range": -0.45, "slope": 1.4, "rate": 0.26, "pauses": 0.15, "loudness": -1.5, "dynamics": 0.05,
        "tilt": -2.5, "breath": 9.5, "jitter": 1.6, "tremor": 0.6,
    },
    # Slow, with little pitch variation (Scherer, 2003). The low level and the drawled words are our choice.
    "boredom": {
        "pitch": -1.8, "range": -0.8, "slope": -0.6, "accent": -0.8, "rate": -0.28, "pauses": 0.1, "loudness": -1.8,
        "dynamics": -0.1, "tilt": -1.0, "jitter": 0.2, "formants": -0.5, "drawl": 0.4,
    },
}  # fmt: skip

# What some cues are when nothing is expressed; the others are 0.
RESTING: Mapping[str, float] = {"pauses": 0.08, "breath": 3.0, "jitter": 0.5, "tremor": 0.05}
