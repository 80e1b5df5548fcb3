"""Weights of others' networks: where they lie, and that they are the ones that a model was trained with."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import safetensors
from safetensors.torch import load
from torch import Tensor

from ser_core.errors import InputError

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class CarriedWeights:
    """A file of weights in this package, beside its licence; ``digest`` is its SHA-256.

    The digest stands in the code: what is read is what the code was compared with, and a cached value or a checkpoint
    that was made with other weights is told from one that was not.
    """

    name: str
    title: str
    digest: str

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return _FOLDER / self.name.replace("-", "_") / "weights.safetensors"

    def read(self) -> dict[str, Tensor]:
        """Read the tensors, after comparing the file with its digest.

        Raises:
            InputError: if the file is missing, or another one.
        """
        try:
            content = self.path.read_bytes()
            found = hashlib.sha256(content).hexdigest()
            if found == self.digest:
                return load(content)
            problem = f"a file of digest {found[:12]}…"
        except OSError as error:
            problem = error.strerror or str(error)
        except safetensors.SafetensorError as error:
            problem = str(error)
        raise InputError(
            f"Expected the weights of {self.title} (digest {self.digest[:12]}…) at {self.path}; got: {problem}. "
            "They come with this package: install it again, or take the file from its repository."
        )
