"""``--map``: emotions to rename or to leave out, as several commands take it."""

from collections.abc import Mapping, Sequence

from ser_core.corpora import MAPPINGS
from ser_core.errors import ConfigError

HELP = f"emotion=emotion, for example excited=happy, or emotion=drop, or {' or '.join(MAPPINGS)}; can be repeated."


def mapping_of(pairs: Sequence[str] | None) -> dict[str, str]:
    """Read ``emotion=emotion`` pairs and the names of whole mappings, as corpora have them.

    Raises:
        ConfigError: for a pair without ``=`` that names no mapping, or an emotion that is mapped twice.
    """
    mapping: dict[str, str] = {}
    for pair in pairs or []:
        for source, target in _changes(pair).items():
            if not (source and target) or source in mapping:
                raise ConfigError(f"Expected one emotion=emotion for each emotion in --map; got {pair!r}. {HELP}")
            mapping[source] = target
    return mapping


def _changes(pair: str) -> Mapping[str, str]:
    source, _, target = (part.strip() for part in pair.partition("="))
    return MAPPINGS.get(source, {source: target}) if not target else {source: target}


def assignments_of(pairs: Sequence[str] | None, option: str, example: str) -> dict[str, str]:
    """Read ``left=right`` pairs, several with commas or the option repeated.

    ``example`` shows in messages how the option is written.

    Raises:
        ConfigError: for a pair without ``=``, or one left side twice.
    """
    found: dict[str, str] = {}
    for pair in (one for text in pairs or [] for one in text.split(",")):
        left, equals, right = (part.strip() for part in pair.partition("="))
        if not (left and equals and right) or left in found:
            raise ConfigError(f"Expected {option} {example}, each name before = once; got {pair!r}. Correct that part.")
        found[left] = right
    return found
