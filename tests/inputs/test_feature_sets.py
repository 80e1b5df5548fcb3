"""Sets of features as inputs: the same in any company, of the prepared signal, cropped as frames, refused by advice."""

import dataclasses
import subprocess
import sys

import numpy as np
import pytest
import torch

from ser_core.errors import ConfigError
from ser_core.features.feature_sets import feature_values
from ser_core.features.front_end import prepared_signal
from ser_core.inputs import INPUTS, inputs_of
from ser_core.inputs.feature_sets import FEATURE_INPUTS
from ser_core.models import Padded
from ser_core.recipes import Augmentation, InputSettings, Recipe, Stage
from ser_core.recipes.recipe import FrontEnd

KINDS = ["log-mel-128", "spectral-193-hsf2", "short-term-34"]
RECIPE = Recipe("r", "t", "s", "o", (Stage("only"),))


def test_every_kind_is_an_input_and_may_stand_in_the_place_of_the_front_end():
    assert set(FEATURE_INPUTS) <= set(INPUTS)
    for kind in FEATURE_INPUTS:
        (found,) = inputs_of(dataclasses.replace(RECIPE, front_end=FrontEnd(kind, high_pass_hertz=75))).values()
        assert (found.kind, found.high_pass_hertz) == (kind, 75)


@pytest.mark.parametrize("kind", KINDS)
def test_the_values_are_those_of_the_prepared_signal_alone_and_in_any_company(kind, random):
    signals = [0.1 * random.standard_normal(length).astype(np.float32) for length in (9_000, 20_000, 16_000)]
    source = FEATURE_INPUTS[kind](high_pass_hertz=75.0, longest_seconds=1.0)
    for signal, values in zip(signals, source.of_signals(signals), strict=True):
        samples = np.array(prepared_signal(signal, source))
        expected = feature_values(samples, kind, sample_rate=16_000)
        np.testing.assert_array_equal(values.numpy(), expected)
        assert torch.equal(source.of_signals([signal])[0], values)


def test_librosa_is_loaded_by_the_first_values_that_need_it_and_not_before():
    loaded = "print(sorted({'librosa', 'numba'} & set(sys.modules)))\n"
    script = (
        "import sys, numpy\n"
        "import ser_core.inference, ser_core.training.plan\n"
        "from ser_core.inputs import INPUTS\n"
        "voice = [numpy.sin(numpy.arange(9_000, dtype=numpy.float32))]\n"
        "INPUTS['short-term-68']().of_signals(voice), INPUTS['mfcc-40-hsf2']().of_signals(voice)\n"
        f"{loaded}INPUTS['spectral-193']().of_signals(voice)\n{loaded}"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.split("\n")[0] == "[]"
    assert "librosa" in result.stdout.split("\n")[1]


def test_frames_are_cropped_and_statistics_are_not():
    padded = Padded(torch.ones(4, 20, 3), torch.full((4,), 20))
    random = torch.Generator().manual_seed(0)
    plain = {"mean": torch.zeros(3), "deviation": torch.ones(3)}
    shorter = FEATURE_INPUTS["mfcc-40"]().augment(padded, Augmentation(crop=0.9), random, **plain)
    assert shorter.values.shape[1] < 20
    assert FEATURE_INPUTS["mfcc-40-hsf1"]().augment(padded, Augmentation(crop=0.9), random, **plain) is padded


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        (
            InputSettings("spectral-193", "fc", {"sample_rate": 12_000}),
            "between 12801 and 48000 Hz.*got 12000. Correct",
        ),
        (InputSettings("mfcc-40", "fc", {"sample_rate": 96_000}), "between 8000 and 48000 Hz.*mfcc-40; got 96000"),
        (InputSettings("mfcc-40", "fc", {"mel_bands": 3}), r"\[inputs.it.options\]; got 'mel_bands'"),
        (InputSettings("mfcc-40-hfs1", "fc"), "Did you mean 'mfcc-40-hsf1'"),
        (InputSettings("mfcc-40", "fc", {"longest_seconds": -1.0}), "longest_seconds between 0 and 3600"),
    ],
)
def test_a_setting_that_a_set_cannot_have_gets_advice(settings, advice):
    with pytest.raises(ConfigError, match=advice):
        inputs_of(dataclasses.replace(RECIPE, inputs={"it": settings}))
