"""``--map``: emotions to rename or to leave out, as several commands take it."""

from collections.abc import Sequence

from ser_core.errors import ConfigError

HELP = "emotion=emotion, for example excited=happy, or emotion=drop; can be repeated."


def mapping_of(pairs: Sequence[str] | None) -> dict[str, str]:
    """Read ``emotion=emotion`` pairs.

    Raises:
        ConfigError: for a pair without ``=``, or an emotion that is mapped twice.
    """
    mapping: dict[str, str] = {}
    for pair in pairs or []:
        source, equals, target = (part.strip() for part in pair.partition("="))
        if not (source and equals and target) or source in mapping:
            raise ConfigError(f"Expected one emotion=emotion for each emotion in --map; got {pair!r}. {HELP}")
        mapping[source] = target
    return mapping
