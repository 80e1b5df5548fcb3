"""A view as text: JSON to keep and to send, and the part of a link behind its question mark."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from ser_core.embeddings.view import Camera, View, plain, read_view
from ser_core.errors import ViewError, reason_of
from ser_core.geometry.maps import METHODS, parameters

FORMAT, VERSION = "view of an embedding space", 1
MOST_BYTES = 20_000_000
LONGEST_LINK = 2000  # letters; mail programs and chats cut off what is longer
SPHERE = "sphere"
HIDE = "hide."  # before the name of the column
_YES = {"yes": True, "no": False}
_SETTINGS = frozenset({"start", *(name for method in METHODS for name in parameters(method, 3))})
_LISTS = ("centre", "turn")


@dataclass(frozen=True)
class Link:
    """What stands in a link behind the question mark.

    Attributes:
        query: percent-encoded.
        left_out: how many selected utterances would have made it too long, and are not in it.
    """

    query: str
    left_out: int = 0


def view_json(view: View, name: str = "") -> str:
    """Write a view as JSON, with the name it is kept under."""
    head = {"format": FORMAT, "version": VERSION, **({"name": name} if name else {})}
    return json.dumps({**head, **plain(view)}, ensure_ascii=False, indent=2, allow_nan=False)


def read_view_json(content: bytes) -> tuple[str, View, tuple[str, ...]]:
    """Read what :func:`view_json` wrote.

    Returns:
        The name, the view, and what was left out with the reason.

    Raises:
        ViewError: if it is no such JSON, or too large.
    """
    if len(content) > MOST_BYTES:
        raise ViewError(
            f"Expected a view of at most {MOST_BYTES // 10**6} MB; got {len(content) / 10**6:.0f} MB. "
            "Choose the file that was saved as a view."
        )
    try:
        values = json.loads(content)
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, numbers or nesting beyond all measure
        raise ViewError(
            f"Expected a view as JSON; got: {reason_of(error)}. Choose the file that was saved as a view."
        ) from error
    if not isinstance(values, dict) or values.pop("format", None) != FORMAT:
        raise ViewError(
            f"Expected JSON whose “format” is “{FORMAT}”; got other JSON. Choose the file that was saved as a view."
        )
    version = values.pop("version", None)
    if version != VERSION or isinstance(version, bool):
        shown = version if isinstance(version, int) and abs(version) < 10**9 else "something else"
        raise ViewError(f"Expected version {VERSION} of a view; got {shown}. Save the view anew with this version.")
    name = values.pop("name", "")
    view, notes = read_view(values)
    return name if isinstance(name, str) else "", view, notes


def link(view: View, longest: int = LONGEST_LINK) -> Link:
    """Write a view as the part of a link behind the question mark, without the selection if it is too long for one.

    Examples:
        >>> link(View(space="demo", method="t-SNE", settings=(("perplexity", 20),), colour="speaker")).query
        'model=demo&method=t-SNE&perplexity=20&colour=speaker'
    """
    whole = _query(view)
    if len(whole) <= longest:
        return Link(whole)
    return Link(_query(replace(view, selected=(), pressed="")), len(view.selected) or 1)


def read_query(query: Mapping[str, Sequence[str]]) -> tuple[View, tuple[str, ...]]:
    """Make a view of a link's parameters.

    Args:
        query: names, each with its values, decoded.

    Returns:
        The view, and what was left out with the reason.
    """
    values: dict[str, Any] = {}
    notes = []
    for name, given in query.items():
        if name == "selected" or name.startswith(HIDE):
            place = values if name == "selected" else values.setdefault("hidden", {})
            place[name.removeprefix(HIDE)] = list(given)
            continue
        if len(given) != 1:
            notes.append(f"Expected one value for {name[:60]!r}; got {len(given)}.")
            continue
        _read_one(values, name, given[0])
    view, others = read_view(values)
    return view, (*notes, *others)


def _read_one(values: dict[str, Any], name: str, text: str) -> None:
    if name == "training":
        values[name] = _YES.get(text, text)
    elif name == "dimensions":
        values |= {name: 3, "sphere": True} if text == SPHERE else {name: _number(text)}
    elif name in _LISTS:
        values.setdefault("camera", {})[name] = [_number(part) for part in text.split(",")]
    elif name == "zoom":
        values.setdefault("camera", {})[name] = _number(text)
    elif name in _SETTINGS:
        values.setdefault("settings", {})[name] = text if name == "start" else _number(text)
    else:
        values[name] = text


def _query(view: View) -> str:
    values = plain(view)
    hidden = values.pop("hidden", {})
    camera = values.pop("camera", {})
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
    flat |= {f"{HIDE}{column}": names for column, names in hidden.items()}
    usual = asdict(Camera())
    for name, value in camera.items():
        if value == (list(usual[name]) if name in _LISTS else usual[name]):
            continue
        flat[name] = ",".join(map(_written, value)) if name in _LISTS else _written(value)
    return urlencode(flat, doseq=True, safe="/,.")


def _number(text: str) -> int | float | str:
    """Read a number; what is none comes back, to be refused with its name."""
    try:
        number = float(text) if len(text) <= 40 else text
    except ValueError:
        return text
    return int(number) if isinstance(number, float) and number.is_integer() and abs(number) <= 2**53 else number


def _written(value: float | str) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
