"""The encoder of Dai et al. (2019): convolutions, then the last states of a bidirectional GRU."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from ser_core.models.cells import GRU, full_precision
from ser_core.models.convolution import ConvolutionLayer, as_frames, as_maps, stride_to_bands, strided
from ser_core.models.layout import STEPS, VECTOR, Part, part_of
from ser_core.models.sizes import check_widths


class DaiEncoder(nn.Module):
    """Convolutions, the first with a large kernel, then a bidirectional GRU whose two last states are the result.

    The fully connected layer to 64 with PReLU is the model's embedding. Made for 128 mel bands or 513 bins every 10 ms.
    The number of convolutions, their kernels, strides and channels stand in a figure that no public copy of the paper
    shows; ours leave a quarter of the frames and an eighth of about ``bands`` frequencies.

    References:
        Dai et al. (2019), Learning Discriminative Features from Spectrograms Using Center Loss for Speech Emotion
        Recognition, ICASSP, arXiv 2501.01103: large kernel first, small ones after it, 128 units per direction.
        Cho et al. (2014), Learning Phrase Representations using RNN Encoder–Decoder.
    """

    def __init__(
        self,
        features: int,
        *,
        channels: Sequence[int] = (16, 32, 48, 64),
        bands: int = 64,
        time_halvings: int = 2,
        units: int = 128,
    ) -> None:
        """Build the encoder.

        Args:
            channels: width of each convolution. The first has a kernel of 7 frames and at least 7 frequencies, the
                others of 3 × 3; all but the first halve the frequencies.
            bands: frequencies that the first convolution leaves, about.
            time_halvings: how many of the first convolutions halve time.
            units: of the GRU, per direction.

        Raises:
            ConfigError: if a number is out of range.
        """
        super().__init__()
        check_widths("channels", channels)
        check_widths("time_halvings", [time_halvings], fewest=0)
        check_widths("bands", [bands])
        check_widths("units", [units])
        self.convolutions = nn.ModuleList()
        step = stride_to_bands(features, bands)
        width, remaining = 1, features
        for number, outputs in enumerate(channels):
            kernel, steps = ((3, 3), 2) if number else ((7, max(7, 2 * step + 1)), step)
            stride = (2 if number < time_halvings else 1, steps)
            self.convolutions.append(ConvolutionLayer(width, outputs, kernel=kernel, stride=stride))
            width, remaining = outputs, strided(remaining, steps)
        self.forwards = GRU(width * remaining, units, batch_first=True)
        self.backwards = GRU(width * remaining, units, batch_first=True)
        self.size = 2 * units

    def forward(self, frames: Tensor, lengths: Tensor) -> Tensor:
        """Encode frames ``(B, T, F)`` of true lengths ``(B,)`` as vectors ``(B, 2 · units)``.

        These are the forward state after the last true frame, then the backward state after the first.
        """
        layers = self.convolutions
        maps, packing = as_maps(frames, lengths, layers)
        for layer in layers:
            maps, packing = layer(maps, packing)
        steps = as_frames(maps, packing)  # (B, T', C · F')
        with full_precision(frames):
            steps = steps.to(frames.dtype)
            lengths = torch.tensor(packing.lengths, device=frames.device)
            return torch.cat(
                [
                    _last_state(self.forwards, steps, lengths),
                    _last_state(self.backwards, _reversed(steps, lengths), lengths),
                ],
                dim=1,
            )

    def layout(self) -> list[Part]:
        """Describe the blocks, in the order in which they work."""
        ways = (self.forwards, self.backwards)
        detail = f"forwards and backwards in time, {self.forwards.hidden_size} units each"
        last = "the state after the last step forwards, and after the first backwards, side by side"
        return [
            *(part_of(layer) for layer in self.convolutions),
            Part("recurrent", "bidirectional GRU", detail, STEPS, output=self.backwards, modules=ways),
            Part("pooling", "last states", last, VECTOR, output=self, modules=()),
        ]


def _reversed(steps: Tensor, lengths: Tensor) -> Tensor:
    """Turn the true steps of every utterance of ``(B, T, F)`` round, so that padding stays behind the end."""
    source = lengths[:, None] - 1 - torch.arange(steps.shape[1], device=steps.device)  # (B, T)
    return steps.gather(1, source.clamp_min(0)[:, :, None].expand_as(steps))


def _last_state(recurrent: nn.GRU, steps: Tensor, lengths: Tensor) -> Tensor:
    """Return the state after the last true step, ``(B, units)``; padding comes later and cannot reach it."""
    states, _ = recurrent(steps)  # (B, T, units)
    last: Tensor = states[torch.arange(len(lengths), device=states.device), lengths - 1]
    return last
