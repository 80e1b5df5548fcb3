"""Recording a corpus of one's own: plan and prompts, takes and what is wrong with them, speakers, the collection."""

from ser_core.recordings.capturing import Capturing
from ser_core.recordings.collection import Collection, Contents, collections
from ser_core.recordings.plan import ORDERS, Emotion, Plan, Prompt, emotion_of, left, prompts, read_plan
from ser_core.recordings.speakers import CONSENT, Speaker
from ser_core.recordings.takes import Judgement, Take, judge, level_bar

__all__ = [
    "CONSENT", "ORDERS", "Capturing", "Collection", "Contents", "Emotion", "Judgement", "Plan", "Prompt", "Speaker",
    "Take", "collections", "emotion_of", "judge", "left", "level_bar", "prompts", "read_plan",
]  # fmt: skip
