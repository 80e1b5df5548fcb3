"""The words of an utterance, as vectors that somebody learned from much text."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ser_core.config import check_range
from ser_core.corpora.manifest import Manifest
from ser_core.errors import InputError
from ser_core.inputs.base import Input, InputValues
from ser_core.models.layout import Block
from ser_core.paths import expanded
from ser_core.types import FloatArray, Seconds

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WORDS_PER_SECOND = 3.0


@dataclass(frozen=True)
class WordVectors(Input):
    """One vector per word of the column ``text``; words without a vector are left out, and counted.

    An utterance without text, or without any known word, lacks this input: it has no step, not a vector of zeros.

    ``vectors`` is a text file with a word and its ``size`` values, separated by spaces, in each line, as GloVe has it.
    None ships: the file is the user's, also where the finished model is used.

    References:
        Pennington et al. (2014), GloVe: Global Vectors for Word Representation.
    """

    vectors: str
    size: int

    def __post_init__(self) -> None:
        """Check the size."""
        check_range("the size of word vectors", self.size, 1, 10_000)

    @property
    def feature_count(self) -> int:
        """Values per word."""
        return self.size

    @property
    def steps_per_second(self) -> float:
        """Words per second, about."""
        return _WORDS_PER_SECOND

    def of_manifest(
        self, manifest: Manifest, *, cache: Path | None, progress: Callable[[int, int], None] | None
    ) -> InputValues:
        """See :class:`Input`; nothing is kept in the cache.

        Raises:
            InputError: if the file cannot be read, or its vectors have another size.
        """
        texts = [words_of(item.text or "") for item in manifest.utterances]
        counts = Counter(word for words in texts for word in words)
        known = self._read(counts)
        values = [self._stacked([known[word] for word in words if word in known]) for words in texts]
        unknown = [word for word in counts if word not in known]
        notes = []
        if unknown:
            common = ", ".join(word for word, _ in counts.most_common() if word not in known)[:100]
            notes.append(
                f"{sum(counts[word] for word in unknown)} of {counts.total()} words have no vector in {self.vectors} "
                f"and are left out: {len(unknown)} different ones, among them {common}."
            )
        missing = sum(not len(item) for item in values)
        if missing:
            notes.append(f"{missing} of {len(values)} utterances have no words: this input is missing there.")
        return InputValues(values, tuple(notes))

    def of_signals(self, signals: Sequence[FloatArray]) -> list[Tensor]:
        """Raise InputError: sound alone has no words."""
        raise InputError(
            "Expected a model of sound alone; this one also takes the words of an utterance, which a "
            "recording does not bring. Use it on a corpus with a column text, or choose another model."
        )

    def shape(self, seconds: Seconds) -> tuple[int, int]:
        """See :class:`Input`."""
        return max(1, round(seconds * _WORDS_PER_SECOND)), self.size

    def block(self, sizes: tuple[int, int]) -> Block:
        """See :class:`Input`."""
        detail = f"a vector per word of the text, from {Path(self.vectors).name}; then every value standardised"
        return Block("front end", "word vectors", detail, ("words", "values"), sizes)

    def _read(self, wanted: Counter[str]) -> dict[str, FloatArray]:
        """Read the vectors of the wanted words."""
        path, found = expanded(self.vectors), {}
        try:
            with path.open(encoding="utf-8") as file:
                for line in file:
                    word, _, rest = line.rstrip().partition(" ")
                    if word in wanted:
                        found[word] = np.array(rest.split(), dtype=np.float32)
        except (OSError, ValueError) as error:
            raise InputError(
                f"Expected a text file of word vectors at {path}; got: {error}. Correct the input's option vectors."
            ) from error
        for word, vector in found.items():
            if vector.shape != (self.size,) or not np.isfinite(vector).all():
                raise InputError(
                    f"Expected {self.size} finite values for every word in {path}; got {len(vector)} for {word!r}. "
                    "Correct the option size of the input, or choose the file that the model was trained with."
                )
        return found

    def _stacked(self, vectors: Sequence[FloatArray]) -> Tensor:
        return torch.from_numpy(np.array(vectors, dtype=np.float32).reshape(-1, self.size))


def words_of(text: str) -> list[str]:
    """Split a text into words in lower case, without punctuation.

    Examples:
        >>> words_of("Kids are talking by the door - aren't they?")
        ['kids', 'are', 'talking', 'by', 'the', 'door', "aren't", 'they']
    """
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]
