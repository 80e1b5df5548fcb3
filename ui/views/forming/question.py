"""What to do in the lesson, and its short text."""

from typing import TYPE_CHECKING

from ui.components import glossary
from ui.components.percent import percent

if TYPE_CHECKING:
    from ser_core.embeddings.forming import FormingSpace


def draw_question(formed: "FormingSpace") -> None:
    """Draw them; how many are right before training is the picture's own figure."""
    first = formed.epochs[0].unheard or formed.epochs[0].heard
    glossary.draw(
        "1. Watch the left, then the middle. Which emotions part on both sides, and which only on the left?\n"
        "2. Choose **softmax again** and play it. The first twelve [[epochs|epoch]] are the same. Does the end differ "
        "from that with **[[triplets|triplet]]**? On the left, or in the middle?\n"
        "3. Say what you would need to see before you believe that triplets help with a new voice. Then read on.\n\n"
        "Left, six artificial voices that the [[network]] learns from; in the middle, two that it never hears. Each "
        "point is an [[utterance]]; an arrow is the [[direction]] of an emotion, by the voices it learns from. Before "
        "training all emotions point almost the same way: every [[angle]] is a few degrees. [[Softmax]] turns them "
        "away from each other.\n\n"
        f"**Why are {percent(first.accuracy, digits=0)} right before training?** The network has learned nothing, but "
        "the arrows have: they are the mean of labelled clips, before training as after. Random weights pass on much "
        "of how a clip sounds, its [[spectrum]] above all, so a small angle is enough to tell some emotions apart."
    )
