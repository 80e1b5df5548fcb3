"""Request for a map: method, parameters with their ranges, and all that is needed to reproduce it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

import numpy as np

from ser_core.config import lookup
from ser_core.errors import InputError
from ser_core.geometry import tsne_map, umap_map
from ser_core.geometry.projection import pca, place_by_pca
from ser_core.jobs import Report
from ser_core.types import FloatArray

PCA, UMAP, TSNE = "PCA", "UMAP", "t-SNE"
METHODS: Mapping[str, str] = MappingProxyType(
    {PCA: "scikit-learn", UMAP: "umap-learn", TSNE: "openTSNE"}  # and the package whose version decides the picture
)
ON_SPHERE = (PCA, UMAP)  # methods that can lay points out on the unit sphere
STARTS: Mapping[str, tuple[str, ...]] = MappingProxyType({UMAP: tuple(umap_map.STARTS), TSNE: tuple(tsne_map.STARTS)})
MOST_SEED = 2**31 - 1


@dataclass(frozen=True)
class MapParameter:
    """Numeric parameter of a projection method; ``step`` makes a visible difference."""

    label: str
    lowest: float
    highest: float
    default: float
    whole: bool = True
    step: float = 1.0
    help: str = ""


def parameters(method: str, rows: int) -> Mapping[str, MapParameter]:
    """Return the parameters of a method, for a given number of rows, by name.

    Raises:
        ConfigError: for an unknown method.
    """
    lookup("method", method, METHODS)
    if method == PCA:
        return {}
    seed = MapParameter("Seed", 0, MOST_SEED, 0, help="Of everything random: one seed gives one picture.")
    if method == UMAP:
        most = max(2, min(200, rows - 1))
        return {
            "neighbours": MapParameter(
                "Neighbours", 2, most, min(most, 15),
                help="How many nearest utterances count as surroundings: few show detail, many the whole.",
            ),
            "min_distance": MapParameter(
                "Minimum distance", 0.0, 0.99, 0.1, whole=False, step=0.05,
                help="How close points may lie on the map.",
            ),
            "iterations": MapParameter(
                "Iterations", 10, 5000, 500 if rows <= 10_000 else 200, step=100,
                help="How often every pair of neighbours is pulled together.",
            ),
            "seed": seed,
        }  # fmt: skip
    most = max(1, int(tsne_map.most_perplexity(rows)))
    return {
        "perplexity": MapParameter(
            "Perplexity", 1, most, min(most, 30),
            help="Roughly how many utterances count as surroundings; at most a third of the others.",
        ),
        "exaggeration": MapParameter(
            "Exaggeration", 1, 30, 1, whole=False, step=0.5,
            help="How much stronger neighbours attract each other than in t-SNE itself: 1 is t-SNE, 4 looks much like "
            "UMAP (Böhm, Berens and Kobak, 2022).",
        ),
        "iterations": MapParameter(
            "Iterations", 50, 5000, 500, step=100,
            help=f"After {tsne_map.EARLY_ITERATIONS} in which groups find together.",
        ),
        "seed": seed,
    }  # fmt: skip


@dataclass(frozen=True)
class MapRequest:
    """Request for a map.

    Attributes:
        method: a name in :data:`METHODS`.
        dimensions: 2 or 3.
        settings: the method's parameters, as sorted pairs; what is not named has its default.
        sphere: whether the points lie on the unit sphere.
    """

    method: str
    dimensions: int
    settings: tuple[tuple[str, float | str], ...] = ()
    sphere: bool = False

    @property
    def caption(self) -> str:
        """Describe the method with all that is needed to reproduce the map."""
        where = "on the unit sphere" if self.sphere else f"in {self.dimensions} dimensions"
        parts = (f"{name} {value if isinstance(value, str) else format(value, 'g')}" for name, value in self.settings)
        return ", ".join([f"{self.method} {where}", *(text.replace("_", " ") for text in parts)])

    @property
    def seed(self) -> int | None:
        """The seed; ``None`` where nothing is random."""
        return None if self.method == PCA else int(dict(self.settings).get("seed", 0))

    def with_seed(self, seed: int) -> "MapRequest":
        """Return the same request under another seed."""
        return replace(self, settings=tuple(sorted({**dict(self.settings), "seed": seed}.items())))

    def check(self, rows: int) -> None:
        """Check whether the map can be computed from this number of rows.

        Raises:
            InputError: if a parameter is out of range, or there is no such map on the sphere.
            ConfigError: for an unknown method, parameter or start.
        """
        ranges = parameters(self.method, rows)
        if self.sphere and (self.method not in ON_SPHERE or self.dimensions != 3):
            raise InputError(
                f"Expected a map on the sphere by {' or '.join(ON_SPHERE)} in 3 dimensions; got {self.method} in "
                f"{self.dimensions}. Choose one of those, or a flat map."
            )
        for name, value in self.settings:
            if name == "start":
                lookup("start", str(value), dict.fromkeys(STARTS.get(self.method, ())))
                continue
            asked = lookup("parameter", name, ranges)
            number = float(value)
            if not asked.lowest <= number <= asked.highest or (asked.whole and number != round(number)):
                kind = "a whole number " if asked.whole else ""
                raise InputError(
                    f"Expected {kind}from {asked.lowest:g} to {asked.highest:g} for {asked.label.lower()}, with {rows} "
                    f"utterances; got {number:g}. Choose one in between."
                )

    def points(self, embeddings: FloatArray, progress: Report | None = None) -> FloatArray:
        """Compute the map of embeddings ``(B, D)``: float32, ``(B, dimensions)``.

        ``progress`` is called now and then; what it raises ends the work.

        Raises:
            SerError: as in :meth:`check`, or if no map can be made of these embeddings.
        """
        self.check(len(embeddings))
        if self.method == PCA:
            return pca(embeddings, self.dimensions, sphere=self.sphere)
        if self.method == TSNE:
            return tsne_map.tsne(embeddings, self.dimensions, progress=progress, **self._arguments())
        return umap_map.umap(embeddings, self.dimensions, sphere=self.sphere, progress=progress, **self._arguments())

    def place(self, new: FloatArray, embeddings: FloatArray, points: FloatArray) -> FloatArray:
        """Place new embeddings ``(Q, D)`` on this map of ``embeddings`` ``(B, D)``; float32 ``(Q, dimensions)``.

        Those on the map stay at ``points``. PCA places exactly; UMAP and t-SNE where the new point's neighbours on the
        map are.

        Raises:
            InputError: if sizes differ or a value is not finite.
        """
        if points.shape != (len(embeddings), self.dimensions):
            raise InputError(
                f"Expected a map of shape ({len(embeddings)}, {self.dimensions}) to place on; got {points.shape}. "
                "Give the map that was made of these embeddings."
            )
        if self.method == PCA:
            return place_by_pca(new, embeddings, self.dimensions, sphere=self.sphere)
        arguments = self._arguments()
        if self.method == TSNE:
            named = {name: arguments[name] for name in ("perplexity",) if name in arguments}
            return tsne_map.place_by_tsne(new, embeddings, points, **named)
        arguments.pop("start", None)
        return umap_map.place_by_umap(new, embeddings, points, sphere=self.sphere, **arguments)

    def key(self, embeddings: FloatArray) -> str:
        """Return a key of this map of these embeddings: content, settings and version of the method."""
        values = np.ascontiguousarray(embeddings)
        identity = (self.method, self.dimensions, self.settings, self.sphere, version(METHODS[self.method]))
        text = repr((identity, values.shape, values.dtype.str)).encode()
        return hashlib.sha256(text + values.tobytes()).hexdigest()

    def _arguments(self) -> dict[str, Any]:
        ranges = parameters(self.method, 3)
        return {name: int(value) if name in ranges and ranges[name].whole else value for name, value in self.settings}
