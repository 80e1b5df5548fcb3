"""Words with their vectors, as a model keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import torch
from torch import Tensor

from ser_core.errors import InputError
from ser_core.types import FloatArray

WORDS, VECTORS = "words", "vectors"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words, each once, and their vectors in float16, ``(W, F)``: half the bytes, and no difference that matters."""

    words: tuple[str, ...]
    vectors: FloatArray

    @classmethod
    def of(cls, found: Mapping[str, FloatArray], size: int) -> Self:
        """Put words and vectors ``(size,)`` together."""
        stacked = np.array(list(found.values()), dtype=np.float32).reshape(len(found), size)
        with np.errstate(over="ignore"):  # whoever reads a file refuses what is not finite
            return cls(tuple(found), stacked.astype(np.float16))

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, Tensor], size: int) -> Self:
        """Read what :meth:`tensors` made; raises InputError if it is none, or its vectors have another size."""
        if set(tensors) != {WORDS, VECTORS}:
            raise InputError(f"Expected words and their vectors; got {', '.join(tensors) or 'nothing'}.")
        vectors = tensors[VECTORS].numpy()
        words = tuple(tensors[WORDS].numpy().tobytes().decode(errors="replace").split("\n"))
        words = words if len(vectors) else ()
        if vectors.shape != (len(words), size) or len(set(words)) < len(words):
            raise InputError(f"Expected {len(words)} words, each once, with {size} values; got {vectors.shape}.")
        return cls(words, vectors)

    def tensors(self) -> dict[str, Tensor]:
        """Return the words, their UTF-8 joined by line breaks, and the vectors."""
        text = np.frombuffer("\n".join(self.words).encode(), dtype=np.uint8)
        return {WORDS: torch.from_numpy(text.copy()), VECTORS: torch.from_numpy(self.vectors)}

    def __len__(self) -> int:
        """Count the words."""
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        """Tell whether a word has a vector."""
        return word in self._rows

    def __getitem__(self, word: str) -> FloatArray:
        """Return a word's vector, float32 ``(F,)``; raises KeyError if it has none."""
        vector: FloatArray = self.vectors[self._rows[word]].astype(np.float32)
        return vector

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {word: row for row, word in enumerate(self.words)}
