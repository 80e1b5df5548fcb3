"""Networks that others trained on much speech, with their weights; they run here as they came and are never trained."""

from collections.abc import Mapping

from ser_core.pretrained.moonshine import MoonshineEncoder, MoonshineMiddle
from ser_core.pretrained.network import FrozenNetwork, frozen_network
from ser_core.pretrained.voice import VoiceEncoder
from ser_core.pretrained.weights import CarriedWeights

__all__ = [
    "NETWORKS",
    "CarriedWeights",
    "FrozenNetwork",
    "MoonshineEncoder",
    "MoonshineMiddle",
    "VoiceEncoder",
    "frozen_network",
]

NETWORKS: Mapping[str, type[FrozenNetwork]] = {
    "moonshine-tiny": MoonshineEncoder,
    "moonshine-tiny-middle": MoonshineMiddle,
    "ge2e-voice": VoiceEncoder,
}
