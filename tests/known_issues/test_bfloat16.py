"""Under bfloat16 autocast the head was asked outside of it, and the triplet stage ended in a type error."""

import torch

from ser_core.features import FrontEnd
from ser_core.models import AUDIO, EmotionModel, build_model
from ser_core.recipes import Recipe, Stage
from ser_core.tasks import ClassTask, Labels
from ser_core.training import device
from ser_core.training.examples import Examples
from ser_core.training.loop import Trainer


def tiny_recipe(objective: str) -> Recipe:
    """One epoch of one objective."""
    return Recipe(
        name="tiny",
        title="",
        summary="",
        source="",
        stages=(Stage(name=objective, objective=objective, epochs=1, utterances_per_class=4),),
        front_end=FrontEnd(mel_bands=8),
        encoder_options={"channels": [4], "stem": 4},
        embedding_size=4,
    )


def tiny_model(recipe: Recipe) -> EmotionModel:
    """Two classes."""
    return build_model(
        recipe.encoder,
        recipe.encoder_options,
        features=8,
        embedding_size=4,
        heads={"emotion": 2},
        dropout=recipe.dropout,
    )


def test_every_objective_trains_where_the_model_computes_in_bfloat16(monkeypatch):
    monkeypatch.setattr(device, "has_fast_bfloat16", lambda chosen: True)
    random = torch.Generator().manual_seed(0)
    frames = [torch.randn(12 + index % 3, 8, generator=random) for index in range(16)]
    targets = torch.arange(16).remainder(2).numpy()
    for objective in ("softmax", "triplet"):
        recipe = tiny_recipe(objective)
        trainer = Trainer(
            recipe,
            tiny_model(recipe),
            Examples({AUDIO: frames}, {"emotion": Labels(targets, targets >= 0)}, targets),
            None,
            tasks=[ClassTask("emotion", ("neutral", "sad"))],
            seed=0,
            device=torch.device("cpu"),
        )
        assert device.autocast(trainer.device).__class__ is torch.autocast
        trainer.run()
        assert all(torch.isfinite(value).all() for value in trainer.model.state_dict().values())
