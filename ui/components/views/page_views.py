"""How one page saves and restores its views: their format, texts and keys."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic

from ser_core.embeddings.view_text import V, ViewFormat


@dataclass(frozen=True)
class PageViews(Generic[V]):
    """The views of one page.

    Attributes:
        page: name of the page, and part of its keys in the session state.
        form: file format of the views.
        about: one sentence that explains what a view of this page is.
        begin: starts to restore a view before the rest of the page is drawn; arguments: the view, its name, and notes
            on what was already left out.
        in_words: describes a view.
        file: returns the name of a view's JSON file, without suffix.
        passed: query parameters of the page that do not belong to a view.
    """

    page: str
    form: ViewFormat[V]
    about: str
    begin: Callable[[V, str, tuple[str, ...]], None]
    in_words: Callable[[V], str]
    file: Callable[[V], str]
    passed: frozenset[str] = field(default=frozenset())

    @property
    def choice(self) -> str:
        """Session key of the selection among saved views."""
        return f"kept view of {self.page}"

    @property
    def followed(self) -> str:
        """Session key of the last link that was opened."""
        return f"link that was followed to {self.page}"
