"""The two methods in a visitor's words."""

from collections.abc import Mapping

from ser_core.voices import NEUTRAL

TITLES: Mapping[str, str] = {NEUTRAL: "Shift by your neutral voice", "few-shot": "Pull the directions to your clips"}
TOLD: Mapping[str, str] = {
    NEUTRAL: "How far your neutral clips lie from the model's neutral speech is taken from everything that you say. "
    "One sentence spoken without emotion is enough, three tell more; clips of other emotions only show the effect.",
    "few-shot": "Each emotion's direction moves towards your clips of it; emotions without a clip move by the mean of "
    "those moves. Give clips of several emotions.",
}
