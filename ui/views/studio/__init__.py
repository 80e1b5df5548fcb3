"""Recording studio: plan, speaker and consent, prompts and takes, what was recorded and what is done with it."""

from collections.abc import Callable, Mapping

from ser_core.recordings import Collection, CollectionContents
from ui.views.studio.corpus import choose_corpus, opened
from ui.views.studio.plan import draw_plan
from ui.views.studio.record import draw_record
from ui.views.studio.recordings import draw_recordings
from ui.views.studio.speaker import draw_speaker
from ui.views.studio.steps import PLAN, RECORD, RECORDINGS, SPEAKER, choose_step

STEPS: Mapping[str, Callable[[Collection, CollectionContents], None]] = {
    PLAN: draw_plan,
    SPEAKER: draw_speaker,
    RECORD: draw_record,
    RECORDINGS: draw_recordings,
}

__all__ = ["choose_corpus", "opened", "choose_step", "STEPS"]
