"""Shape letters, array aliases and units used in every signature.

Shape letters: ``B`` utterances, ``N`` samples, ``T`` frames, ``F`` features, ``D`` embedding,
``K`` classes, ``M`` comparisons.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.floating[Any]]
IntArray: TypeAlias = NDArray[np.integer[Any]]
BoolArray: TypeAlias = NDArray[np.bool_]

Hertz: TypeAlias = int
Seconds: TypeAlias = float
Decibels: TypeAlias = float
Degrees: TypeAlias = float
