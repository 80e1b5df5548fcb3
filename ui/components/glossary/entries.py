"""Entries of the glossary; their one source is ``docs/glossary.md``, which lies beside the app."""

import re
from collections.abc import Mapping
from pathlib import Path

from ser_core.config import lookup

GLOSSARY = Path(__file__).resolve().parents[3] / "docs" / "glossary.md"
_ENTRY = re.compile(r"\*\*([^*\n]+)\*\* – (.+?)(?=\s+\*\*[^*\n]+\*\* – |\n\n|\Z)", re.DOTALL)
_SENTENCE_ENDS = re.compile(r"(?<=[.?])\s")
_NAMES = re.compile(r", | = ")  # synonyms share one entry
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


def read_entries(text: str) -> dict[str, str]:
    r"""Read what pages show of each term: the first sentence of its entry, without Markdown.

    Examples:
        >>> read_entries("**hop, step** – how far\na window *moves*. In samples. **level** – how loud.")
        {'hop': 'How far a window moves.', 'step': 'How far a window moves.', 'level': 'How loud.'}
    """
    found = {}
    for names, entry in _ENTRY.findall(text):
        first = _SENTENCE_ENDS.split(" ".join(entry.split()), maxsplit=1)[0]
        shown = re.sub(r"[*`]", "", _LINK.sub(r"\1", first))
        found.update(dict.fromkeys(_NAMES.split(names), shown[0].upper() + shown[1:]))
    return found


EXPLANATIONS: Mapping[str, str] = read_entries(GLOSSARY.read_text(encoding="utf-8"))


def explanation(term: str) -> str:
    """Return what pages show of a term, which may begin with a capital letter.

    Raises:
        ConfigError: if the glossary has no such term.
    """
    name = term if term in EXPLANATIONS else term[0].lower() + term[1:]
    return lookup("term of the glossary", name, EXPLANATIONS)
