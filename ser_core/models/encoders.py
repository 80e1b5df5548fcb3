"""The encoders there are, by name."""

from collections.abc import Callable, Mapping

from torch import nn

from ser_core.models.convolutional import CnnEncoder, ResNetEncoder
from ser_core.models.dai import DaiEncoder
from ser_core.models.dense import DenseEncoder
from ser_core.models.lian import LianEncoder
from ser_core.models.recurrent import GruEncoder, LstmEncoder, RnnEncoder
from ser_core.models.residual import ResidualEncoder

ENCODERS: Mapping[str, Callable[..., nn.Module]] = {
    "residual": ResidualEncoder,
    "fc": DenseEncoder,
    "cnn": CnnEncoder,
    "rnn": RnnEncoder,
    "lstm": LstmEncoder,
    "gru": GruEncoder,
    "resnet": ResNetEncoder,
    "lian": LianEncoder,
    "dai": DaiEncoder,
}
