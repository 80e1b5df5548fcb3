"""How the layers of an encoder are counted, and which counts and widths are accepted.

The *x* of FC-x, CNN-x, RNN-x, LSTM-x, GRU-x and ResNet-x counts the layers with weights that a frame passes on its way
to the embedding: *x* − 1 in the encoder, and the embedding layer, which belongs to the model. As usual, normalisation,
the projection in a shortcut and the scores of attention pooling are not counted; nor is the softmax head, which lies
behind the embedding and is left out when only the embedding is used.
"""

from collections.abc import Sequence

from ser_core.errors import ConfigError

_MOST_LAYERS = 50
_LARGEST_WIDTH = 65_536


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
    """Refuse an empty list of widths, or a width that is not from ``fewest`` to 65 536.

    Raises:
        ConfigError: names the option that is wrong.
    """
    if not widths or min(widths) < fewest or max(widths) > _LARGEST_WIDTH:
        raise ConfigError(
            f"Expected {name} from {fewest} to {_LARGEST_WIDTH}; got {', '.join(map(str, widths)) or 'none'}. "
            f"Correct encoder_options.{name}."
        )
