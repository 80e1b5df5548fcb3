"""Text formats of a view: JSON, and the query of a link."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from ser_core import plain_json
from ser_core.embeddings.map_view import Camera
from ser_core.embeddings.pair_view import PairView, plain_pair, read_pair_view
from ser_core.embeddings.view import View, plain, read_view
from ser_core.errors import ViewError
from ser_core.geometry.maps import METHODS, parameters

VERSION = 1
MOST_BYTES = 20_000_000
LONGEST_LINK = 2000  # letters; mail programs and chats cut off what is longer
SPHERE = "sphere"
HIDE, LIMIT = "hide.", "limit."  # before the name of the column
_YES = {"yes": True, "no": False}
_SETTINGS = frozenset({"start", *(name for method in METHODS for name in parameters(method, 3))})
_LISTS = ("centre", "turn")
_COUNTS = ("first_epoch", "second_epoch", "epoch", "neighbours")


@dataclass(frozen=True)
class ViewLink:
    """Percent-encoded query of a link; ``left_out`` selected utterances would have made it too long."""

    query: str
    left_out: int = 0


V = TypeVar("V", View, PairView)


@dataclass(frozen=True)
class ViewFormat(Generic[V]):
    """Text formats of the views of one page.

    Attributes:
        format: which views these are, in JSON.
        folder: in which they are kept, below the workspace's folder of views; empty for that itself.
        empty: the view in which nothing is set.
        plain: turns a view into plain values.
        read: makes a view of plain values, with what was left out.
        flat: turns plain values into those of a link: texts, numbers and lists of texts.
        read_one: puts a link's text under a name among plain values.
    """

    format: str
    folder: str
    empty: V
    plain: Callable[[V], dict[str, Any]]
    read: Callable[[Mapping[str, Any]], tuple[V, tuple[str, ...]]]
    flat: Callable[[dict[str, Any]], dict[str, Any]]
    read_one: Callable[[dict[str, Any], str, str], None]

    def json(self, view: V, name: str = "") -> str:
        """Write a view as JSON, with the name it is kept under."""
        head = {"format": self.format, "version": VERSION, **({"name": name} if name else {})}
        return json.dumps({**head, **self.plain(view)}, ensure_ascii=False, indent=2, allow_nan=False)

    def read_json(self, content: bytes) -> tuple[str, V, tuple[str, ...]]:
        """Read name and view, as :meth:`json` wrote them, and notes on what was left out.

        Raises:
            ViewError: if it is no such JSON, or too large.
        """
        if len(content) > MOST_BYTES:
            raise ViewError(
                f"Expected a view of at most {MOST_BYTES // 10**6} MB; got {len(content) / 10**6:.0f} MB. "
                "Choose the file that was saved as a view."
            )
        try:
            values = plain_json.parsed(content)
        except ValueError as error:
            raise ViewError(
                f"Expected a view as JSON; got: {error}. Choose the file that was saved as a view."
            ) from error
        got = values.pop("format", None) if isinstance(values, dict) else None
        if got != self.format:
            other = next((f"a {one.format}" for one in (OF_ONE, OF_TWO) if one.format == got), "other JSON")
            raise ViewError(
                f"Expected JSON whose “format” is “{self.format}”; got {other}. Choose the file that was saved as such "
                "a view."
            )
        version = values.pop("version", None)
        if version != VERSION or isinstance(version, bool):
            shown = version if isinstance(version, int) and abs(version) < 10**9 else "something else"
            raise ViewError(
                f"Expected version {VERSION} of a view; got {shown}. Save the view again with this version."
            )
        name = values.pop("name", "")
        view, notes = self.read(values)
        return name if isinstance(name, str) else "", view, notes

    def link(self, view: V, longest: int = LONGEST_LINK) -> ViewLink:
        """Write a view as the query of a link, without the selection if that is too long.

        Examples:
            >>> OF_ONE.link(View(space="demo", method="t-SNE", settings=(("perplexity", 20),), colour="speaker")).query
            'model=demo&method=t-SNE&perplexity=20&colour=speaker'
        """
        values = self.plain(view)
        whole = self._query(values)
        if len(whole) <= longest:
            return ViewLink(whole)
        kept = {name: value for name, value in values.items() if name not in ("selected", "pressed")}
        return ViewLink(self._query(kept), len(view.selected) or 1)

    def read_query(self, query: Mapping[str, Sequence[str]]) -> tuple[V, tuple[str, ...]]:
        """Parse the decoded parameters of a link; returns a note for each that was left out."""
        values: dict[str, Any] = {}
        notes: list[str] = []
        for name, given in query.items():
            if name == "selected" or name.startswith(HIDE):
                place = values if name == "selected" else values.setdefault("hidden", {})
                place[name.removeprefix(HIDE)] = list(given)
                continue
            if len(given) != 1:
                notes.append(f"Expected one value for {name[:60]!r}; got {len(given)}.")
                continue
            self.read_one(values, name, given[0])
        made: tuple[V, tuple[str, ...]] = self.read(values)
        return made[0], (*notes, *made[1])

    def _query(self, values: dict[str, Any]) -> str:
        return urlencode(self.flat(dict(values)), doseq=True, safe="/,.")


def _read_one(values: dict[str, Any], name: str, text: str) -> None:
    if name == "training":
        values[name] = _YES.get(text, text)
    elif name == "dimensions":
        values |= {name: 3, "sphere": True} if text == SPHERE else {name: _number(text)}
    elif name in _SETTINGS:
        values.setdefault("settings", {})[name] = text if name == "start" else _number(text)
    else:
        _read_one_of_map(values, name, text)


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    of_map = _flat_map(values)
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if name == "settings":
            flat |= {key: _written(one) for key, one in value.items()}
        elif name in ("training", "sphere"):
            flat |= {"training": "yes"} if name == "training" else {"dimensions": SPHERE}
        elif not (name == "dimensions" and value == View.dimensions) and not (
            name == "method" and value == View.method
        ):
            flat[name] = value
    return flat | of_map


def _read_one_of_two(values: dict[str, Any], name: str, text: str) -> None:
    if name == "training":
        values[name] = _YES.get(text, text)
    elif name in _COUNTS:
        values[name] = _number(text)
    else:
        _read_one_of_map(values, name, text)


def _flat_of_two(values: dict[str, Any]) -> dict[str, Any]:
    of_map = _flat_map(values)
    return {name: "yes" if value is True else value for name, value in values.items()} | of_map


def _read_one_of_map(values: dict[str, Any], name: str, text: str) -> None:
    if name.startswith(LIMIT):
        values.setdefault("limits", {})[name.removeprefix(LIMIT)] = [_number(part) for part in text.split(",")]
    elif name in _LISTS:
        values.setdefault("camera", {})[name] = [_number(part) for part in text.split(",")]
    elif name == "zoom":
        values.setdefault("camera", {})[name] = _number(text)
    else:
        values[name] = text


def _flat_map(values: dict[str, Any]) -> dict[str, Any]:
    """Return plain values with the hidden values and the camera as texts and lists of texts."""
    flat: dict[str, Any] = {f"{HIDE}{column}": names for column, names in values.pop("hidden", {}).items()}
    for column, ends in values.pop("limits", {}).items():
        flat[f"{LIMIT}{column}"] = ",".join(map(_written, ends))
    usual = asdict(Camera())
    for name, value in values.pop("camera", {}).items():
        if value == (list(usual[name]) if name in _LISTS else usual[name]):
            continue
        flat[name] = ",".join(map(_written, value)) if name in _LISTS else _written(value)
    return flat


def _number(text: str) -> int | float | str:
    """Read a number; any other text is returned, to be refused by its name."""
    try:
        number = float(text) if len(text) <= 40 else text
    except ValueError:
        return text
    return int(number) if isinstance(number, float) and number.is_integer() and abs(number) <= 2**53 else number


def _written(value: float | str) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


OF_ONE = ViewFormat("view of an embedding space", "", View(), plain, read_view, _flat, _read_one)
OF_TWO = ViewFormat(
    "view of two embedding spaces", "two-spaces", PairView(), plain_pair, read_pair_view, _flat_of_two, _read_one_of_two
)
