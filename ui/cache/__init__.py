"""Caches shared by all pages and visitors.

Heavy libraries are imported inside, on first use, so that the app opens at once.
"""

from ui.cache.changes import digest, version
from ui.cache.corpora import corpus, forget_corpora
from ui.cache.models import (
    KnownMap,
    LiveModel,
    angle_matrix,
    atlas,
    checkpoints,
    dial_classes,
    directions,
    every_checkpoint,
    known_map,
    live_model,
    reader,
    text_models,
    text_reader,
    unreadable,
    voices,
    voices_for,
    warm_up,
)
from ui.cache.recipes import recipe
from ui.cache.runs import predictions, rating_results, records, results
from ui.cache.sounds import (
    UnreadableUpload,
    attribution,
    demo_conversation,
    forget_sounds,
    is_long,
    part_reading,
    pitch,
    played,
    reading,
    signal,
    spectrogram,
    speech,
    upload_problem,
    voice_vector,
    wav,
)
from ui.cache.spaces import (
    RunMaps,
    aligned_maps,
    angle_intervals,
    attribute_leakage,
    audit,
    epoch_maps,
    forming_space,
    neighbours_changed,
    rotation,
    similarity,
    snapshot,
    space,
    space_metrics,
)
from ui.cache.strangers import strangers_heard

__all__ = [
    "KnownMap", "LiveModel", "RunMaps", "UnreadableUpload", "aligned_maps", "angle_intervals", "angle_matrix", "atlas",
    "attribute_leakage", "attribution", "audit", "checkpoints", "corpus", "demo_conversation", "dial_classes", "digest",
    "directions", "epoch_maps", "every_checkpoint", "forget_corpora", "forget_sounds",
    "forming_space", "is_long", "known_map", "live_model",
    "neighbours_changed", "part_reading", "pitch", "played", "predictions", "rating_results", "reader", "reading",
    "recipe", "records", "results", "rotation", "signal", "similarity", "snapshot", "space", "space_metrics",
    "spectrogram", "speech", "strangers_heard", "text_models", "text_reader", "unreadable", "upload_problem", "version",
    "voice_vector", "voices", "voices_for", "warm_up", "wav",
]  # fmt: skip
