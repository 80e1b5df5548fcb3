"""Whether a model has learned from the speaker of a clip that ships: its answer then says nothing about strangers."""

from typing import TYPE_CHECKING

from ui.sound import SoundReference

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry

NOTE = "heard in training"


def note(sound: SoundReference, entry: "Entry | None") -> str:
    """Return :data:`NOTE` for a clip by a speaker of the model's training; empty otherwise."""
    from ser_core.inference.heard_before import speakers_learned_from

    if entry is None or not sound.speaker or sound.speaker not in speakers_learned_from(entry.card):
        return ""
    return NOTE
