"""The lesson's losses in the browser are those of the core: value, gradient, step, and the angles between classes."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from ser_core.geometry.angles import class_angle_matrix, class_directions
from ser_core.losses import (
    ArcFaceLoss,
    CentreLoss,
    CosineEmbeddingLoss,
    SoftmaxLoss,
    SupervisedContrastiveLoss,
    TripletLoss,
)
from tests.browser.modules import evaluated

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FOLDER = "loss_playground/browser"
CHOICE = {f"{FOLDER}/choices.js": "choiceOf, CHOICES", f"{FOLDER}/loss.js": "evaluate"}
TRAINING = {f"{FOLDER}/choices.js": "choiceOf", f"{FOLDER}/training.js": "stepped"}
ANGLES = {f"{FOLDER}/angles.js": "angleMatrix"}
LINK = {
    f"{FOLDER}/link.js": "encoded, decoded",
    f"{FOLDER}/questions.js": "asked",
    f"{FOLDER}/state.js": "afterStep",
}
LABELS = np.repeat(np.arange(4), 3)
MARGINS = {"triplet": (0.0, 0.2, 1.3), "pairs": (0.0, 0.1, 0.6), "arcface": (0.0, 28.6, 75.0)}
LEARNING = ("softmax", "centre", "arcface")
CHOICES = ("softmax", "centre", "triplet-batch-all", "triplet-batch-hard", "triplet-semi-hard", "pairs",
           "contrastive", "arcface")  # fmt: skip
CASES = [
    (choice, margin, size)
    for choice in CHOICES
    for margin in MARGINS.get(choice.partition("-")[0], (0.0,))
    for size in (2, 3)
]


def points_of(random: np.random.Generator, size: int) -> np.ndarray:
    points = random.normal(size=(len(LABELS), size))
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True))


def vectors_of(choice: str, random: np.random.Generator, size: int) -> np.ndarray:
    if choice not in LEARNING:
        return np.zeros((0, size))
    return random.normal(size=(4, size + (choice == "softmax")))


def core_loss(choice: str, margin: float, points: Tensor, vectors: Tensor, labels: Tensor) -> Tensor:
    """Compute a loss with the core, in 64 bits."""
    size = points.shape[1]
    if choice == "softmax":
        return SoftmaxLoss()(points @ vectors[:, :size].T + vectors[:, size], functional.one_hot(labels, 4).double())
    if choice == "centre":
        centre = CentreLoss(classes=4, embedding_size=size).double().eval()
        centre.centres.copy_(vectors.detach())
        return centre(points, labels)
    if choice.startswith("triplet-"):
        return TripletLoss(margin=margin, miner=choice.removeprefix("triplet-"))(points, labels)[0]
    if choice == "pairs":
        first, second = torch.triu_indices(len(labels), len(labels), 1)
        return CosineEmbeddingLoss(margin=margin)(points[first], points[second], labels[first] == labels[second])
    if choice == "contrastive":
        return SupervisedContrastiveLoss()(points, labels)
    arcface = ArcFaceLoss(classes=4, embedding_size=size, margin_degrees=margin).double()
    with torch.no_grad():
        arcface.directions.copy_(vectors)
    value = arcface(points, labels)
    if vectors.requires_grad:
        vectors.grad = torch.autograd.grad(value, arcface.directions, retain_graph=True)[0]
    return value


def with_autograd(
    choice: str, margin: float, points: np.ndarray, vectors: np.ndarray, labels: np.ndarray = LABELS
) -> tuple[float, np.ndarray, np.ndarray | None]:
    """Return value, gradient of the points, and gradient of class vectors that follow it."""
    of_points, of_vectors = (torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in (points, vectors))
    value = core_loss(choice, margin, of_points, of_vectors, torch.from_numpy(labels))
    if value.requires_grad:
        value.backward()
    gradient = np.zeros_like(points) if of_points.grad is None else of_points.grad.numpy()
    learned = of_vectors.grad.numpy() if choice in ("softmax", "arcface") and of_vectors.grad is not None else None
    return float(value.detach()), gradient, learned


EVALUATE = """const { choice, points, labels, margin, vectors } = argument;
  return evaluate(choiceOf(choice).loss, points, labels, margin, vectors);"""


def in_browser(
    modules: "Page", choice: str, margin: float, points: np.ndarray, vectors: np.ndarray, labels: np.ndarray = LABELS
) -> dict[str, Any]:
    given = {
        "choice": choice, "margin": margin, "points": points.tolist(), "labels": labels.tolist(),
        "vectors": vectors.tolist(),
    }  # fmt: skip
    found: dict[str, Any] = evaluated(modules, CHOICE, EVALUATE, given)
    return found


def assert_equal(found: dict[str, Any], expected: tuple[float, np.ndarray, np.ndarray | None]) -> None:
    value, gradient, learned = expected
    np.testing.assert_allclose(found["value"], value, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found["gradient"], gradient, rtol=1e-6, atol=1e-9)
    if learned is not None:
        np.testing.assert_allclose(found["vectorGradient"], learned, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("choice", "margin", "size"), CASES)
def test_value_and_gradients_of_a_loss_are_the_cores(
    modules: "Page", random: np.random.Generator, choice: str, margin: float, size: int
) -> None:
    pulled = 0
    for _ in range(5):
        points, vectors = points_of(random, size), vectors_of(choice, random, size)
        found, expected = (
            in_browser(modules, choice, margin, points, vectors),
            with_autograd(choice, margin, points, vectors),
        )
        assert_equal(found, expected)
        pulled += bool(np.abs(expected[1]).max() > 0)
    assert pulled or (choice == "triplet-semi-hard" and margin == 0), "in no configuration did anything pull"


@pytest.mark.parametrize("choice", CHOICES)
def test_what_others_do_to_a_point_adds_up_to_its_negative_gradient(
    modules: "Page", random: np.random.Generator, choice: str
) -> None:
    margin = MARGINS.get(choice.partition("-")[0], (0.0,))[-1]
    found = in_browser(modules, choice, margin, points_of(random, 3), vectors_of(choice, random, 3))
    total = np.zeros((len(LABELS), 3))
    for force in found["forces"]:
        total[force["on"]] += force["force"]
    np.testing.assert_allclose(total, -np.array(found["gradient"]), atol=1e-12)


@pytest.mark.parametrize("miner", ["batch-all", "batch-hard", "semi-hard"])
def test_of_equally_distant_points_the_miners_take_the_same_as_in_the_core(modules: "Page", miner: str) -> None:
    # A square, each corner twice: all distances are 0, 2 or 4, exactly, so that every choice is one among equals.
    points = np.array([[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0], [0, 1], [-1, 0], [0, -1]], dtype=np.float64)
    for labels in ([0, 0, 1, 1, 0, 1, 2, 2], [0, 1, 0, 1, 1, 0, 1, 0], [0, 0, 0, 0, 1, 1, 1, 1]):
        for margin in (0.0, 2.0, 2.5):
            given = np.array(labels)
            found = in_browser(modules, f"triplet-{miner}", margin, points, np.zeros((0, 2)), given)
            assert_equal(found, with_autograd(f"triplet-{miner}", margin, points, np.zeros((0, 2)), given))


def test_a_class_of_one_point_is_left_out_as_in_the_core(modules: "Page", random: np.random.Generator) -> None:
    labels = np.array([0, 0, 0, 1, 2, 2, 3, 3, 3, 3, 0, 2])
    for choice in ("triplet-batch-all", "triplet-batch-hard", "triplet-semi-hard", "contrastive"):
        points = points_of(random, 3)
        expected = with_autograd(choice, 0.5, points, np.zeros((0, 3)), labels)
        assert_equal(in_browser(modules, choice, 0.5, points, np.zeros((0, 3)), labels), expected)


def test_one_triplet_alone_is_worth_what_the_equation_says_of_the_marked_points(
    modules: "Page", random: np.random.Generator
) -> None:
    body = """const [points, labels, margin, marked] = argument;
      return evaluate(choiceOf('triplet-marked').loss, points, labels, margin, [], marked).value;"""
    points = points_of(random, 3)
    marked = {"anchor": 1, "positive": 2, "negative": 7}
    anchor, positive, negative = points[[1, 2, 7]]
    expected = max(0.0, float(((anchor - positive) ** 2).sum() - ((anchor - negative) ** 2).sum() + 0.5))
    found = evaluated(modules, CHOICE, body, [points.tolist(), LABELS.tolist(), 0.5, marked])
    assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("degrees", [120.0, 151.0, 152.0, 175.0])
def test_arcface_goes_on_downwards_beyond_its_margin_as_in_the_core(modules: "Page", degrees: float) -> None:
    directions = np.array([[2.0, 0.0], [0.0, 1.0], [-0.5, 0.0], [0.0, -3.0]])
    angle = math.radians(degrees)
    points = np.array([[math.cos(angle), math.sin(angle)]] * 2 + [[1.0, 0.0]])
    labels = np.array([0, 1, 0])  # the last one lies exactly on its direction
    expected = with_autograd("arcface", 28.6, points, directions, labels)
    assert_equal(in_browser(modules, "arcface", 28.6, points, directions, labels), expected)


STEP = """const { panel, labels } = argument;
  return { rate: choiceOf(panel.choice).rate, after: stepped(panel, labels) };"""


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("size", [2, 3])
def test_a_step_goes_down_the_cores_gradient_along_the_sphere(
    modules: "Page", random: np.random.Generator, choice: str, size: int
) -> None:
    margin = MARGINS.get(choice.partition("-")[0], (0.0,))[-1]
    points, vectors = points_of(random, size), vectors_of(choice, random, size)
    panel = {"choice": choice, "margin": margin, "points": points.tolist(), "vectors": vectors.tolist(), "values": []}
    found = evaluated(modules, TRAINING, STEP, {"panel": panel, "labels": LABELS.tolist()})
    value, gradient, learned = with_autograd(choice, margin, points, vectors)
    way = -found["rate"] * (gradient - (gradient * points).sum(axis=1, keepdims=True) * points)
    length = np.linalg.norm(way, axis=1, keepdims=True)
    way *= np.minimum(1, math.radians(10) / np.maximum(length, 1e-12))  # no point moves by more than ten degrees
    expected = (points + way) / np.linalg.norm(points + way, axis=1, keepdims=True)
    np.testing.assert_allclose(found["after"]["points"], expected, atol=1e-9)
    np.testing.assert_allclose(found["after"]["values"], [value], rtol=1e-9)
    if choice == "centre":
        core = CentreLoss(classes=4, embedding_size=size).double().train()
        core.centres.copy_(torch.from_numpy(vectors))
        core(torch.from_numpy(points), torch.from_numpy(LABELS))
        np.testing.assert_allclose(found["after"]["vectors"], core.centres.numpy(), atol=1e-12)
    elif learned is not None:
        np.testing.assert_allclose(found["after"]["vectors"], vectors - found["rate"] * learned, atol=1e-9)


@pytest.mark.parametrize("size", [2, 3])
def test_the_angle_matrix_is_the_cores(modules: "Page", random: np.random.Generator, size: int) -> None:
    points, names = points_of(random, size), [f"class {label}" for label in LABELS]
    order = sorted(set(names))
    found = evaluated(modules, ANGLES, "return angleMatrix(...argument, 4);", [points.tolist(), LABELS.tolist()])
    expected = class_angle_matrix(points, names, class_directions(points, names, order), order)
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_the_usual_margins_are_the_cores_defaults(modules: "Page") -> None:
    body = """return Object.fromEntries(
      Object.entries(CHOICES).map(([name, one]) => [name, one.margin?.usual ?? null]));"""
    found = evaluated(modules, CHOICE, body)
    triplet, pairs = TripletLoss().margin, CosineEmbeddingLoss().margin
    arcface = round(math.degrees(ArcFaceLoss(classes=4, embedding_size=2).margin), 6)
    expected: dict[str, float | None] = dict.fromkeys(CHOICES) | {"pairs": pairs, "arcface": arcface}
    expected |= {choice: triplet for choice in (*CHOICES, "triplet-marked") if choice.startswith("triplet-")}
    assert found == expected


@pytest.mark.parametrize("question", [0, 1, 2, 3])
def test_a_link_brings_back_what_it_was_made_of(modules: "Page", question: int) -> None:
    body = """const state = afterStep(afterStep(asked(argument)));
      const text = encoded(state);
      return { state, text, back: decoded(text) };"""
    found = evaluated(modules, LINK, body, question)
    state, back = found["state"], found["back"]
    assert len(found["text"]) < 1000
    for name in ("space", "roles", "question"):
        assert back[name] == state[name]
    np.testing.assert_allclose(back["start"], state["start"], atol=1e-4)
    for one, other in zip(back["panels"], state["panels"], strict=True):
        assert (one["choice"], one["margin"]) == (other["choice"], other["margin"])
        np.testing.assert_allclose(one["points"], other["points"], atol=1e-4)
        np.testing.assert_allclose(one["vectors"], other["vectors"], atol=1e-3)
        np.testing.assert_allclose(one["values"], other["values"], atol=1e-4 * max(other["values"]))


@pytest.mark.parametrize("steps", [1, 48, 49, 250])
def test_a_link_brings_back_the_curve_of_the_loss_as_it_was_drawn(modules: "Page", steps: int) -> None:
    body = """let state = asked(1);
      for (let i = 0; i < argument; i++) {
        if (i === 20) state = moved(state, 3, state.panels[0].points[5]);
        state = afterStep(state);
      }
      return [state, decoded(encoded(state))].map(one => one.panels.map(panel => panel.values));"""
    modules_used = {**LINK, f"{FOLDER}/state.js": "afterStep, moved"}
    seen, back = evaluated(modules, modules_used, body, steps)
    for one, other in zip(back, seen, strict=True):
        assert len(one) == len(other) == steps, "every step counts"
        if steps <= 48:
            np.testing.assert_allclose(one, other, atol=1e-4 * max(other))
        kept = np.round(np.linspace(0, steps - 1, min(steps, 48))).astype(int)
        np.testing.assert_allclose(np.array(one)[kept], np.array(other)[kept], atol=1e-4 * max(other))


def test_a_link_from_before_curves_were_kept_is_read_and_its_curve_begins_anew(modules: "Page") -> None:
    body = """const text = encoded(afterStep(asked(0)));
      return decoded(text.replaceAll(/[.]1[.][\\w-]+(?=~|$)/g, '')).panels.map(panel => panel.values);"""
    assert evaluated(modules, LINK, body) == [[], []]


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("text.replace(/^1/, '9')", "version 1"),
        ("text.replace('circle', 'cube')", "“circle” or “sphere”"),
        ("text.replace('triplet-semi-hard', 'quadruplet')", "a loss among softmax"),
        ("text.replace('triplet-semi-hard', '__proto__')", "a loss among softmax"),
        ("text.replace('.200.', '.9000.')", "a margin in the range of its loss"),
        ("text.replace('.200.', '.-200.')", "whole numbers"),
        ("text.slice(0, -20)", "all points"),
        ("encoded(afterStep(asked(0))).slice(0, -1)", "the loss over the steps"),
        ("encoded(afterStep(asked(0))).replace(/[.]1[.]([\\w-]+)$/, '.999999.$1')", "the loss over the steps"),
        ("text.slice(0, -48) + 'A'.repeat(64)", "all points"),
        ("text.replace(/[.][0-9]+-[0-9]+-/, '.1-1-')", "an anchor, a positive and a negative"),
        ("text + ('~' + text.split('~')[1]).repeat(9)", "1 to 9 losses"),
        ("'x'.repeat(5000)", "at most 4000 letters"),
        ("''", "version 1"),
    ],
)
def test_a_damaged_link_is_refused_with_what_was_expected(modules: "Page", damage: str, expected: str) -> None:
    body = f"""const text = encoded(asked(0));
      try {{ decoded({damage}); }} catch (error) {{ return `${{error.name}}: ${{error.message}}`; }}
      return 'taken';"""
    found = evaluated(modules, LINK, body)
    assert found.startswith("RangeError: Expected ")
    assert expected in found
