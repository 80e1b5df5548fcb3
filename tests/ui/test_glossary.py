"""The glossary has every term that the app explains, in words for a first year, and no text becomes HTML by it."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ser_core.errors import ConfigError
from ui.components import glossary, loss_playground
from ui.components.glossary.entries import GLOSSARY, read_entries
from ui.components.loss_playground.mount import TERMS
from ui.components.text import plain

REPOSITORY = Path(glossary.__file__).resolve().parents[3]
MARKED = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]|]+))?\]\]")
LONGEST = 160  # characters that a phone shows in a few lines


def texts_of(path: Path) -> list[str]:
    """Return the texts in a Python file, but for docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [value for value in constants if isinstance(value, str) and value not in docstrings]


def terms_in(text: str) -> set[str]:
    return {term or shown for shown, term in MARKED.findall(text)}


PAGES = sorted([*REPOSITORY.glob("pages/*.py"), *REPOSITORY.glob("ui/**/*.py")])
MARKUP = sorted(REPOSITORY.glob("ui/components/**/*.html"))
USED = {term for path in PAGES for text in texts_of(path) for term in terms_in(text)} | {
    term for path in MARKUP for term in terms_in(path.read_text(encoding="utf-8"))
}


def test_the_pages_mark_terms():
    assert {"embedding", "angle", "range", "epoch", "seed", "triplet", "PCA"} <= USED
    assert len(USED) >= 25


@pytest.mark.parametrize("term", sorted(USED | set(TERMS)))
def test_a_term_on_a_page_is_explained_in_one_short_sentence_without_symbols(term: str):
    told = glossary.explanation(term)
    assert len(told) <= LONGEST
    assert told.endswith(".")
    assert not re.search(r"[`*_\[\]<>|]|\([A-Z](, [A-Z])*\)", told)


def test_the_scripts_of_the_first_lesson_mark_just_the_terms_that_are_sent_to_them():
    folder = Path(loss_playground.__file__).parent / "browser"
    scripts = (path for path in folder.glob("*.js") if path.name != "bundle.js")
    assert {term for path in scripts for term in terms_in(path.read_text(encoding="utf-8"))} == set(TERMS)


def test_an_entry_is_read_up_to_the_end_of_its_first_sentence():
    text = (
        "**one, two** – a *short*\nsentence with `code` and [a link](x.md). More. **three** – another; longer.\n\n## N"
    )
    short = "A short sentence with code and a link."
    assert read_entries(text) == {"one": short, "two": short, "three": "Another; longer."}


def test_no_term_stands_in_the_glossary_twice():
    entries = re.findall(r"\*\*([^*\n]+)\*\* – ", GLOSSARY.read_text(encoding="utf-8"))
    names = [name for entry in entries for name in re.split(", | = ", entry)]
    assert sorted(names) == sorted(glossary.EXPLANATIONS)
    assert len(names) == len(set(names))


def test_an_unknown_term_is_refused_with_the_nearest_one():
    with pytest.raises(ConfigError, match="embedding"):
        glossary.explained("an [[embeding]]")


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_a_term_is_a_button_whose_description_is_its_explanation():
    elements = Elements()
    elements.feed(glossary.explained("the [[angles|angle]]"))
    told = {"type": "button", "class": "term", "aria-description": glossary.explanation("angle")}
    assert elements.found == [("button", told)]


@pytest.mark.parametrize(
    "label", ["<img src=x onerror=alert(1)>", "[[angle]]", "<b>[[<i>|angle]]", "\\<script>", "&lt;b>"]
)
def test_a_label_of_a_corpus_never_becomes_html_nor_a_term(label: str):
    elements = Elements()
    elements.feed(glossary.explained(f"{plain(label)} in the [[space]]"))
    assert [tag for tag, _ in elements.found] == ["button"]
    assert elements.found[0][1]["aria-description"] == glossary.explanation("space")
