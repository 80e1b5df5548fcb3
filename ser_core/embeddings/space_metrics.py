"""Metrics of a space: class separation, neighbourhoods, and signs of collapse."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ser_core.embeddings.collapse import collapses
from ser_core.embeddings.space import CLASS, FEWEST, Space
from ser_core.errors import InputError
from ser_core.geometry.clusters import cluster_agreement
from ser_core.geometry.dimension import effective_dimension, isotropy
from ser_core.geometry.hubs import distinct, occurrences, skewness
from ser_core.geometry.retrieval import map_at_r
from ser_core.geometry.separation import class_spread, neighbour_purity, silhouette
from ser_core.geometry.verification import PAIRS, equal_error_rate, pair_cosines
from ser_core.seeding import stream
from ser_core.types import IntArray
from ser_core.written_numbers import fixed

HUB_NEIGHBOURS = 10  # k of the k-occurrence
MOST_QUERIES = 2_000  # utterances whose neighbours are sorted, among all
MOST_ROWS = 5_000  # utterances among which all are compared with all, or clustered
MOST_SPREAD = 20_000  # utterances whose covariance is taken


@dataclass(frozen=True)
class MetricDefinition:
    """Definition of a metric.

    Attributes:
        formula: in LaTeX.
        meaning: in words, with its range and which end is the good one.
        source: who defined it.
        percent: shown in percent.
        of_classes: needs classes.
    """

    title: str
    formula: str
    meaning: str
    source: str
    percent: bool = False
    of_classes: bool = True


@dataclass(frozen=True)
class SpaceMetric:
    """Value of one metric for one space.

    Attributes:
        value: ``None`` where it cannot be measured.
        basis: which utterances it was measured on; where it cannot be measured, why.
    """

    value: float | None
    basis: str


@dataclass(frozen=True)
class SpaceMetrics:
    """All metrics of one space, in the order of :data:`DEFINITIONS`; ``alarms`` describe what has collapsed."""

    figures: Mapping[str, SpaceMetric]
    alarms: tuple[str, ...]


DEFINITIONS: Mapping[str, MetricDefinition] = MappingProxyType(
    {
        "within_between": MetricDefinition(
            "Within / between",
            r"\frac{\frac1B\sum_i \lVert x_i-\mu_{y_i}\rVert^2}{\sum_c \frac{n_c}{B}\lVert\mu_c-\mu\rVert^2}",
            "Scatter of the utterances around their class's mean, by the scatter of the means; plain distances. "
            "0 is best, without upper end.",
            "Wen et al. (2016), ECCV, who train for a small numerator; Fisher (1936)",
        ),
        "silhouette": MetricDefinition(
            "Silhouette",
            r"\frac1B\sum_i\frac{b_i-a_i}{\max(a_i,b_i)}",
            "a: mean cosine distance to the own class, b: to the nearest other one. From -1 (in the wrong place) "
            "over 0 (classes overlap) to 1 (far apart).",
            "Rousseeuw (1987), Journal of Computational and Applied Mathematics 20",
        ),
        "precision_at_1": MetricDefinition(
            "Precision@1",
            r"\frac1B\sum_i\left[y_{\mathrm{nn}(i)}=y_i\right]",
            "How often the nearest other utterance, by angle, is of the same class.",
            "As in Musgrave, Belongie and Lim (2020), ECCV",
            percent=True,
        ),
        "map_at_r": MetricDefinition(
            "MAP@R",
            r"\frac1B\sum_i\frac1{R_i}\sum_{j=1}^{R_i}P_i(j)\,\left[y_j=y_i\right]",
            "R: number of other utterances of the class; P(j): share of it among the j nearest. 1 means that every "
            "class lies closer together than to anything else.",
            "Musgrave, Belongie and Lim (2020), A Metric Learning Reality Check, ECCV",
            percent=True,
        ),
        "nmi": MetricDefinition(
            "NMI of k-means",
            r"\frac{2\,I(Y;C)}{H(Y)+H(C)}",
            "C: clusters that k-means finds without knowing the classes, as many as there are classes. 0: they tell "
            "nothing of the class, 1: they are the classes. Ten starts, vectors of length one.",
            "Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, section 16.3",
        ),
        "eer": MetricDefinition(
            "Verification EER",
            r"\mathrm{FAR}(t)=\mathrm{FRR}(t)",
            "“Same class or not?”, answered from the cosine of two utterances: the error rate at the threshold t at "
            "which pairs of two classes are accepted as often as pairs of one are refused. 0 % is best, 50 % is "
            "guessing.",
            "Linear between neighbouring thresholds; Martin et al. (1997), The DET curve, Eurospeech",
            percent=True,
        ),
        "effective_dimension": MetricDefinition(
            "Effective dimension",
            r"\frac{\left(\sum_i\lambda_i\right)^2}{\sum_i\lambda_i^2}",
            "λ: eigenvalues of the covariance of the vectors scaled to length one; participation ratio. 1: a line; as "
            "many as the vectors have dimensions: all directions alike.",
            "Gao et al. (2017), bioRxiv 214262",
            of_classes=False,
        ),
        "isotropy": MetricDefinition(
            "Isotropy",
            r"\frac{\min_c\sum_i e^{c\cdot x_i}}{\max_c\sum_i e^{c\cdot x_i}}",
            "c: eigenvectors of XᵀX in both senses, vectors scaled to length one. 1: no direction is preferred; 0.14: "
            "all point the same way.",
            "Mu and Viswanath (2018), All-but-the-Top, ICLR",
            of_classes=False,
        ),
        "hubness": MetricDefinition(
            "Hubness",
            r"\frac{\mathrm{E}\left[(N_k-\mu)^3\right]}{\sigma^3},\quad k=10",
            "N: how often an utterance is among the ten nearest of the others; skewness over the utterances. About 0: "
            "all alike; above 1: a few are everybody's neighbour.",
            "Radovanović, Nanopoulos and Ivanović (2010), JMLR 11",
            of_classes=False,
        ),
    }
)


def measure(
    space: Space, label: str = CLASS, *, seed: int = 0, progress: Callable[[int, int], None] | None = None
) -> SpaceMetrics:
    """Compute all metrics of a space.

    Args:
        space: at least three utterances.
        label: the column whose values are the classes. Numbers about classes are measured on the utterances that have
            one.
        seed: draws samples, where too many utterances would be compared with all; the figure states how many were.
        progress: called with the number of finished steps and of all.

    Raises:
        InputError: for fewer than three utterances, or if there is no such column.
    """
    if len(space) < FEWEST:
        raise InputError(
            f"Expected at least {FEWEST} utterances to measure a space; got {len(space)}. "
            "Measure the training utterances too."
        )
    space = space.classed_by(label)
    named = space.select(space.has_value(CLASS))
    labels, order = named.column(CLASS).tolist(), named.classes

    def rows_of(part: Space, most: int, name: str) -> IntArray:
        if len(part) <= most:
            return np.arange(len(part))
        return np.sort(stream(seed, "space", name).choice(len(part), size=most, replace=False))

    queries = rows_of(named, MOST_QUERIES, "queries")
    clustered = rows_of(named, MOST_ROWS, "clusters")
    spread = rows_of(space, MOST_SPREAD, "spread")
    compared = rows_of(space, MOST_ROWS, "hubs")
    counted = compared[distinct(space.embeddings[compared])]
    counts: list[IntArray] = []

    def hubness() -> float:
        counts.append(occurrences(space.embeddings[counted], HUB_NEIGHBOURS))
        return skewness(counts[0])

    def error_rate() -> float:
        return equal_error_rate(*pair_cosines(named.embeddings, labels, order, random=stream(seed, "space", "pairs")))

    steps: dict[str, tuple[Callable[[], float], str]] = {
        "within_between": (lambda: class_spread(named.embeddings, labels, order).ratio, _all(named)),
        "silhouette": (lambda: silhouette(named.embeddings, labels, order), _all(named)),
        "precision_at_1": (
            lambda: neighbour_purity(named.embeddings, labels, order, queries=queries),
            _searched(queries, named),
        ),
        "map_at_r": (lambda: map_at_r(named.embeddings, labels, order, queries=queries), _searched(queries, named)),
        "nmi": (
            lambda: cluster_agreement(
                named.embeddings[clustered], [labels[row] for row in clustered], order, seed=seed
            ),
            _sample(clustered, named),
        ),
        "eer": (error_rate, _pairs(labels)),
        "effective_dimension": (lambda: effective_dimension(space.embeddings[spread]), _sample(spread, space)),
        "isotropy": (lambda: isotropy(space.embeddings[spread]), _sample(spread, space)),
        "hubness": (hubness, _sample(compared, space) + _of_directions(compared, counted)),
    }
    figures: dict[str, SpaceMetric] = {}
    for done, (name, (number, basis)) in enumerate(steps.items()):
        if progress is not None:
            progress(done, len(steps) + 1)
        figures[name] = _figure(number, basis, few=DEFINITIONS[name].of_classes and len(order) < 2)
    if progress is not None:
        progress(len(steps), len(steps) + 1)
    alarms = collapses(
        space, compared, counted, counts[0] if counts else None, dimension=figures["effective_dimension"].value,
        hubness=figures["hubness"].value, neighbours=HUB_NEIGHBOURS,
    )  # fmt: skip
    if progress is not None:
        progress(len(steps) + 1, len(steps) + 1)
    return SpaceMetrics(MappingProxyType(figures), alarms)


def _figure(number: Callable[[], float], basis: str, *, few: bool) -> SpaceMetric:
    if few:
        return SpaceMetric(None, "needs at least two classes")
    try:
        value = number()
    except InputError as error:
        return SpaceMetric(None, str(error))
    return SpaceMetric(value, basis) if np.isfinite(value) else SpaceMetric(None, "the classes' means lie on one point")


def _all(space: Space) -> str:
    return f"all {_many(len(space))} utterances"


def _sample(rows: IntArray, space: Space) -> str:
    return (
        _all(space) if len(rows) == len(space) else f"a sample of {_many(len(rows))} of {_many(len(space))} utterances"
    )


def _of_directions(compared: IntArray, counted: IntArray) -> str:
    return "" if len(counted) == len(compared) else f", {_many(len(counted))} different ones"


def _searched(queries: IntArray, space: Space) -> str:
    if len(queries) == len(space):
        return _all(space)
    return f"a sample of {_many(len(queries))} utterances, each among all {_many(len(space))}"


def _pairs(labels: list[str]) -> str:
    counts = np.unique(np.asarray(labels, dtype=str), return_counts=True)[1]
    same = int((counts * (counts - 1) // 2).sum())
    different = len(labels) * (len(labels) - 1) // 2 - same
    one, two = (
        f"all {_many(pairs)} pairs" if pairs <= PAIRS else f"a sample of {_many(PAIRS)} of {_many(pairs)} pairs"
        for pairs in (same, different)
    )
    return f"{one} of one class and {two} of two"


def _many(count: int) -> str:
    return f"{count:,}"


def formatted(name: str, figure: SpaceMetric) -> str:
    """Format a value for display; a dash if it cannot be measured.

    Examples:
        >>> formatted("eer", SpaceMetric(0.123, "")), formatted("hubness", SpaceMetric(None, ""))
        ('12.3 %', '–')
        >>> formatted("silhouette", SpaceMetric(-0.004, ""))
        '0.00'
    """
    if figure.value is None:
        return "–"
    return f"{fixed(100 * figure.value, 1)} %" if DEFINITIONS[name].percent else fixed(figure.value, 2)
