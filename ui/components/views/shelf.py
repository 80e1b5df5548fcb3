"""What the parts that keep and bring back views need to know of a page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic

from ser_core.embeddings.view_text import Form, V


@dataclass(frozen=True)
class Shelf(Generic[V]):
    """The views of a page.

    Attributes:
        page: its name; what is remembered of its views is remembered under that.
        form: in which they are written.
        about: a sentence on what a view of this page is.
        begin: begins to bring a view back, before any other part of the page is drawn; takes the view, what to call it
            and what was left out of it already.
        in_words: says what a view shows.
        file: to call a view saved as JSON, without its ending.
        passed: parameters of the page's address that belong to no view.
    """

    page: str
    form: Form[V]
    about: str
    begin: Callable[[V, str, tuple[str, ...]], None]
    in_words: Callable[[V], str]
    file: Callable[[V], str]
    passed: frozenset[str] = field(default=frozenset())

    @property
    def choice(self) -> str:
        """Name of the choice among the views that are kept."""
        return f"kept view of {self.page}"

    @property
    def followed(self) -> str:
        """Under which the link is remembered that was followed last."""
        return f"link that was followed to {self.page}"
