"""What a page shows, found by its words."""

import re
from collections.abc import Iterable
from typing import Any

from streamlit.testing.v1 import AppTest

_TERM = re.compile(r'<button type="button" class="term"[^>]*>|</button>')


def texts(elements: Iterable[Any]) -> str:
    """Join what elements say, without the backslashes that keep text from being Markdown, and the marks of terms."""
    return " ".join(_TERM.sub("", one.value).replace("\\", "") for one in elements)


def box(app: AppTest, label: str) -> Any:
    """Find the box with a label, from which one option is chosen."""
    return next(one for one in app.selectbox if one.label == label)


def answers(app: AppTest) -> list[str]:
    """Return the headlines of answers: headings of the second level, as the title of the recording on Live is one."""
    return [one.value for one in app.header]


def button(app: AppTest, label: str) -> Any:
    """Find the button with a label."""
    return next(one for one in app.button if one.label == label)
