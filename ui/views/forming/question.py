"""What to do in the lesson, and its short text."""

from typing import TYPE_CHECKING

from ui.components import glossary
from ui.components.percent import percent

HEARD, UNHEARD = "Voices it learns from", "Voices it never hears"  # what the two pictures are called

if TYPE_CHECKING:
    from ser_core.embeddings.forming import FormingSpace


def draw_question(formed: "FormingSpace") -> None:
    """Draw them; how many are right before training is the picture's own figure."""
    first = formed.epochs[0].unheard or formed.epochs[0].heard
    glossary.draw(
        f"1. Watch *{HEARD}*, then *{UNHEARD}*. Which emotions part in both pictures, and which only in the first?\n"
        "2. Choose **softmax again** and play it. The first twelve [[epochs|epoch]] are the same. Does the end differ "
        "from that with **[[triplets|triplet]]**? For the voices that it learns from, or for the others?\n"
        "3. Say what you would need to see before you believe that triplets help with a new voice. Then read on.\n\n"
        "The [[network]] learns from six artificial voices; two it never hears. Each point is an [[utterance]]; an "
        "arrow is the [[direction]] of an emotion, by the voices it learns from. Before training all emotions point "
        "almost the same way: every [[angle]] is a few degrees. [[Softmax]] turns them away from each other.\n\n"
        f"**Why are {percent(first.accuracy, digits=0)} right before training?** The network has learned nothing, but "
        "the arrows have: they are the mean of labelled clips, before training as after. Random weights pass on much "
        "of how a clip sounds, its [[spectrum]] above all, so a small angle is enough to tell some emotions apart."
    )
