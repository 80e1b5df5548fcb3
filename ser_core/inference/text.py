"""Ratings of sentences in writing, and what each word moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from ser_core.checkpoints.listing import find
from ser_core.checkpoints.store import Checkpoint, load_checkpoint
from ser_core.errors import InputError
from ser_core.inputs.words import WordVectors
from ser_core.models.running import run_model
from ser_core.tasks import RATINGS
from ser_core.types import FloatArray

MOST_WORDS = 200
LEAST_STRANGE = 0.5  # of a text's words: with so many unknown it is taken for another language
_NAMED = 8  # unknown words in a message


@dataclass(frozen=True)
class WordShare:
    """A word of a text as it was read, and what it moved: rating → that with the word less that without it."""

    word: str
    moved: Mapping[str, float]


@dataclass(frozen=True)
class TextPrediction:
    """A model's ratings of one text, name → value, on the scale of its training corpus.

    Attributes:
        words: those that the model knows, in their order; a contraction may be two.
        unknown: words that it does not know, which have no part in the ratings.
        notes: for readers of these ratings.
    """

    text: str
    ratings: Mapping[str, float]
    words: tuple[WordShare, ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]


class TextReader:
    """A checkpoint that takes words alone, ready to rate sentences."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        """Rate with ``checkpoint``.

        Raises:
            InputError: if it takes anything but words, or predicts something else than ratings first.
        """
        card = checkpoint.card
        name, item = next(iter(checkpoint.inputs.items()))
        if len(checkpoint.inputs) != 1 or not isinstance(item, WordVectors) or card.tasks[0] != RATINGS:
            raise InputError(
                f"Expected a model that rates words alone, as the model called words does; {card.name} takes "
                f"{', '.join(card.inputs)}. Choose that one for a text, or give this one recordings."
            )
        self.checkpoint = checkpoint
        self._input, self._words = name, item
        self._task = card.definitions[0]

    @classmethod
    def load(cls, checkpoint: str | Path) -> "TextReader":
        """Load a checkpoint by name or folder.

        Raises:
            CheckpointError: if the checkpoint is missing, damaged or of another version.
            InputError: as of the constructor.
        """
        return cls(load_checkpoint(find(checkpoint)))

    def read(self, text: str) -> TextPrediction:
        """Rate one text of a sentence or two.

        Raises:
            InputError: if it holds no word, too many, or mostly words that the model does not know.
        """
        (values,), (known,), (unknown,) = self._words.of_texts([text])
        self._require_readable(known, unknown)
        kept = torch.ones(len(known) + 1, len(known), dtype=torch.bool)
        kept[1:].fill_diagonal_(False)  # first all words, then all but one
        rows = self._task.predictions(self._outputs([values[chosen] for chosen in kept]))
        ratings, *without = rows
        shares = tuple(
            WordShare(word, {name: ratings[name] - left[name] for name in ratings})
            for word, left in zip(known, without, strict=True)
        )
        notes = (f"Not known, and left out: {_named(unknown)}.",) if unknown else ()
        return TextPrediction(text, ratings, shares, tuple(unknown), notes)

    def _outputs(self, texts: Sequence[torch.Tensor]) -> FloatArray:
        return run_model(self.checkpoint.model, {self._input: texts}).heads[self._task.name]

    def _require_readable(self, known: Sequence[str], unknown: Sequence[str]) -> None:
        strange, familiar = ([word for word in words if _tells_language(word)] for words in (unknown, known))
        count = len(strange) + len(familiar)
        if not any(word.isalnum() for word in (*known, *unknown)):
            raise InputError("Expected a sentence; got no words. Write one in English.")
        if len(known) + len(unknown) > MOST_WORDS:
            raise InputError(
                f"Expected a sentence or two, of at most {MOST_WORDS} words; got {len(known) + len(unknown)}. Give "
                "sentences one by one."
            )
        if not familiar or len(strange) >= LEAST_STRANGE * count:
            raise InputError(
                f"Expected an English sentence; {_named(strange or unknown)} {'is' if len(strange) == 1 else 'are'} "
                f"not known, {len(strange)} of its {count} words. The model learned from English alone: write it in "
                "English, or in more common words."
            )


def _tells_language(word: str) -> bool:
    """Leave out marks, numbers and single letters: files of vectors lack many, whatever the language."""
    return len(word) > 1 and not word.isdigit()


def _named(words: Sequence[str]) -> str:
    different = list(dict.fromkeys(words))
    return ", ".join(different[:_NAMED]) + (" and others" if len(different) > _NAMED else "")
