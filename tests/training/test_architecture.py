"""A recipe's chain of blocks is that of the model that it trains."""

import pytest
import torch

from ser_core.errors import ConfigError
from ser_core.evaluation.back_ends import BACK_ENDS
from ser_core.models import ENCODERS
from ser_core.recipes import load_recipe, shipped_recipes
from ser_core.training.architecture import DECIDES, architecture_of
from ser_core.training.fit import parameter_count


@pytest.mark.parametrize("name", shipped_recipes())
def test_every_recipe_that_ships_is_told_from_the_utterance_to_the_decision(name):
    recipe = load_recipe(name)
    found = architecture_of(recipe, emotions=4)
    kinds = [block.kind for block in found.blocks]
    assert kinds[:2] == ["utterance", "front end"]
    assert kinds[-1] == "decision"
    heads = {task.kind: 4 if task.kind == "emotion" else 1 for task in recipe.tasks}
    after = ["head"] * len(heads) + ["stage"] * len(recipe.stages)
    assert kinds[-1 - len(after) : -1] == after
    assert found.parameters == parameter_count(recipe, heads)
    network = [block for block in found.blocks if block.kind not in ("stage", "decision")]
    assert sum(block.parameters for block in network) == found.parameters
    rows = found.rows()
    assert sum(row["weights"] for row in rows if not str(row["block"]).startswith("stage")) == found.parameters


def test_the_people_in_a_batch_are_told():
    stages = [
        block.detail for block in architecture_of(load_recipe("people"), emotions=9).blocks if block.kind == "stage"
    ]
    assert ["batches of 32, each of 4 speakers" in detail for detail in stages] == [True]


def test_the_front_end_hands_on_the_frames_that_the_papers_name():
    def frames(name: str) -> str:
        return next(block.shape for block in architecture_of(load_recipe(name), emotions=4).blocks[1:2])

    assert frames("lian-2018-pdt") == "400 frames × 257 bins"  # 4 s, whatever the utterance has
    assert frames("dai-2019-mel") == "301 frames × 128 bands"
    assert frames("dai-2019-stft") == "301 frames × 513 bins"


def test_a_changed_value_changes_the_chain():
    quick = architecture_of(load_recipe("quick", ["embedding_size=17", "stages.0.epochs=3"]), emotions=6)
    by_kind = {block.kind: block for block in quick.blocks}
    assert by_kind["embedding"].shape == "17 values"
    assert by_kind["head"].shape == "6 values"
    assert "at most 3 epochs" in next(block.detail for block in quick.blocks if block.kind == "stage")


def test_what_a_stage_brings_along_is_counted_apart():
    found = architecture_of(load_recipe("lian-2018-pdt"), emotions=4)
    stage = next(block for block in found.blocks if block.kind == "stage")
    assert stage.parameters == (512 * 128 + 128) + (128 * 2 + 2)  # the two layers that judge a pair
    assert "33% of one emotion" in stage.detail
    assert found.blocks[-1].detail == DECIDES["svm"]


def test_blocks_that_are_alike_stand_together():
    deep = architecture_of(load_recipe("kumar-2020", ["encoder=gru", "encoder_options.layers=12"]), emotions=8)
    counted = [(block.title, count) for block, count in deep.groups if block.kind == "recurrent"]
    assert counted == [("GRU layer", 1), ("GRU layer", 10)]
    assert "11 × GRU layer → attention pooling" in deep.summary()
    assert any(row["block"] == "10 × GRU layer" for row in deep.rows())


def test_every_back_end_has_words():
    assert set(DECIDES) == set(BACK_ENDS)


def test_nobody_elses_draws_change():
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    architecture_of(load_recipe("quick"), emotions=4)
    assert torch.equal(torch.rand(3), expected)


def test_an_utterance_without_a_sample_is_refused():
    with pytest.raises(ConfigError, match="Name a longer one"):
        architecture_of(load_recipe("quick"), emotions=4, seconds=0.0)


def test_an_encoder_that_looks_at_values_is_told_without_sizes(monkeypatch):
    class Packed(torch.nn.Module):
        def __init__(self, features: int) -> None:
            super().__init__()
            self.recurrent = torch.nn.GRU(features, 4, batch_first=True)
            self.size = 4

        def forward(self, frames: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
            packed = torch.nn.utils.rnn.pack_padded_sequence(frames, lengths.cpu(), batch_first=True)
            return self.recurrent(packed)[1][-1]

    monkeypatch.setitem(ENCODERS, "packed", Packed)
    found = architecture_of(load_recipe("quick", ["encoder=packed", "encoder_options={}"]), emotions=4)
    encoder = next(block for block in found.blocks if block.kind == "network")
    assert (encoder.title, encoder.shape) == ("Packed", "")
    assert encoder.parameters == 3 * 4 * (64 + 4 + 2)
    assert found.summary().startswith("log-mel spectrogram (188 frames × 64 bands) → Packed → embedding → head; ")
