"""Checkpoints, trained models as folders: a card, weights, digests, and an atlas of known utterances."""

from ser_core.checkpoints.listing import Entry, available, find, unreadable
from ser_core.checkpoints.store import Checkpoint, load_checkpoint, save_checkpoint

__all__ = ["Checkpoint", "Entry", "available", "find", "load_checkpoint", "save_checkpoint", "unreadable"]
