"""View of two spaces: all settings of a comparison, validated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ser_core.embeddings.map_view import MAP_READERS, MapView, ParsedMapView, plain_map
from ser_core.embeddings.view_values import check, check_texts, read_values, setter

_MOST = 10**9  # of epochs, and of neighbours


@dataclass(frozen=True)
class PairView(MapView):
    """Settings of the page Two spaces with its maps. Empty values were not set.

    Attributes:
        first: name of the first space as the page lists it, never a path.
        second: name of the second space.
        run: name of the run whose epochs are looked at; then there is neither a first nor a second space.
        first_epoch: of that run; ``None`` if not set.
        second_epoch: of that run.
        epoch: that is shown of the run's space as it was learned.
        label: the column whose values are the classes of the angles; empty for the usual one.
        training: whether training utterances are compared too.
        neighbours: how many nearest others are looked at; 0 if not set.
        measure: by what it is judged which utterances moved most.
        lines: which utterances have a line from the first map to the second.

    Raises:
        ViewError: if a value has another form, or is too long. Spaces are looked up when the view is shown.
    """

    first: str = ""
    second: str = ""
    run: str = ""
    first_epoch: int | None = None
    second_epoch: int | None = None
    epoch: int | None = None
    label: str = ""
    training: bool = False
    neighbours: int = 0
    measure: str = ""
    lines: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        check_texts(self, ("first", "second", "run", "label", "measure", "lines"))
        both = bool(self.run) and bool(self.first or self.second)
        check(not both, "two spaces or a run, not both", self.run)
        for name in ("first_epoch", "second_epoch", "epoch"):
            value = getattr(self, name)
            check(value is None or _counts(value), f"a whole number for {name.replace('_', ' ')}", value)
        check(isinstance(self.training, bool), "yes or no for training", self.training)
        check(_counts(self.neighbours), "a whole number of neighbours", self.neighbours)


def plain_pair(view: PairView) -> dict[str, Any]:
    """Turn a view into plain values, without those that were not set.

    Examples:
        >>> plain_pair(PairView(run="first", first_epoch=0, second_epoch=8, colour="speaker"))
        {'run': 'first', 'first_epoch': 0, 'second_epoch': 8, 'colour': 'speaker'}
    """
    unset = PairView()
    values = {name: getattr(view, name) for name in _READERS if getattr(view, name) != getattr(unset, name)}
    return values | plain_map(view)


def read_pair_view(values: Mapping[str, Any]) -> tuple[PairView, tuple[str, ...]]:
    """Parse a view from untrusted plain values; returns a note for each that was left out.

    Examples:
        >>> view, notes = read_pair_view({"first": "demo", "training": 7})
        >>> view.first, view.training, notes
        ('demo', False, ('Expected yes or no for training; got 7.',))
    """
    return read_values(values, ParsedMapView(PairView()), _READERS)


_READERS: Mapping[str, Callable[[ParsedMapView[PairView], Any], None]] = MappingProxyType({
    **{name: setter(name) for name in (
        "first", "second", "run", "first_epoch", "second_epoch", "epoch", "label", "training", "neighbours", "measure",
        "lines",
    )},
    **MAP_READERS,
})  # fmt: skip


def _counts(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _MOST
