"""The words of an utterance, as vectors that somebody learned from much text."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from ser_core.config import check_range
from ser_core.corpora.manifest import Manifest
from ser_core.errors import InputError
from ser_core.inputs.base import Input, InputValues
from ser_core.inputs.spelling import MARKS, spellings, tokens_of
from ser_core.inputs.vocabulary import Vocabulary
from ser_core.inputs.word_files import read_vectors
from ser_core.models.layout import Block
from ser_core.types import FloatArray, Seconds

_WORDS_PER_SECOND = 3.0


class TextValues(NamedTuple):
    """Texts as vectors.

    ``values`` are float32 ``(T, F)`` per text, ``(0, F)`` without any known word; ``known`` are the words that the rows
    stand for, ``unknown`` those that were left out, with repetitions.
    """

    values: list[Tensor]
    known: list[list[str]]
    unknown: list[list[str]]


@dataclass(frozen=True)
class WordVectors(Input):
    """One vector per word of the column ``text``; words without a vector are left out, and counted.

    An utterance without text, or without any known word, lacks this input: it has no step, not a vector of zeros.

    A finished model keeps, as float16, the vectors of all words of its corpus, and of the most frequent ones of the
    file up to ``kept``, so that it needs the file no longer. What is trained sees the same rounded values.

    Attributes:
        vectors: file of word vectors, see :func:`ser_core.inputs.word_files.read_vectors`.
        size: values per word.
        marks: whether ``!`` and ``?`` are words, too.
        kept: words that a finished model keeps; all of its corpus, if these are more.

    References:
        Pennington et al. (2014), GloVe: Global Vectors for Word Representation.
    """

    vectors: str
    size: int
    marks: bool = False
    kept: int = 20_000

    def __post_init__(self) -> None:
        """Check the size."""
        check_range("the size of word vectors", self.size, 1, 10_000)
        check_range("the words that a model keeps", self.kept, 0, 10_000_000)

    @property
    def feature_count(self) -> int:
        """Values per word."""
        return self.size

    @property
    def steps_per_second(self) -> float:
        """Words per second, about."""
        return _WORDS_PER_SECOND

    @property
    def place(self) -> str:
        """Where the vectors are, for messages."""
        return self.vectors

    def of_manifest(
        self, manifest: Manifest, *, cache: Path | None, progress: Callable[[int, int], None] | None
    ) -> InputValues:
        """See :class:`Input`; nothing is kept in the cache.

        Raises:
            InputError: if the file cannot be read, or its vectors have another size.
        """
        found = self.of_texts([item.text or "" for item in manifest.utterances])
        unknown = Counter(word for words in found.unknown for word in words)
        notes = []
        if unknown:
            total = unknown.total() + sum(map(len, found.known))
            common = ", ".join(word for word, _ in unknown.most_common())[:100]
            notes.append(
                f"{unknown.total()} of {total} words have no vector in {self.place} and are left out: {len(unknown)} "
                f"different ones, among them {common}."
            )
        missing = sum(not len(item) for item in found.values)
        if missing:
            notes.append(f"{missing} of {len(found.values)} utterances have no words: this input is missing there.")
        return InputValues(found.values, tuple(notes))

    def of_texts(self, texts: Sequence[str]) -> TextValues:
        """Look up the words of texts; raises InputError as :meth:`of_manifest`."""
        tokens = [tokens_of(text, marks=self.marks) for text in texts]
        vocabulary = self._vocabulary({word for words in tokens for token in words for word in spellings(token)})
        values, known, unknown = [], [], []
        for words in tokens:
            there = [[word for word in _known_spelling(token, vocabulary) if word in vocabulary] for token in words]
            known.append([word for found in there for word in found])
            missing = [token for token, found in zip(words, there, strict=True) if not found]
            unknown.append([token for token in missing if token not in MARKS])
            values.append(self._stacked([vocabulary[word] for word in known[-1]]))
        return TextValues(values, known, unknown)

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

    def kept_of(self, manifest: Manifest) -> Mapping[str, Tensor]:
        """See :class:`Input`: the words of a corpus, and the most frequent ones beside them."""
        tokens = {token for item in manifest.utterances for token in tokens_of(item.text or "", marks=self.marks)}
        wanted = {word for token in tokens for word in spellings(token)}
        return read_vectors(
            self.vectors, size=self.size, wanted=wanted, most=self.kept, usable=lambda word: tokens_of(word) == [word]
        ).tensors()

    def with_kept(self, kept: Mapping[str, Tensor]) -> "KeptWordVectors":
        """See :class:`Input`."""
        settings = {one.name: getattr(self, one.name) for one in dataclasses.fields(WordVectors)}
        return KeptWordVectors(**settings, vocabulary=Vocabulary.from_tensors(kept, self.size))

    def _vocabulary(self, wanted: Collection[str]) -> Vocabulary:
        """Return the vectors of at least those of the wanted words that have one."""
        return read_vectors(self.vectors, size=self.size, wanted=wanted)

    def _stacked(self, vectors: Sequence[FloatArray]) -> Tensor:
        return torch.from_numpy(np.array(vectors, dtype=np.float32).reshape(-1, self.size))


@dataclass(frozen=True)
class KeptWordVectors(WordVectors):
    """The same from the words that a finished model keeps."""

    vocabulary: Vocabulary = field(kw_only=True, repr=False)

    @property
    def place(self) -> str:
        """See :class:`WordVectors`."""
        return f"the {len(self.vocabulary)} words that the model keeps"

    def _vocabulary(self, wanted: Collection[str]) -> Vocabulary:
        return self.vocabulary


def _known_spelling(token: str, vocabulary: Vocabulary) -> list[str]:
    """Return a token as it is where it has a vector; otherwise its parts."""
    whole, *parts = spellings(token)
    return [whole] if whole in vocabulary else parts
