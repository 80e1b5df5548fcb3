"""How the layers of an encoder are counted, and which counts and widths are accepted.

The *x* of FC-x, CNN-x, RNN-x, LSTM-x, GRU-x and ResNet-x counts the layers with weights that a frame passes on its way
to the embedding: *x* − 1 in the encoder, and the embedding layer, which belongs to the model. As usual, normalisation,
the projection in a shortcut and the scores of attention pooling are not counted; nor is the softmax head, which lies
behind the embedding and is left out when only the embedding is used.
"""

from collections.abc import Sequence

from torch import nn

from ser_core.errors import ConfigError

_MOST_LAYERS = 50
_LARGEST_WIDTH = 65_536
_MOST_BLOCKS = 100
_MOST_VALUES_PER_SECOND = 50_000_000  # 200 MB; the largest recipe that ships stays below a tenth of it


def check_layers(layers: int, *, fewest: int) -> int:
    """Return how many of ``layers`` lie in the encoder: all but the embedding layer.

    Raises:
        ConfigError: if there are fewer than ``fewest``, or more than 50.
    """
    if not fewest <= layers <= _MOST_LAYERS:
        raise ConfigError(
            f"Expected {fewest} to {_MOST_LAYERS} layers, the embedding layer included; got {layers}. "
            "Correct encoder_options.layers."
        )
    return layers - 1


def check_widths(name: str, widths: Sequence[int], *, fewest: int = 1) -> None:
    """Raise ConfigError for no widths, more than 50, or a width that is not from ``fewest`` to 65 536."""
    if len(widths) > _MOST_LAYERS:
        raise ConfigError(
            f"Expected at most {_MOST_LAYERS} numbers for {name}; got {len(widths)}. Correct encoder_options.{name}."
        )
    if not widths or min(widths) < fewest or max(widths) > _LARGEST_WIDTH:
        raise ConfigError(
            f"Expected {name} from {fewest} to {_LARGEST_WIDTH}; got {', '.join(map(str, widths)) or 'none'}. "
            f"Correct encoder_options.{name}."
        )


def check_blocks(blocks: int, stages: int) -> None:
    """Raise ConfigError for no blocks, or more than 100 of them in all stages together."""
    if not 1 <= blocks <= _MOST_BLOCKS // stages:
        raise ConfigError(
            f"Expected 1 to {_MOST_BLOCKS // stages} blocks in each of {stages} stages; got {blocks}. "
            "Correct encoder_options.blocks."
        )


def check_activations(network: nn.Module, *, features: int, frames_per_second: float) -> None:
    """Refuse a network whose layers may compute too many values at once, whatever weights it has.

    A convolution with few weights can still give every frame thousands of maps. The bound assumes that no layer
    shortens time or frequency. The weights may be on the meta device.

    Raises:
        ConfigError: says how many values per second of speech there may be.
    """
    weights = [weight.shape for weight in network.parameters() if weight.dim() > 1]
    widest = max((shape[0] * (features if len(shape) == 4 else 1) for shape in weights), default=0)
    values = widest * frames_per_second
    if values > _MOST_VALUES_PER_SECOND:
        raise ConfigError(
            f"Expected layers that compute at most {_MOST_VALUES_PER_SECOND} values per second of speech; got up to "
            f"{values:.0f}. Choose smaller encoder_options, fewer bands or bins, or a longer front_end.hop_seconds."
        )
