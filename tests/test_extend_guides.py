"""The worked examples of docs/extend/ run as they stand there, and keep what the guides promise."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

import ser_core.tasks
from ser_core.audio.disturbances import Disturbance
from ser_core.checkpoints.store import fresh_model
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import ConfigError, InputError
from ser_core.inputs import INPUTS, check_augmentation, inputs_of, read_inputs
from ser_core.models import EMOTION, Output, Targets, pad
from ser_core.models.running import run_model
from ser_core.recipes import Augmentation, InputSettings, Recipe, Stage
from ser_core.training.objectives import OBJECTIVES, ObjectiveContext, build_objective
from tests.audio.disturbances import test_disturbances
from tests.contracts import test_objectives
from tests.inputs import test_inputs
from tests.tasks import test_tasks

GUIDES = Path(__file__).resolve().parents[1] / "docs" / "extend"


def example(guide: str) -> dict[str, object]:
    """Run the first Python block of a guide, and return what it defines."""
    block = re.search(r"```python\n(.*?)```", (GUIDES / guide).read_text(encoding="utf-8"), re.DOTALL)
    assert block
    namespace: dict[str, object] = {"__name__": guide}
    exec(compile(block[1], guide, "exec"), namespace)
    return namespace


def test_the_task_of_the_guide_passes_the_tests_that_run_over_every_task(monkeypatch) -> None:
    task = example("task.md")["AgeGroupTask"]
    monkeypatch.setattr(ser_core.tasks, "TASKS", {"age": ser_core.tasks.TaskKind(task.build, task)})
    test_tasks.test_what_a_card_keeps_of_a_task_makes_the_same_task_again("age")
    test_tasks.test_rows_without_a_label_change_neither_loss_nor_metrics("age")
    test_tasks.test_without_any_label_the_loss_is_zero_and_nothing_is_measured("age")


def test_the_input_of_the_guide_passes_the_test_that_runs_over_every_input(monkeypatch, tmp_path, random) -> None:
    monkeypatch.setitem(INPUTS, "loudness", example("input.md")["Loudness"])
    test_inputs.test_every_input_of_sound_has_the_shape_that_it_foretells_and_is_found_in_the_cache_again(
        "loudness", tmp_path, random
    )


def test_the_disturbance_of_the_guide_passes_the_tests_that_run_over_every_disturbance(monkeypatch, random) -> None:
    entry = Disturbance(example("disturbance.md")["behind_a_wall"], "dB per octave", 0, 24, "the next room")
    monkeypatch.setattr(test_disturbances, "DISTURBANCES", {"wall": entry})
    monkeypatch.setitem(test_disturbances.STRENGTHS, "wall", 6.0)
    speech = random.standard_normal(16_000).astype(np.float32) / 10
    test_disturbances.test_a_disturbance_is_a_pure_function_of_as_many_samples("wall", speech)
    test_disturbances.test_a_stronger_or_weaker_one_is_another_sound_and_none_beyond_the_range_is_allowed(
        "wall", speech
    )
    test_disturbances.test_silence_a_click_and_nothing_pass_at_any_sample_rate("wall", 8_000)


def test_the_objective_of_the_guide_passes_the_tests_that_run_over_every_objective(monkeypatch) -> None:
    monkeypatch.setitem(OBJECTIVES, "focal", example("objective.md")["FocalObjective"])
    test_objectives.test_its_value_is_finite_and_reaches_embedding_and_head("focal")
    for targets in (test_objectives.TARGETS[:1], test_objectives.TARGETS[:2], test_objectives.TARGETS[::2]):
        test_objectives.test_a_batch_with_little_to_compare_still_has_a_finite_gradient("focal", targets)
    test_objectives.test_it_says_what_it_minimises_names_a_back_end_and_takes_mixtures_if_it_says_so("focal")
    test_objectives.test_a_misspelt_option_is_refused_with_the_list_of_those_there_are("focal")


def test_the_loss_of_the_guide_equals_its_definition_in_plain_loops() -> None:
    loss = example("loss.md")["CentreLoss"](classes=3, embedding_size=2)
    with torch.no_grad():
        loss.centres.copy_(torch.tensor([[0.0, 0.0], [1.0, 2.0], [5.0, 5.0]]))
    embeddings, labels = torch.tensor([[1.0, 0.0], [4.0, 6.0]]), torch.tensor([0, 1])
    expected = 0.0
    for row, label in zip(embeddings, labels, strict=True):
        expected += sum(0.5 * float(a - b) ** 2 for a, b in zip(row, loss.centres[label].detach(), strict=True))
    assert float(loss(embeddings, labels).detach()) == pytest.approx(expected / 2)


def test_the_loss_of_the_guide_moves_only_the_centres_of_classes_in_the_batch() -> None:
    loss = example("loss.md")["CentreLoss"](classes=3, embedding_size=2)
    loss(torch.ones(2, 2), torch.tensor([0, 2])).backward()
    assert loss.centres.grad.abs().sum(dim=1).gt(0).tolist() == [True, False, True]


def test_the_loss_of_the_guide_refuses_labels_of_another_batch() -> None:
    loss = example("loss.md")["CentreLoss"](classes=3, embedding_size=2)
    with pytest.raises(InputError, match="Pass the rows of one batch"):
        loss(torch.ones(2, 2), torch.tensor([0]))


def test_the_task_of_the_guide_tells_ages_apart_and_leaves_missing_ones_missing() -> None:
    ages = (25, None, 40, 71)
    rows = tuple(Utterance(f"{number}.wav", "a", None, age=age) for number, age in enumerate(ages))
    task = example("task.md")["AgeGroupTask"].build(Manifest("made", Path(), rows, "", ""), [0])
    labels = task.labels(Manifest("made", Path(), rows, "", ""))
    assert labels.values.tolist() == [0, -1, 1, 1]
    assert labels.present.tolist() == [True, False, True, True]
    assert (task.name, task.size) == ("age", 2)
    assert type(task).from_table(task.as_table()) == task
    outputs = torch.tensor([[2.0, 0.0]] * 4)
    alone = task.loss(outputs[[0, 2, 3]], task.targets(labels)[[0, 2, 3]], torch.ones(3, dtype=torch.bool))
    assert float(task.loss(outputs, task.targets(labels), torch.from_numpy(labels.present))) == pytest.approx(
        float(alone)
    )


def test_the_encoder_of_the_guide_gives_an_utterance_the_same_vector_alone_and_padded() -> None:
    torch.manual_seed(0)
    encoder = example("encoder.md")["RecurrentEncoder"](8, units=4).eval()
    frames = torch.randn(2, 20, 8)
    padded = frames.clone()
    padded[0, 13:] = 7.0  # whatever lies behind the end
    together = encoder(padded, torch.tensor([13, 20]))
    alone = encoder(frames[:1, :13], torch.tensor([13]))
    assert together.shape == (2, encoder.size)
    torch.testing.assert_close(together[:1], alone)


def test_the_objective_of_the_guide_equals_its_definition_in_plain_loops(monkeypatch) -> None:
    monkeypatch.setitem(OBJECTIVES, "focal", example("objective.md")["FocalObjective"])
    objective = build_objective("focal", {"focus": 3}, ObjectiveContext((1, 1, 1), embedding_size=2))
    logits, shares = torch.tensor([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]]), torch.tensor([[1.0, 0, 0], [0, 0.25, 0.75]])
    expected = 0.0
    for row, wanted in zip(logits.tolist(), shares.tolist(), strict=True):
        total = sum(map(math.exp, row))
        for value, share in zip(row, wanted, strict=True):
            probability = math.exp(value) / total
            expected -= share * (1 - probability) ** 3 * math.log(probability) / 2
    targets = {EMOTION: Targets(shares, torch.ones(2, dtype=torch.bool))}
    found = objective(Output(torch.zeros(2, 2), {EMOTION: logits}), {}, targets)
    assert float(found.loss) == pytest.approx(expected)
    with pytest.raises(ConfigError, match="Did you mean 'focus'"):
        build_objective("focal", {"focuss": 1}, ObjectiveContext((1, 1), embedding_size=2))
    with pytest.raises(ConfigError, match="The paper uses 2"):
        build_objective("focal", {"focus": -1.0}, ObjectiveContext((1, 1), embedding_size=2))


def test_the_input_of_the_guide_goes_beside_a_spectrogram_into_a_model(monkeypatch, tmp_path, random) -> None:
    monkeypatch.setitem(INPUTS, "loudness", example("input.md")["Loudness"])
    recipe = Recipe(
        *("r", "t", "s", "o", (Stage("only", augmentation=Augmentation(gain_decibels=6.0)),)),
        encoder="fc",
        encoder_options={"layers": 2, "units": 4},
        inputs={"loudness": InputSettings("loudness", "gru", {}, {"layers": 2, "units": 4})},
        embedding_size=3,
    )
    for seconds in (0.5, 0.2):
        soundfile.write(tmp_path / f"{seconds}.wav", 0.1 * random.standard_normal(round(16_000 * seconds)), 16_000)
    rows = tuple(Utterance(f"{seconds}.wav", "s", "happy") for seconds in (0.5, 0.2))
    inputs = inputs_of(recipe)
    check_augmentation(recipe, inputs)
    values, _ = read_inputs(inputs, Manifest("two", tmp_path, rows, "", ""), cache=tmp_path / "cache")
    assert [tuple(item.shape) for item in values["loudness"]] == [inputs["loudness"].shape(it) for it in (0.5, 0.2)]
    assert values["loudness"][0].mean() == pytest.approx(-20, abs=1)
    (values["loudness"][1],) = inputs["loudness"].of_signals([np.zeros(320, np.float32)])  # too short: missing
    model = fresh_model(recipe, {EMOTION: 2})
    assert np.isfinite(run_model(model, values).embeddings).all()
    louder, _ = inputs["loudness"].augment(
        pad(values["loudness"]),
        Augmentation(gain_decibels=6.0),
        torch.Generator().manual_seed(1),
        mean=torch.zeros(1),
        deviation=torch.full((1,), 2.0),
    )
    change = 2.0 * (louder[0] - values["loudness"][0])
    assert 0 < float(change.abs().max()) <= 6
    assert float(change.max() - change.min()) < 1e-4
