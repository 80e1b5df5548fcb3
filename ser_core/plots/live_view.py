"""What the live view draws with: a model's classes and map once, then each prediction as plain numbers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ser_core.plots.angle_dial import DialClass
from ser_core.plots.point_map import sampled_rows
from ser_core.plots.style import sequential_colours
from ser_core.types import FloatArray, Seconds

if TYPE_CHECKING:
    from ser_core.live import LivePrediction

MOST_POINTS = 2000  # more cannot be distinguished behind the trail


def live_model(
    classes: Sequence[DialClass],
    points: FloatArray,
    emotions: Iterable[object],
    *,
    worth: Mapping[str, str],
) -> dict[str, Any]:
    """Describe a model as JSON.

    Args:
        classes: of the model, in its order; see :func:`ser_core.plots.angle_dial.dial_classes`.
        points: the known utterances on their map, shape ``(B, 2)``; ``B`` may be 0.
        worth: each class with a sentence on how far its range and "none of these" can be believed.
    """
    order = {one.name: number for number, one in enumerate(classes)}
    rows = sampled_rows(len(points), MOST_POINTS, MOST_POINTS)
    numbers = [order.get(str(emotion), -1) for emotion in emotions]
    return {
        "classes": [one.described() | {"worth": worth[one.name]} for one in classes],
        "colours": sequential_colours(),
        "map": {
            "points": points[rows].astype(float).round(4).tolist(),
            "classes": [numbers[row] for row in rows],
            "title": f"PCA map of {len(points)} known utterances, with the voice of the last seconds as a line.",
        },
    }


def live_prediction(prediction: "LivePrediction", *, began: Seconds, place: FloatArray | None) -> dict[str, Any]:
    """Return a prediction as plain numbers; ``began`` is the beginning of listening on the clock of the view.

    ``place`` is on the map, ``(2,)``; None where the prediction has no angles or there is no map.
    """
    content: dict[str, Any] = {
        "kind": prediction.kind,
        "start": round(began + prediction.start_seconds, 3),
        "end": round(began + prediction.seconds, 3),
        "state": prediction.state,
        "verdict": prediction.verdict,
    }
    if prediction.probabilities is not None and prediction.angles is not None:
        content["probabilities"] = prediction.probabilities.astype(float).round(4).tolist()
        content["angles"] = prediction.angles.astype(float).round(2).tolist()
    if place is not None:
        content["place"] = place.astype(float).round(4).tolist()
    return content
