"""Players for recordings as the model hears them: mono, 16 kHz, unchanged level."""

import io
from pathlib import Path

import streamlit as st
from streamlit import runtime

from ser_core.errors import AudioError
from ui import cache
from ui.components.text import plain
from ui.sound import SoundReference


def play(sound: SoundReference, *, at_once: bool = False) -> None:
    """Draw a player, or the reason why there is none; with ``at_once`` it begins by itself when it is first drawn."""
    try:
        st.audio(_encoded_once(sound), format="audio/flac", autoplay=at_once)
    except AudioError as error:
        st.caption(f"Cannot be played. {plain(str(error))}")


def address(sound: SoundReference) -> str | None:
    """Return where a script of the page finds a sound as long as the page is shown; ``None`` if it cannot be played."""
    try:
        encoded = _encoded_once(sound)
    except AudioError:
        return None
    return _served(encoded, sound.key)


def address_of_flac(path: Path) -> str:
    """Return where a script of the page finds a whole FLAC file that is mono and has 16 kHz: it need not be decoded."""
    return _served(str(path), str(path))


def _served(content: bytes | str, key: str) -> str:
    path = runtime.get_instance().media_file_mgr.add(content, "audio/flac", f"a script's sound {key}")
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


def forget() -> None:
    """Delete the encoded sounds of this visitor."""
    _playable.clear()
    _long_playable.clear()


def _encoded_once(sound: SoundReference) -> bytes:
    return _long_playable(sound.key, sound) if cache.is_long(sound) else _playable(sound.key, sound)


@st.cache_data(max_entries=64, show_spinner=False, scope="session")
def _playable(key: str, _sound: SoundReference) -> bytes:
    return _encoded(_sound)


@st.cache_data(max_entries=1, show_spinner=False, scope="session")
def _long_playable(key: str, _sound: SoundReference) -> bytes:
    return _encoded(_sound)


def _encoded(sound: SoundReference) -> bytes:
    import soundfile

    heard = cache.signal(sound)
    file = io.BytesIO()
    soundfile.write(file, heard.samples.clip(-1, 1), heard.sample_rate, format="FLAC", subtype="PCM_16")
    return file.getvalue()
