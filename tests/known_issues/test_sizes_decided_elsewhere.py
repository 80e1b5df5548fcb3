"""An address, a card or a file that another person wrote decides no amount of memory by itself.

A link to *Train* took 2.9 GB before anything was pressed, a checkpoint's card 4.4 GB.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from ser_core.checkpoints import load_checkpoint
from ser_core.checkpoints.folder import write_digests
from ser_core.errors import CheckpointError, ConfigError
from ser_core.features import FrontEnd, frames_of, frames_shape
from ser_core.recipes import load_recipe
from ser_core.training.architecture import architecture_of
from ser_core.training.fit import parameter_count
from tests.pages.conftest import opened as opened
from tests.pages.shown import texts
from tests.pages.test_train import agreed, no_process, reloaded
from ui import cache

MEGABYTES = 100  # that looking at a recipe or a card may take, of the gigabytes that it describes

HUGE = [
    ("quick", "encoder_options.channels=[4000, 4000]"),
    ("quick", "embedding_size=65536"),
    ("kumar-2020", "encoder_options.channels=[3000, 3000]"),
    ("dai-2019-mel", "encoder_options.units=65536"),
    ("lian-2018-pdt", "stages.0.options.hidden=65536"),
]
# Few parameters, but very many blocks, steps or values.
ENDLESS = [
    ("quick", "encoder_options.blocks=65536", "1 to 33 blocks in each of 3 stages"),
    ("quick", f"encoder_options.channels={[8] * 3000}", "at most 50 numbers for channels; got 3000"),
    ("dai-2019-stft", "encoder_options.channels=[60000, 1, 1]", "at most 50000000 values per second of speech"),
    ("quick", "front_end.transform_length=1000000", "transform_length between 1 and 16384"),
    ("quick", "front_end.duration_seconds=3600", "duration_seconds between 0 and 60"),
    ("quick", "front_end.mel_bands=4096", "mel_bands between 1 and 1024"),
    ("dai-2019-stft", "front_end.hop_seconds=0.001", "spectra of at most 300000 values per second"),
]

LOOK = """
import json, resource, sys
from pathlib import Path
from ser_core.checkpoints import load_checkpoint
from ser_core.errors import SerError
from ser_core.recipes import load_recipe
from ser_core.training.architecture import architecture_of

architecture_of(load_recipe("quick"), emotions=4)
load_checkpoint(Path(sys.argv[1]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for recipe, change in json.loads(sys.argv[3]):
    for more in ([], ["parameter_limit=1000000000000"]):
        try:
            architecture_of(load_recipe(recipe, [change, *more]), emotions=4)
        except SerError:
            pass
try:
    load_checkpoint(Path(sys.argv[2]))
except SerError:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.mark.parametrize(("recipe", "change"), HUGE)
def test_a_larger_model_than_the_recipe_allows_is_refused_with_its_size_and_the_way_to_allow_it(recipe, change):
    with pytest.raises(ConfigError, match=r"at most 10000000 parameters \(parameter_limit\).*got (\d+)") as told:
        architecture_of(load_recipe(recipe, [change]), emotions=4)
    size = int(str(told.value).partition("; got ")[2].partition(".")[0])
    allowed = load_recipe(recipe, [change, f"parameter_limit={size}"])
    assert architecture_of(allowed, emotions=4).parameters == parameter_count(allowed, {"emotion": 4})
    with pytest.raises(ConfigError):
        parameter_count(load_recipe(recipe, [change, f"parameter_limit={size - 1}"]), {"emotion": 4})


@pytest.mark.parametrize(("recipe", "change", "told"), ENDLESS)
def test_settings_that_need_time_or_memory_without_end_are_refused_with_their_range(recipe, change, told):
    with pytest.raises(ConfigError, match=told):
        architecture_of(load_recipe(recipe, [change]), emotions=4)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"kind": "log-stft", "transform_length": 400, "window_seconds": 0.02, "hop_seconds": 0.01},
        {"longest_seconds": 0.5},
        {"duration_seconds": 0.7},
        {"duration_seconds": 5.0},
        {"longest_seconds": 0.9, "duration_seconds": 0.3},
    ],
)
def test_the_size_of_an_utterances_frames_is_known_before_they_are_computed(settings):
    front_end = FrontEnd(trim=False, level=False, **settings)
    for samples in (1, 255, 256, 16_000, 33_333):
        (frames,) = frames_of([torch.zeros(samples).numpy()], front_end)
        assert frames_shape(samples, front_end) == tuple(frames.shape)


def hostile(checkpoint: Path, folder: Path, **settings) -> Path:
    """Copy a checkpoint, and let its card describe another model."""
    shutil.copytree(checkpoint, folder)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    for key, value in settings.items():
        card["settings"][key] = value
    card["embedding_size"] = card["settings"]["embedding_size"]
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    write_digests(folder)
    return folder


@pytest.mark.parametrize(
    "settings",
    [
        {"encoder": "residual", "encoder_options": {"channels": [6000, 6000]}},
        {"encoder": "lstm", "encoder_options": {"units": 20_000}},
        {"embedding_size": 65_536},
        {"encoder": "dai", "encoder_options": {"units": 30_000}},
    ],
    ids=str,
)
def test_a_card_is_compared_with_the_header_of_its_weights_before_a_model_is_built(
    tiny_checkpoint, tmp_path, monkeypatch, settings
):
    from ser_core.checkpoints import store

    built = []
    fresh = store.fresh_model
    monkeypatch.setattr(store, "fresh_model", lambda *a: (built.append(fresh(*a)), built[-1])[1])
    folder = hostile(tiny_checkpoint, tmp_path / "hostile", **settings)
    with pytest.raises(CheckpointError, match=r"Expected weights that fit the card of .*(no model|of shape)"):
        load_checkpoint(folder)
    assert all(weight.is_meta for model in built for weight in model.parameters())


def test_looking_at_huge_recipes_and_cards_takes_no_memory(tiny_checkpoint, tmp_path):
    huge = hostile(tiny_checkpoint, tmp_path / "huge", encoder="residual", encoder_options={"channels": [6000, 6000]})
    changes = json.dumps([*HUGE, *((recipe, change) for recipe, change, _ in ENDLESS)])
    told = subprocess.run(
        [sys.executable, "-c", LOOK, str(tiny_checkpoint), str(huge), changes],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert float(told.stdout) < MEGABYTES


def test_settings_and_paths_of_an_address_are_shown_and_used_only_once_the_visitor_agrees(
    opened, monkeypatch, tiny_corpus
):
    monkeypatch.setattr("ser_core.training.jobs._spawn", no_process)
    assert opened("train")
    read = []
    address = {
        "corpus": "table",
        "path": str(tiny_corpus),
        "recipe": "kumar-2020",
        "settings": "encoder_options.channels=[4000,4000]",
    }
    open_corpus = cache.corpus
    with monkeypatch.context() as patch:
        patch.setattr(cache, "corpus", lambda spec: (read.append(spec), open_corpus(spec))[1])
        app = reloaded(address)
    assert not app.exception
    assert not app.error
    assert {*read} <= {"demo", "emodb-clips"}  # whose clips Home plays, where the app begins
    assert [one.value for one in app.code][:2] == [str(tiny_corpus), "encoder_options.channels=[4000,4000]"]
    assert (app.text_input[0].value, app.text_area[0].value) == ("", "")
    asked = agreed(app)
    assert "at most 10000000 parameters" in texts(asked.error)
    assert asked.text_input[0].value == str(tiny_corpus)


def test_what_an_address_brings_can_be_left_out_and_is_not_asked_again(opened):
    assert opened("train")
    app = reloaded({"recipe": "quick", "settings": "dropout=0.5"})
    next(one for one in app.button if one.label == "Leave it out").click().run()
    assert app.text_area[0].value == ""
    assert "settings" not in app.query_params
    assert not [one for one in app.run().button if one.label == "Use it"]
