"""Every recipe trains from the command line on parts of RAVDESS and EmoDB, in their layouts, and on the demo corpus."""

import shutil

import pytest

from ser_core.checkpoints import load_checkpoint
from ser_core.cli import main
from ser_core.recipes import load_recipe
from ser_core.recipes.recipe import shipped_recipes

pytestmark = pytest.mark.real

# One sentence of eight actors; two sentences of everybody.
PARTS = {"ravdess": "Actor_0[1-8]/03-01-*-*-01-01-*.flac", "emodb": "wav/??a0[12]*"}


@pytest.fixture(scope="module")
def part(real_data, tmp_path_factory):
    """Copy a part of a corpus, so that a run takes seconds, and name it as a command does."""

    def named(kind):
        if kind == "demo":
            return kind
        if not (real_data / kind).is_dir():
            pytest.skip(f"Expected {kind} in {real_data}; it is not there.")
        target = tmp_path_factory.getbasetemp() / kind
        for source in (real_data / kind).glob(PARTS[kind]):
            path = target / source.relative_to(real_data / kind)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                shutil.copyfile(source, path)
        return f"{kind}:{target}"

    return named


@pytest.mark.parametrize("kind", [*PARTS, "demo"])
@pytest.mark.parametrize("name", shipped_recipes())
def test_a_recipe_trains_from_the_command_line(name, kind, part, tmp_path):
    changes = ["front_end.duration_seconds=1.0"] if name.startswith("lian") else []
    for number, stage in enumerate(load_recipe(name).stages):
        changes.append(f"stages.{number}.epochs=1")
        if stage.pairs_per_epoch:
            changes.append(f"stages.{number}.pairs_per_epoch=64")
        if stage.utterances_per_class:
            changes.append(f"stages.{number}.utterances_per_class=2")
    command = ["train", "--corpus", part(kind), "--recipe", name, "--out", str(tmp_path / "run")]
    assert main([*command, *(word for change in changes for word in ("--set", change))]) == 0
    checkpoint = load_checkpoint(tmp_path / "run" / "checkpoint")
    assert checkpoint.card.corpus == kind
    assert checkpoint.card.recipe == name
