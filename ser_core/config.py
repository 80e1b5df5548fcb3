"""Settings: frozen dataclasses filled from TOML tables and ``key=value`` overrides, with "did you mean"."""

import collections.abc
import dataclasses
import difflib
import functools
import inspect
import json
import sys
import tomllib
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from ser_core.errors import ConfigError

Value = TypeVar("Value")
Settings = TypeVar("Settings")


@dataclasses.dataclass(frozen=True)
class FileRecord:
    """Base of records in files, checked when they are read; written, they have the same keys.

    Later releases may add keys: :func:`fill` ignores unknown ones, in nested records too.

    Examples:
        >>> @dataclasses.dataclass(frozen=True)
        ... class Sound(FileRecord):
        ...     seconds: float
        >>> Sound.from_table({"seconds": 2, "colour": "blue"}, "sound").as_table()
        {'seconds': 2.0}
    """

    @classmethod
    def from_table(cls, table: object, where: str = "") -> Self:
        """Read it from the table at the dotted path ``where`` of a file.

        Raises:
            ConfigError: if something is missing, of another type or out of its range.
        """
        return fill(cls, _table(table, where), where)

    def as_table(self) -> dict[str, Any]:
        """Return it as JSON."""
        plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(self)))
        return plain


def lookup(kind: str, name: str, table: Mapping[str, Value]) -> Value:
    """Choose one entry of a table of ``kind`` ("loss", "encoder") by name.

    Raises:
        ConfigError: if there is no such entry; names the nearest one.

    Examples:
        >>> lookup("loss", "triplet", {"triplet": 1})
        1
    """
    if name in table:
        return table[name]
    article = "an" if kind[0] in "aeiou" else "a"
    raise ConfigError(f"Expected {article} {kind} among {', '.join(table)}; got {name!r}.{did_you_mean(name, table)}")


def build(
    kind: str, name: str, table: Mapping[str, Callable[..., Value]], options: Mapping[str, Any], **given: Any
) -> Value:
    """Build the entry called ``name`` of a table of ``kind`` with ``options`` from a file.

    ``given`` are keyword arguments of the program; no file may name them.

    Raises:
        ConfigError: for an unknown name or option, a value of another type than the entry's annotation, or one that
            the entry refuses.
    """
    builder = lookup(kind, name, table)
    parameters = inspect.signature(builder, eval_str=True).parameters
    known = {option: parameter.annotation for option, parameter in parameters.items() if option not in given}
    for option in options:
        if option not in known:
            raise ConfigError(
                f"Expected an option of the {kind} {name!r} among {', '.join(known)}; got {option!r}."
                f"{did_you_mean(option, known) or ' Leave it out.'}"
            )
    values = {
        option: _convert(known[option], value, f"the {kind} option {name}.{option}")
        for option, value in options.items()
    }
    try:
        return builder(**given, **values)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ConfigError(f"Expected usable options of the {kind} {name!r}; got {dict(options)}: {error}") from error


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Raise ConfigError, with the setting's name, for a value out of its range, ends included."""
    if not low <= value <= high:
        raise ConfigError(f"Expected {name} between {low:g} and {high:g}; got {value:g}. Correct the recipe or --set.")


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for the nearest candidate, or an empty string."""
    nearest = difflib.get_close_matches(name, list(candidates), n=1, cutoff=0.5)
    return f" Did you mean {nearest[0]!r}?" if nearest else ""


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises ConfigError if the file is missing, not UTF-8 or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"Expected a TOML file at {path}; there is none. Check the path.") from error
    # Most are ValueErrors: no TOML, no UTF-8, a number of thousands of digits, a path that no system allows.
    except (ValueError, OSError, RecursionError) as error:
        raise ConfigError(f"Expected TOML in {path}; got: {error}. Correct that line and try again.") from error


def fill(settings: type[Settings], table: Mapping[str, Any], where: str = "") -> Settings:
    """Build a settings dataclass from the TOML table at the dotted path ``where``.

    Nested dataclasses take nested tables; tuples of dataclasses take arrays of tables. Unknown keys of a
    :class:`FileRecord` are left out.

    Raises:
        ConfigError: for a key that the settings do not have, or a value of another type.
    """
    hints = _types_of(settings)  # type: ignore[arg-type]
    fields = {field.name: field for field in dataclasses.fields(settings) if field.init}  # type: ignore[arg-type]
    if issubclass(settings, FileRecord):
        table = {key: value for key, value in table.items() if key in fields}
    for key in table:
        if key not in fields:
            raise ConfigError(
                f"Expected a setting among {', '.join(fields)} in [{where or 'top level'}]; "
                f"got {key!r}.{did_you_mean(key, fields)}"
            )
    values = {key: _convert(hints[key], value, f"{where}.{key}".lstrip(".")) for key, value in table.items()}
    missing = [
        name
        for name, field in fields.items()
        if name not in values and field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise ConfigError(f"Expected {', '.join(missing)} in [{where or 'top level'}]; it is not there. Add it.")
    return settings(**values)


@functools.cache
def _types_of(settings: type[Any]) -> Mapping[str, Any]:
    """Resolve the annotations of a settings class, once: every result and recipe that is read asks for them."""
    return typing.get_type_hints(settings)


def override(table: Mapping[str, Any], assignments: Sequence[str]) -> dict[str, Any]:
    """Apply ``key.path=value`` assignments to a copy of a TOML table.

    Values are read as TOML (``0.1``, ``true``, ``[1, 2]``); what is not TOML is taken as text.
    A number in the path picks an element of an array of tables: ``stages.0.epochs=3``.

    Raises:
        ConfigError: for an assignment without ``=`` or a path through something that is no table.
    """
    changed: dict[str, Any] = _deep_copy(table)
    for assignment in assignments:
        path, equals, text = assignment.partition("=")
        if not equals or not path.strip():
            raise ConfigError(f"Expected key=value; got {assignment!r}. Write for example stages.0.epochs=10.")
        _assign(changed, path.strip().split("."), _parse(text.strip()), assignment)
    return changed


def flatten(settings: Any, prefix: str = "") -> dict[str, Any]:
    """List every leaf of nested settings by its dotted path."""
    if isinstance(settings, str | int | float):
        return {prefix: settings}
    if dataclasses.is_dataclass(settings) and not isinstance(settings, type):
        items: Iterable[tuple[str, Any]] = ((f.name, getattr(settings, f.name)) for f in dataclasses.fields(settings))
    elif isinstance(settings, Mapping):
        items = settings.items()
    elif isinstance(settings, tuple | list) and any(dataclasses.is_dataclass(item) for item in settings):
        items = ((str(number), item) for number, item in enumerate(settings))
    else:
        return {prefix: settings}
    leaves: dict[str, Any] = {}
    for name, value in items:
        leaves |= flatten(value, f"{prefix}.{name}".lstrip("."))
    return leaves


def _convert(wanted: Any, value: Any, where: str) -> Any:
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        inner = [argument for argument in arguments if argument is not type(None)]
        for argument in inner[:-1]:
            try:
                return _convert(argument, value, where)
            except ConfigError:
                continue
        return _convert(inner[-1], value, where)
    if dataclasses.is_dataclass(wanted):
        return fill(typing.cast(type[Any], wanted), _table(value, where), where)
    if origin in (tuple, collections.abc.Sequence):
        if not isinstance(value, list | tuple):
            raise ConfigError(f"Expected a list for {where}; got {value!r}. Write it in square brackets.")
        return tuple(_convert(arguments[0], item, f"{where}.{index}") for index, item in enumerate(value))
    if origin is typing.Literal:
        if value not in arguments:
            raise ConfigError(
                f"Expected {where} among {', '.join(map(str, arguments))}; got {value!r}."
                f"{did_you_mean(str(value), map(str, arguments))}"
            )
        return value
    if origin is not None and issubclass(origin, Mapping):
        return {key: _convert(arguments[1], item, f"{where}.{key}") for key, item in _table(value, where).items()}
    if isinstance(value, int | float) and not abs(value) <= sys.float_info.max:  # NaN, infinity, or beyond any float
        shown = value if isinstance(value, float) else "a larger one"
        raise ConfigError(f"Expected {where} to be a finite number; got {shown}. Change its value.")
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if wanted is Any or (isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))):
        return value
    advice = "Write true or false, as TOML does." if wanted is bool else "Change its value."
    raise ConfigError(f"Expected {where} to be {wanted.__name__}; got {value!r}. {advice}")


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"Expected a table for {where}; got {value!r}. Write it as [{where}].")
    return value


def _parse(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except RecursionError as error:
        raise ConfigError(
            f"Expected a value with a few brackets; got {text[:20]}… with hundreds in each other. Correct --set."
        ) from error
    except ValueError:
        return text


def _deep_copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _deep_copy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_deep_copy(item) for item in value]
    return value


def _assign(table: Any, path: list[str], value: Any, assignment: str) -> None:
    for position, key in enumerate(path):
        last = position == len(path) - 1
        if isinstance(table, list) and key.isdigit() and int(key) < len(table):
            index: Any = int(key)
        elif isinstance(table, dict):
            index = key
        else:
            raise ConfigError(
                f"Expected {'.'.join(path[:position]) or 'the settings'} to hold {key!r}; it does not "
                f"(in {assignment!r}). See the recipe's keys with: python -m ser_core recipes NAME"
            )
        if last:
            table[index] = value
        else:
            table = table.setdefault(index, {}) if isinstance(table, dict) else table[index]
