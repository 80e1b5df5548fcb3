"""What training changes of the utterances that it hears: settings of augmentation and of disturbances."""

from dataclasses import dataclass

from ser_core.config import check_range
from ser_core.errors import ConfigError
from ser_core.types import Decibels


@dataclass(frozen=True)
class Augmentation:
    """Random changes of an utterance's frames while training; zero leaves a part out.

    Attributes:
        crop: largest share of an utterance's steps that is cut away, in ``[0, 1)``; what stays is one stretch.
        stretch: largest relative change of tempo, in ``[0, 1)``.
        warp: largest relative shift of the frequency axis, as another vocal tract would make it.
        gain_decibels: largest change of level.
        frequency_masks: bands hidden per utterance (SpecAugment, Park et al. 2019).
        frequency_mask_share: largest share of the features that one mask hides.
        time_masks: stretches of time hidden per utterance.
        time_mask_share: largest share of the utterance that one mask hides.
        mixup: parameter of the Beta distribution that mixes two utterances (Zhang et al. 2018).
    """

    crop: float = 0.0
    stretch: float = 0.0
    warp: float = 0.0
    gain_decibels: Decibels = 0.0
    frequency_masks: int = 0
    frequency_mask_share: float = 0.2
    time_masks: int = 0
    time_mask_share: float = 0.2
    mixup: float = 0.0

    def __post_init__(self) -> None:
        """Check ranges."""
        for name in ("crop", "stretch", "warp", "frequency_mask_share", "time_mask_share"):
            check_range(f"augmentation.{name}", getattr(self, name), 0.0, 0.9)
        for name in ("gain_decibels", "frequency_masks", "time_masks", "mixup"):
            check_range(f"augmentation.{name}", getattr(self, name), 0, 100)


@dataclass(frozen=True)
class DisturbanceSettings:
    """How often training hears utterances through a disturbance, and how strong it is.

    Attributes:
        lowest: strength, in the unit of the disturbance; each version draws its own, uniformly.
        highest: strength.
        share: of the utterances of a batch that are replaced by a version, on average.
        versions: of every utterance, made once before training.
    """

    lowest: float
    highest: float
    share: float = 0.1
    versions: int = 1

    def __post_init__(self) -> None:
        """Check ranges."""
        check_range("share of a disturbance", self.share, 0.0, 1.0)
        check_range("versions of a disturbance", self.versions, 1, 100)
        if self.lowest > self.highest:
            raise ConfigError(
                f"Expected the lowest strength of a disturbance below the highest; got {self.lowest:g} and "
                f"{self.highest:g}. Exchange them."
            )
