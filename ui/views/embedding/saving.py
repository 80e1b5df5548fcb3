"""Saving of the present view."""

from ser_core.embeddings.matching import names
from ser_core.embeddings.view import FILE, MODEL, View, read_view
from ui import state
from ui.components.projections import MapRequest
from ui.components.views import capture_view, draw_captured
from ui.views.embedding.cell import COLUMN, ROW
from ui.views.embedding.map import MapSelection
from ui.views.embedding.split import DIRECTIONS, SPLIT, label_of, usual_label
from ui.views.embedding.utterances import KnownUtterances
from ui.views.embedding.views import PAGE_VIEWS


def draw_saving(known: KnownUtterances, request: MapRequest, chosen: MapSelection) -> None:
    """Draw what can be done with the view, once the visitor has asked for that beside the map."""
    if chosen.kept is not None:
        capture_view(PAGE_VIEWS, known.key, *_present_view(known, request, chosen))
    needed = "The link works where the same file of vectors exists under the same name." if known.from_file else ""
    draw_captured(PAGE_VIEWS, known.key, needed)


def _present_view(known: KnownUtterances, request: MapRequest, chosen: MapSelection) -> tuple[View, tuple[str, ...]]:
    called = names(known.space)
    split = state.recall(SPLIT)
    return read_view(
        {
            FILE if known.from_file else MODEL: known.name,
            "training": known.training,
            "label": _label(known),
            "split": split if split in set(known.rows["split"]) else "",
            "directions": state.recall(DIRECTIONS, ""),
            **{name: state.recall(choice, "") for name, choice in (("row", ROW), ("column", COLUMN))},
            "method": request.method,
            "dimensions": request.dimensions,
            "sphere": request.sphere,
            "settings": dict(request.settings),
            **(chosen.kept or {}),
            "selected": [called[row] for row in chosen.rows],
            "pressed": "" if chosen.clicked is None else called[chosen.clicked],
        }
    )


def _label(known: KnownUtterances) -> str:
    usual = usual_label(known)
    label = state.recall(label_of(known), usual)
    return "" if label == usual else label
