"""A corpus of one's own: plan and prompts, takes and their quality, speakers and consent, the stored collection."""

from ser_core.recordings.collection import Collection, CollectionContents, collections
from ser_core.recordings.plan import (
    ORDERS,
    Emotion,
    Prompt,
    RecordingPlan,
    emotion_of,
    open_prompts,
    prompts,
    read_plan,
)
from ser_core.recordings.speakers import CONSENT, Speaker
from ser_core.recordings.take_recorder import TakeRecorder
from ser_core.recordings.takes import Take, TakeCheck, check_take, level_bar

__all__ = [
    "CONSENT", "ORDERS", "Collection", "CollectionContents", "Emotion", "RecordingPlan", "Prompt", "Speaker", "Take",
    "TakeCheck", "TakeRecorder", "check_take", "collections", "emotion_of", "level_bar", "open_prompts", "prompts",
    "read_plan",
]  # fmt: skip
