"""Several inputs of an utterance, each through its own encoder: their vectors one behind the other."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from ser_core.models.batch import Padded
from ser_core.models.layout import VECTOR, Part, parts_of


class Fusion(nn.Module):
    """Encoders side by side, their vectors concatenated to ``size``; a missing input has a learned vector."""

    def __init__(self, encoders: Mapping[str, nn.Module]) -> None:
        """Join encoders, by the names of their inputs; each has a ``size``."""
        super().__init__()
        self.encoders = nn.ModuleDict(encoders)
        sizes: dict[str, int] = {name: encoder.size for name, encoder in encoders.items()}  # type: ignore[misc]
        self.missing = nn.ParameterDict({name: torch.zeros(size) for name, size in sizes.items()})
        self.size = sum(sizes.values())

    def forward(self, inputs: Mapping[str, Padded]) -> Tensor:
        """Encode inputs by name as vectors ``(B, size)``; a length of zero marks an input that an utterance lacks."""
        return torch.cat([self._encoded(name, *inputs[name]) for name in self.encoders], dim=1)

    def _encoded(self, name: str, values: Tensor, lengths: Tensor) -> Tensor:
        present = lengths > 0
        if present.is_meta or bool(present.all()):
            vectors: Tensor = self.encoders[name](values, lengths)
            return vectors.float()
        missing: Tensor = self.missing[name]
        rows = missing.expand(len(lengths), -1).clone()
        if bool(present.any()):
            rows[present] = self.encoders[name](values[present], lengths[present]).float()
        return rows

    def layout(self) -> list[Part]:
        """Describe the blocks: those of each encoder, one encoder after another, and how they are joined."""
        parts = [part for encoder in self.encoders.values() for part in parts_of(encoder)]
        detail = (
            f"the vectors of {', '.join(self.encoders)} one behind the other; a learned one where an input is missing"
        )
        return [*parts, Part("fusion", "concatenation", detail, VECTOR, output=self, modules=(self.missing,))]
