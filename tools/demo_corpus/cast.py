"""Who speaks what: ten voices, four sentences."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """One artificial speaker.

    Attributes:
        speaker: name in the manifest.
        gender: what the voice sounds like, ``female`` or ``male``.
        language: eSpeak's name of the accent.
        variant: eSpeak's name of the voice.
        pitch: usual pitch in hertz.
        formants: factor on the resonances, above 1 for a shorter vocal tract.
        words_per_minute: usual tempo.
        loudness: usual level of the voice in dBFS.
        strength: factor on everything that an emotion changes.
    """

    speaker: str
    gender: str
    language: str
    variant: str
    pitch: float
    formants: float
    words_per_minute: float
    loudness: float
    strength: float


_US, _UK = "English (America)", "English (Great Britain)"

VOICES: tuple[Voice, ...] = (
    Voice("voice01", "female", _US, "Female1", 196.0, 1.02, 178, -31.5, 1.05),
    Voice("voice02", "male", _US, "Male1", 108.0, 1.00, 172, -30.5, 1.00),
    Voice("voice03", "female", _UK, "Female2", 214.0, 1.04, 186, -33.0, 0.90),
    Voice("voice04", "male", _UK, "Male3", 122.0, 1.03, 184, -32.0, 1.10),
    Voice("voice05", "female", _US, "Female3", 182.0, 0.98, 168, -31.0, 1.15),
    Voice("voice06", "male", _US, "Max", 96.0, 0.96, 166, -31.5, 0.95),
    Voice("voice07", "female", _UK, "Linda", 226.0, 0.99, 180, -32.5, 1.00),
    Voice("voice08", "male", _UK, "Male7", 130.0, 1.05, 190, -33.0, 0.90),
    Voice("voice09", "female", _US, "Female5", 204.0, 1.03, 190, -32.0, 1.10),
    Voice("voice10", "male", _US, "Male4", 114.0, 0.98, 176, -30.5, 1.05),
)

SENTENCES: tuple[tuple[str, str], ...] = (
    ("s1", "The parcel is on the table."),
    ("s2", "They will call us on Monday."),
    ("s3", "My brother opened the window."),
    ("s4", "We are leaving at seven."),
)
