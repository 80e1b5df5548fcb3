"""Table of the encoders."""

from collections.abc import Callable, Mapping

from torch import nn

from ser_core.models.convolutional import cnn_encoder, resnet_encoder
from ser_core.models.dai import DaiEncoder
from ser_core.models.dense import DenseEncoder
from ser_core.models.lian import LianEncoder
from ser_core.models.pooled import PooledEncoder
from ser_core.models.recurrent import gru_encoder, lstm_encoder, rnn_encoder
from ser_core.models.residual import ResidualEncoder
from ser_core.models.waveform import WaveformEncoder

ENCODERS: Mapping[str, Callable[..., nn.Module]] = {
    "residual": ResidualEncoder,
    "fc": DenseEncoder,
    "cnn": cnn_encoder,
    "rnn": rnn_encoder,
    "lstm": lstm_encoder,
    "gru": gru_encoder,
    "resnet": resnet_encoder,
    "lian": LianEncoder,
    "dai": DaiEncoder,
    "waveform": WaveformEncoder,
    "pooled": PooledEncoder,
}
