"""Text with terms of the glossary in it."""

import html
import re

import streamlit as st

from ui.components.glossary.entries import explanation

_TERM = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]|\n]+))?\]\]")
_OPENS_MARKUP = re.compile(r"\\?<")


def with_terms(markup: str) -> str:
    """Turn terms in double brackets into buttons; everything else stays as it is.

    Args:
        markup: HTML of our own.

    Raises:
        ConfigError: if the glossary has no such term.

    Examples:
        >>> with_terms("<p>a [[hop]]</p>")
        '<p>a <button type="button" class="term" aria-description="The step ...">hop</button></p>'
    """
    return _TERM.sub(lambda found: _button(found[1], found[2] or found[1]), markup)


def explained(text: str) -> str:
    """Turn terms of a text for a page into buttons.

    Args:
        text: Markdown. Whatever would begin HTML in it is shown as it is written; what comes from a file or a person
            went through :func:`ui.components.text.plain`, as everywhere, and so has no brackets of its own.

    Returns:
        Markdown with HTML, for ``unsafe_allow_html``.

    Raises:
        ConfigError: if the glossary has no such term.

    Examples:
        >>> explained("a <b> [[hop]]")
        'a &lt;b> <button type="button" class="term" aria-description="The step ...">hop</button>'
    """
    return with_terms(_OPENS_MARKUP.sub("&lt;", text))


def draw(text: str) -> None:
    """Draw a text as :func:`streamlit.markdown` does, with its terms explained."""
    st.markdown(explained(text), unsafe_allow_html=True)


def caption(text: str) -> None:
    """Draw a text as :func:`streamlit.caption` does, with its terms explained."""
    st.caption(explained(text), unsafe_allow_html=True)


def _button(shown: str, term: str) -> str:
    told = html.escape(explanation(term))
    return f'<button type="button" class="term" aria-description="{told}">{shown}</button>'
