"""Sentences to be spoken when nobody brings their own: everyday words that fit every emotion and name none."""

from collections.abc import Mapping
from types import MappingProxyType

SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "English": (
            "The letter is on the kitchen table.",
            "She comes home from work at seven.",
            "We left the car behind the station.",
            "There is another chair in the next room.",
            "He put the blue cup on the top shelf.",
            "I will call you again tomorrow evening.",
        ),
        "German": (
            "Der Brief liegt auf dem Küchentisch.",
            "Sie kommt um sieben von der Arbeit nach Hause.",
            "Wir haben das Auto hinter dem Bahnhof gelassen.",
            "Im Zimmer nebenan steht noch ein Stuhl.",
            "Er hat die blaue Tasse oben ins Regal gestellt.",
            "Ich rufe dich morgen Abend noch einmal an.",
        ),
    }
)
