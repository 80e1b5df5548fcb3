"""Utterances of different length end to end, so that no arithmetic is spent on padding."""

import functools
import itertools
import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from ser_core.models.cells import full_precision

_BLOCK = 128  # steps


@dataclass(frozen=True)
class BatchPacking:
    """Where each utterance of a batch lies in packed maps ``(1, C, N, F)``, ``N`` steps of all utterances end to end.

    Normalisation, activations and sums work on packed maps as they are: every position is a true one. A convolution
    needs zeros between the utterances, so :meth:`spread` lays them out with gaps, and :meth:`taken` closes the gaps
    again. Both copy rows of memory; utterances of equal length need neither, since they are a batch ``(B, C, T, F)``
    already.

    Attributes:
        lengths: steps of each utterance, ``B`` of them.
        equal: whether all utterances had the same length before the first convolution.
        starts: where each begins in the layout with gaps.
        size: steps of the layout with gaps.
    """

    lengths: tuple[int, ...]
    equal: bool
    starts: tuple[int, ...]
    size: int
    device: torch.device

    @classmethod
    def of(
        cls, lengths: Tensor, longest: int, layers: Iterable[tuple[int, int]], device: torch.device
    ) -> "BatchPacking":
        """Plan the layout of a batch whose utterances have these lengths, ``(B,)``; padded to ``longest``.

        On the meta device, which has no values, all have ``longest`` steps. ``layers`` are kernel (odd) and stride over
        time of the convolutions, in order.
        """
        steps = [longest] * lengths.shape[0] if lengths.is_meta else lengths.tolist()
        stride = margin = 1
        for kernel, step in layers:
            margin = max(margin, kernel // 2 * stride)
            stride *= step
        # Every utterance begins at a multiple of all strides together, and a gap is as wide as the widest kernel sees.
        spans = [(-(-length // stride) - (-margin // stride)) * stride for length in steps]
        *starts, size = itertools.accumulate(spans, initial=0)
        # Sizes that come again and again: oneDNN compiles a convolution again for every size it has not seen.
        block = -(-_BLOCK // stride) * stride
        size = -(-size // block) * block
        return cls(tuple(steps), len(set(steps)) == 1, tuple(starts), size, device)

    def strided(self, stride: int) -> "BatchPacking":
        """Return the packing after a convolution with this stride over time."""
        if stride == 1:
            return self
        lengths = tuple((length + stride - 1) // stride for length in self.lengths)
        starts = tuple(start // stride for start in self.starts)
        return BatchPacking(lengths, self.equal, starts, self.size // stride, self.device)

    @functools.cached_property
    def _spaced(self) -> "_Places":
        return _Places.of(self.lengths, self.starts, self.size, self.device)

    @functools.cached_property
    def owners(self) -> Tensor:
        """To which utterance every packed step belongs, shape ``(N,)``."""
        return torch.repeat_interleave(torch.arange(len(self.lengths)), torch.tensor(self.lengths)).to(self.device)

    @functools.cached_property
    def _shares(self) -> Tensor:
        """Of every packed step in the mean of each utterance, shape ``(B, N)``."""
        utterances = torch.arange(len(self.lengths), device=self.device)
        counts = torch.tensor(self.lengths, device=self.device)
        return (self.owners[None, :] == utterances[:, None]).double() / counts[:, None]

    def packed(self, frames: Tensor) -> Tensor:
        """Pack padded frames ``(B, T, F)`` as one map ``(1, 1, N, F)``."""
        batch, longest, features = frames.shape
        rows = frames.reshape(batch * longest, features)
        if not self.equal or self.lengths[0] != longest:
            rows = rows.index_select(0, self._padded(longest).places)
        return rows[None, None]

    def padded(self, steps: Tensor) -> Tensor:
        """Put zeros behind shorter utterances: packed steps ``(N, F)`` as ``(B, T, F)``."""
        longest = max(self.lengths)
        if not self.equal:
            steps = _spread(steps, self._padded(longest))
        return steps.reshape(len(self.lengths), longest, steps.shape[1])

    def spread(self, maps: Tensor) -> Tensor:
        """Lay packed maps out for a convolution: ``(B, C, T, F)`` for equal lengths, else ``(1, C, size, F)``."""
        rows = _rows(maps)  # (N, F, C)
        if self.equal:
            return rows.reshape(len(self.lengths), self.lengths[0], *rows.shape[1:]).permute(0, 3, 1, 2)
        return _maps(_spread(rows, self._spaced))

    def taken(self, maps: Tensor) -> Tensor:
        """Pack the result ``(B, C, T, F)`` or ``(1, C, size, F)`` of a convolution of maps that were spread."""
        if self.equal:
            return _maps(maps.permute(0, 2, 3, 1).flatten(0, 1))
        return _maps(_take(_rows(maps), self._spaced))

    def means(self, maps: Tensor) -> Tensor:
        """Return the mean of every channel over each utterance of packed maps, ``(B, C)``, in full precision."""
        steps = _rows(maps).to(torch.promote_types(maps.dtype, torch.float32)).mean(dim=1)  # (N, C)
        if self.equal:
            return steps.reshape(len(self.lengths), self.lengths[0], -1).mean(dim=1)
        with full_precision(maps):
            return self._shares.to(steps.dtype) @ steps

    def each(self, values: Tensor) -> Tensor:
        """Give every step the values ``(B, C)`` of its utterance: ``(1, C, N, 1)``."""
        equal = self.equal  # and known without looking at values, which the meta device has not
        rows = values.repeat_interleave(self.lengths[0], dim=0) if equal else values.index_select(0, self.owners)
        return _maps(rows.unsqueeze(1))

    def _padded(self, longest: int) -> "_Places":
        starts = range(0, len(self.lengths) * longest, longest)
        return _Places.of(self.lengths, starts, len(self.lengths) * longest, self.device)


@dataclass(frozen=True)
class _Places:
    """Where packed rows lie in a layout with gaps, and which rows of that layout are gaps."""

    places: Tensor  # of every packed row, (N,)
    sources: Tensor  # packed row of every place, any in gaps, (size,)
    gaps: Tensor

    @classmethod
    def of(cls, lengths: Sequence[int], starts: Sequence[int], size: int, device: torch.device) -> "_Places":
        counts = torch.tensor(lengths)
        moved = torch.tensor(starts) - (counts.cumsum(0) - counts)  # how far each utterance moves
        places = torch.arange(int(counts.sum())) + moved.repeat_interleave(counts)
        sources = torch.full((size,), -1)
        sources[places] = torch.arange(len(places))
        return cls(places.to(device), sources.clamp_min(0).to(device), (sources < 0).nonzero()[:, 0].to(device))

    def spread(self, rows: Tensor) -> Tensor:
        # Several times faster than zeros into which rows are copied.
        return rows.index_select(0, self.sources).index_fill_(0, self.gaps, 0)


def _rows(maps: Tensor) -> Tensor:
    """Look at maps ``(1, C, N, F)`` step by step, ``(N, F, C)``: the order in which they lie in memory."""
    return maps.permute(0, 2, 3, 1).squeeze(0)  # the gradient of maps[0] would be copied into another order


def _maps(rows: Tensor) -> Tensor:
    """Look at ``(N, F, C)`` as maps ``(1, C, N, F)``."""
    return rows.unsqueeze(0).permute(0, 3, 1, 2)  # with these strides torch sees channels-last memory


class _Spread(torch.autograd.Function):
    """Copy rows to their places, zeros between. Autograd's gradient of indexing adds, which is many times slower."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor, places: _Places) -> Tensor:
        ctx.places = places
        return places.spread(rows)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        return gradients[0].index_select(0, ctx.places.places), None


class _Take(torch.autograd.Function):
    """Copy the rows at their places; the reverse of :class:`_Spread`."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor, places: _Places) -> Tensor:
        ctx.places = places
        return rows.index_select(0, places.places)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        return ctx.places.spread(gradients[0]), None


def _spread(rows: Tensor, places: _Places) -> Tensor:
    return typing.cast(Tensor, _Spread.apply(rows, places))  # type: ignore[no-untyped-call]


def _take(rows: Tensor, places: _Places) -> Tensor:
    return typing.cast(Tensor, _Take.apply(rows, places))  # type: ignore[no-untyped-call]
