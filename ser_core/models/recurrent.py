"""RNN-x, LSTM-x and GRU-x: recurrent layers on top of each other, then pooling over time."""

import itertools
from collections.abc import Callable
from functools import partial

from torch import Tensor, nn
from torch.nn import functional

from ser_core.models.cells import GRU, LSTM, RNN, full_precision
from ser_core.models.convolution import strided
from ser_core.models.layout import STEPS, Part, dropout_text, part_of
from ser_core.models.masking import time_mask
from ser_core.models.pooling import build_pooling
from ser_core.models.sizes import check_layers, check_widths


class RecurrentEncoder(nn.Module):
    """Recurrent layers forward in time, each followed by layer normalisation, then pooling over time.

    A stack of *x* has *x* − 1 recurrent layers here; the model's embedding layer is the last one. Without layer
    normalisation fifteen layers do not learn. Layers run forward only: pooling over all steps sees the whole utterance,
    and padding, which follows the end, cannot reach a true step.

    References:
        Kumar et al. (2020), ICPR, table 1: RNN-8, LSTM-7 and GRU-8 are the best of 6 … 15 layers. Widths, steps,
        normalisation and pooling are our choice.
        Ba et al. (2016), Layer Normalization.
        Sak et al. (2015), Fast and Accurate Recurrent Neural Network Acoustic Models for Speech Recognition: several
        frames per step.
        Saxe et al. (2014), Exact Solutions to the Nonlinear Dynamics of Learning in Deep Linear Neural Networks:
        orthogonal matrices from one step to the next neither explode nor vanish at the start.
    """

    def __init__(
        self,
        cell: Callable[..., nn.RNNBase],
        features: int,
        *,
        layers: int,
        units: int,
        frames_per_step: int = 2,
        pooling: str = "attention",
        dropout: float = 0.1,
    ) -> None:
        """Build the encoder.

        Args:
            cell: PyTorch's recurrent layer.
            layers: *x*, the embedding layer included.
            frames_per_step: frames that the first layer takes side by side in one step.
            dropout: between recurrent layers while training.

        Raises:
            ConfigError: if a number is out of range or the pooling is unknown.
        """
        super().__init__()
        count = check_layers(layers, fewest=2)
        check_widths("units", [units])
        check_widths("frames_per_step", [frames_per_step])
        self.frames_per_step = frames_per_step
        widths = [features * frames_per_step] + [units] * count
        self.layers = nn.ModuleList(cell(a, b, batch_first=True) for a, b in itertools.pairwise(widths))
        self.norms = nn.ModuleList(nn.LayerNorm(units) for _ in range(count))
        self.dropout = nn.Dropout(dropout)
        self.pooling = build_pooling(pooling, units)
        self.size: int = self.pooling.size  # type: ignore[assignment]
        for name, parameter in self.layers.named_parameters():
            if "weight_hh" in name:
                for gate in parameter.split(units):
                    nn.init.orthogonal_(gate)

    def forward(self, frames: Tensor, lengths: Tensor) -> Tensor:
        """Encode frames ``(B, T, F)`` of true lengths ``(B,)`` as vectors ``(B, size)``."""
        states, lengths = _stacked(frames, lengths, self.frames_per_step)
        with full_precision(frames):
            for number, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
                states, _ = layer(self.dropout(states) if number else states)
                states = norm(states)  # (B, T/n, units)
            pooled: Tensor = self.pooling(states, time_mask(lengths, states.shape[1]))
        return pooled

    def layout(self) -> list[Part]:
        """Describe the blocks, in the order in which they work."""
        recurrent = []
        for number, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            before = dropout_text(self.dropout) if number else [f"{self.frames_per_step} frames per step"]
            detail = ", ".join([*before, "forward in time", f"{layer.hidden_size} units", "layer norm"])
            title = f"{type(layer).__name__} layer"
            recurrent.append(Part("recurrent", title, detail, STEPS, output=norm, modules=(layer, norm)))
        return [*recurrent, part_of(self.pooling)]


def _stacked(frames: Tensor, lengths: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Put every ``count`` frames side by side, zeros where the last ones are missing: ``(B, T/count, count · F)``."""
    batch, longest, features = frames.shape
    frames = frames * time_mask(lengths, longest)[:, :, None]
    frames = functional.pad(frames, (0, 0, 0, -longest % count))
    return frames.reshape(batch, -1, count * features), strided(lengths, count)


# The best depths in Kumar's table; the widths give each of the three about 50 000 weights per layer.
rnn_encoder = partial(RecurrentEncoder, RNN, layers=8, units=160)
lstm_encoder = partial(RecurrentEncoder, LSTM, layers=7, units=80)
gru_encoder = partial(RecurrentEncoder, GRU, layers=8, units=96)
