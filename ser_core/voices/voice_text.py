"""A voice as JSON, which loses nothing: every number is written so that the same float32 comes back."""

import json
from typing import Any

import numpy as np

from ser_core import plain_json
from ser_core.errors import SerError, VoiceError, reason_of
from ser_core.voices.calibration import UNLABELLED
from ser_core.voices.voice import Voice, VoiceClip

VERSION, LABELLED = 2, 1  # of voices with clips without an emotion, and of those of labelled clips alone


def voice_json(voice: Voice) -> str:
    """Write a voice with the keys of the contract."""
    plain = voice.method != UNLABELLED and all(clip.emotion is not None for clip in voice.clips)
    content = {
        "version": LABELLED if plain else VERSION,
        "name": voice.name,
        "method": voice.method,
        "checkpoint": voice.checkpoint,
        "checkpoint_digest": voice.digest,
        "model_counts": voice.model_counts,
        "clips": [
            {
                "name": clip.name,
                "emotion": clip.emotion,
                "seconds": clip.seconds,
                "embedding": clip.embedding.astype(np.float32).tolist(),
            }
            for clip in voice.clips
        ],
    }
    return json.dumps(content, allow_nan=False) + "\n"


def read_voice_json(text: str, called: str) -> Voice:
    """Read a voice; raises VoiceError if it is no voice, or one of another version."""
    try:
        content: Any = plain_json.parsed(text)
        version = content["version"]
        if type(version) is not int or version not in (LABELLED, VERSION):
            raise VoiceError(
                f"Expected a voice of version {LABELLED} or {VERSION} in {called}; got version {str(version)[:20]!r}. "
                "Open it with the release that made it, or make the voice again."
            )
        return Voice(
            name=_text(content["name"]),
            method=_text(content["method"]),
            checkpoint=_text(content["checkpoint"]),
            digest=_text(content["checkpoint_digest"]),
            clips=tuple(_clip(clip) for clip in content["clips"]),
            model_counts=float(content["model_counts"]),
        )
    except VoiceError:
        raise
    except (SerError, ValueError, LookupError, TypeError, OverflowError) as error:
        raise VoiceError(
            f"Expected a voice in {called}, as `voice make` and the page Your voice write it; got: "
            f"{reason_of(error)[:300]}. Delete the file, or make the voice again."
        ) from error


def _clip(entry: Any) -> VoiceClip:
    embedding = np.array([float(value) for value in entry["embedding"]], dtype=np.float32)
    emotion = None if entry["emotion"] is None else _text(entry["emotion"])
    return VoiceClip(_text(entry["name"]), emotion, float(entry["seconds"]), embedding)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]} where text was expected")
    return value
