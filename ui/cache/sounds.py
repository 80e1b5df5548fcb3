"""Recordings: read, drawn, judged.

What comes of a recording belongs to the visitor's session and is dropped with it, since it may be the visitor's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import AudioError, FormatError
from ser_core.types import FloatArray, Seconds
from ui.cache.changes import version
from ui.cache.corpora import corpus
from ui.cache.models import reader, voice_version
from ui.sound import SoundReference

if TYPE_CHECKING:
    from ser_core.audio.mix import ChannelMix
    from ser_core.audio.signal import Signal
    from ser_core.inference import EmotionPrediction, NotSpeech
    from ser_core.inference.attribution import Attribution
    from ser_core.plots.speech_player import PlayedSound

    Counting = Callable[[int, int], None]

LONG_SECONDS = 120.0  # a minute takes 4 MB of memory once it is read: of longer recordings few are kept
PLAYED_SECONDS = 300.0  # 10 MB on their way to the browser; of longer recordings a part is shown
PITCH_SECONDS = 60.0  # the pitch of longer recordings is not followed: it would take longer than a visitor waits


def signal(sound: SoundReference) -> "Signal":
    """Read a recording to mono 16 kHz; of long ones only the last is kept in memory."""
    return _long_signal(sound.key, sound) if is_long(sound) else _signal(sound.key, sound)


def is_long(sound: SoundReference) -> bool:
    """Tell whether a recording is longer than :data:`LONG_SECONDS`, by its header alone."""
    return _is_long(sound.key, sound)


@dataclass(frozen=True)
class UnreadableUpload:
    """Reason why an upload cannot be read here; a browser may decode it.

    Attributes:
        message: for people.
        advice: the part of it that says what to do.
    """

    message: str
    advice: str


def upload_problem(sound: SoundReference) -> UnreadableUpload | None:
    """Return the reason if an upload is audio in an unreadable format; ``None`` otherwise."""
    return _unread(sound.key, sound) if sound.content is not None else None


def reading(checkpoint: Path, sound: SoundReference, voice: Path | None = None) -> "EmotionPrediction | NotSpeech":
    """Let a model judge a recording, for a voice where its file is given."""
    return _reading(str(checkpoint), version(checkpoint), *voice_version(voice), sound.key, sound)


def part_reading(
    checkpoint: Path, sound: SoundReference, start: Seconds, end: Seconds, voice: Path | None = None
) -> "EmotionPrediction | NotSpeech":
    """Let a model judge a part of a recording as if it were all, for a voice where its file is given."""
    return _part_reading(str(checkpoint), version(checkpoint), *voice_version(voice), sound.key, start, end, sound)


def attribution(
    checkpoint: Path,
    sound: SoundReference,
    label: str,
    method: str,
    voice: Path | None = None,
    *,
    progress: "Counting",
) -> "Attribution":
    """Compute which parts of a recording speak for a class; see :mod:`ser_core.inference.attribution`."""
    from ser_core.inference.attribution import attribution as computed

    kept = _attribution(str(checkpoint), version(checkpoint), *voice_version(voice), sound.key, label, method)
    if not kept:
        kept.append(computed(reader(checkpoint, voice), signal(sound), label, method, progress=progress))
    return kept[0]


def played(sound: SoundReference, begins: Seconds, *, reads: bool) -> "PlayedSound":
    """Write a recording, or :data:`PLAYED_SECONDS` of a longer one, for the player in the browser."""
    return _played(sound.key, sound.name, begins, reads, sound)


def speech(sound: SoundReference) -> list[tuple[Seconds, Seconds]]:
    """Find the stretches of speech in a recording."""
    return _speech(sound.key, sound)


def spectrogram(sound: SoundReference) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Compute the picture of a recording: decibels ``(T, F)``, seconds ``(T,)``, hertz ``(F,)``."""
    return _spectrogram(sound.key, sound)


def pitch(sound: SoundReference) -> tuple[FloatArray, FloatArray] | None:
    """Follow the pitch of a recording; ``None`` when it is too long for that."""
    return _pitch(sound.key, sound)


def voice_vector(sound: SoundReference) -> FloatArray:
    """Compute whose voice is heard in a recording; see :mod:`ser_core.voices.one_person`."""
    return _voice_vector(sound.key, sound)


def forget_sounds() -> None:
    """Drop everything that was computed from this visitor's recordings."""
    for kept in (
        wav,
        _signal,
        _long_signal,
        _reading,
        _part_reading,
        _attribution,
        _played,
        _speech,
        _spectrogram,
        _pitch,
        _voice_vector,
    ):
        kept.clear()


@st.cache_data(max_entries=4, show_spinner=False, scope="session")
def wav(key: str, _samples: FloatArray, sample_rate: int) -> bytes:
    """Encode samples as a WAV file of 16 bits, once for each key."""
    import io

    import soundfile

    file = io.BytesIO()
    soundfile.write(file, _samples, sample_rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


@st.cache_resource(show_spinner="Letting artificial voices speak…")
def demo_conversation() -> bytes:
    """Put three minutes of artificial voices together, as a FLAC file."""
    import io

    import numpy as np
    import soundfile

    from ser_core.audio.signal import SAMPLE_RATE
    from ser_core.tracks.demo import conversation

    samples = np.concatenate(list(conversation(corpus("demo"), seconds=180.0)))
    file = io.BytesIO()
    soundfile.write(file, samples.clip(-1, 1), SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    return file.getvalue()


@st.cache_resource(max_entries=6, show_spinner="Reading the recording…", scope="session")
def _signal(key: str, _sound: SoundReference) -> "Signal":
    return _read(_sound)


@st.cache_resource(max_entries=1, show_spinner="Reading the recording…", scope="session")
def _long_signal(key: str, _sound: SoundReference) -> "Signal":
    return _read(_sound)


def _read(sound: SoundReference) -> "Signal":
    from ser_core.audio.reading import read_audio

    is_part = sound.path is None and (sound.start is not None or sound.end is not None)  # the core knows files
    mix = _mix(sound.whole_key, sound) if is_part else None
    return read_audio(sound.opened(), start=sound.start, end=sound.end, name=sound.name, mix=mix)


@st.cache_resource(max_entries=64, show_spinner="Reading the recording…")
def _mix(key: str, _sound: SoundReference) -> "ChannelMix":
    from ser_core.audio.reading import mix_of

    return mix_of(_sound.opened(), _sound.name)


@st.cache_data(max_entries=1024, show_spinner=False)
def _unread(key: str, _sound: SoundReference) -> UnreadableUpload | None:
    from ser_core.audio.opening import opened

    try:
        with opened(_sound.opened(), _sound.name, whole=False):
            return None
    except FormatError as error:
        return UnreadableUpload(str(error), error.advice) if error.kind == "foreign" else None
    except AudioError:
        return None  # reading it says what is wrong


@st.cache_data(max_entries=1024, show_spinner=False)
def _is_long(key: str, _sound: SoundReference) -> bool:
    from ser_core.audio.opening import seconds_in

    try:
        seconds = seconds_in(_sound.opened(), _sound.name)
    except AudioError:
        return False  # reading it says what is wrong
    end = seconds if _sound.end is None else min(_sound.end, seconds)
    return end - (_sound.start or 0.0) > LONG_SECONDS


@st.cache_data(max_entries=64, show_spinner="Listening…", scope="session")
def _reading(
    checkpoint: str, version: int, voice: str, voice_version: int, key: str, _sound: SoundReference
) -> "EmotionPrediction | NotSpeech":
    return reader(Path(checkpoint), Path(voice) if voice else None).read(signal(_sound), name=_sound.name)


@st.cache_data(max_entries=64, show_spinner="Listening to the selection…", scope="session")
def _part_reading(
    checkpoint: str,
    version: int,
    voice: str,
    voice_version: int,
    key: str,
    start: Seconds,
    end: Seconds,
    _sound: SoundReference,
) -> "EmotionPrediction | NotSpeech":
    judging = reader(Path(checkpoint), Path(voice) if voice else None)
    return judging.read(signal(_sound).part(start, end), name="the selection")


@st.cache_resource(max_entries=8, show_spinner=False, scope="session")
def _attribution(
    checkpoint: str,
    version: int,
    voice: str,
    voice_version: int,
    key: str,
    label: str,
    method: str,
) -> "list[Attribution]":
    """Hold one result. What draws its progress cannot be computed in a cached function, which would draw it again."""
    return []


@st.cache_resource(max_entries=3, show_spinner="Preparing the player…", scope="session")
def _played(key: str, name: str, begins: Seconds, reads: bool, _sound: SoundReference) -> "PlayedSound":
    from ser_core.plots.speech_player import played_sound

    heard = signal(_sound)
    first = round(begins * heard.sample_rate)
    return played_sound(
        heard.samples[first : first + round(PLAYED_SECONDS * heard.sample_rate)],
        sample_rate=heard.sample_rate,
        title=f"Waveform and spectrogram of {name}",
        begins=begins,
        speech=speech(_sound),
        pitch=pitch(_sound),
        reads=reads,
    )


@st.cache_data(max_entries=32, show_spinner=False, scope="session")
def _speech(key: str, _sound: SoundReference) -> list[tuple[Seconds, Seconds]]:
    from ser_core.audio.activity import speech_spans

    heard = signal(_sound)
    return speech_spans(heard.samples, sample_rate=heard.sample_rate)


@st.cache_data(max_entries=6, show_spinner=False, scope="session")
def _spectrogram(key: str, _sound: SoundReference) -> tuple[FloatArray, FloatArray, FloatArray]:
    from ser_core.plots.spectrogram import log_mel_picture

    heard = signal(_sound)
    return log_mel_picture(heard.samples, sample_rate=heard.sample_rate)


@st.cache_data(max_entries=64, show_spinner=False, scope="session")
def _voice_vector(key: str, _sound: SoundReference) -> FloatArray:
    from ser_core.voices.one_person import voice_vectors

    vector: FloatArray = voice_vectors([signal(_sound)])[0]
    return vector


@st.cache_data(max_entries=6, show_spinner=False, scope="session")
def _pitch(key: str, _sound: SoundReference) -> tuple[FloatArray, FloatArray] | None:
    from ser_core.audio.pitch import pitch_contour

    heard = signal(_sound)
    if heard.duration_seconds > PITCH_SECONDS:
        return None
    times, hertz = pitch_contour(heard.samples, sample_rate=heard.sample_rate)
    return (times, hertz) if len(times) else None
