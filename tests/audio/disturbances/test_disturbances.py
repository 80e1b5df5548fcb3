"""What every disturbance promises, over the whole table, and what each does, by its definition."""

import numpy as np
import pytest
from scipy import signal

from ser_core.audio.activity import speech_spans
from ser_core.audio.disturbances import DISTURBANCES, babble
from ser_core.audio.disturbances.microphone import response
from ser_core.audio.disturbances.noise import pink
from ser_core.errors import ConfigError, InputError
from ser_core.seeding import stream

RATE = 16_000
STRENGTHS = {
    "white-noise": 10.0, "pink-noise": 10.0, "room": 0.3, "telephone": 40.0, "microphone": 6.0, "gain": -6.0,
    "clipping": 12.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def speech():
    """Half a second of silence, three seconds with the harmonics and syllables of a voice, silence again."""
    seconds = np.arange(3 * RATE) / RATE
    phase = 2 * np.pi * np.cumsum(140 + 30 * np.sin(2 * np.pi * 2.5 * seconds)) / RATE
    voice = sum(np.sin(number * phase) / number for number in range(1, 25)) * (1 + np.sin(2 * np.pi * 4 * seconds)) / 8
    return np.concatenate([np.zeros(RATE // 2), voice, np.zeros(RATE)]).astype(np.float32)


def disturbed(name, samples, strength=None, seed=0, rate=RATE):
    return DISTURBANCES[name](samples, rate, STRENGTHS[name] if strength is None else strength, stream(seed, name))


def decibels(power):
    return 10 * np.log10(power)


def test_every_disturbance_is_tried_here():
    assert set(STRENGTHS) == set(DISTURBANCES)


@pytest.mark.parametrize("name", DISTURBANCES)
def test_a_disturbance_is_a_pure_function_of_as_many_samples(name, speech):
    before = speech.copy()
    first, second = disturbed(name, speech), disturbed(name, speech)
    assert first.dtype == np.float32
    assert first.shape == speech.shape
    assert np.isfinite(first).all()
    assert (first == second).all()
    assert (speech == before).all()
    assert (first != speech).any()


@pytest.mark.parametrize("name", ["white-noise", "pink-noise", "room", "microphone"])
def test_another_draw_gives_another_sound(name, speech):
    assert (disturbed(name, speech) != disturbed(name, speech, seed=1)).any()


@pytest.mark.parametrize("name", DISTURBANCES)
def test_a_stronger_or_weaker_one_is_another_sound_and_none_beyond_the_range_is_allowed(name, speech):
    entry = DISTURBANCES[name]
    other = STRENGTHS[name] * 1.5
    assert (disturbed(name, speech) != disturbed(name, speech, other)).any()
    for wrong in (entry.lowest - 1, entry.highest + 1, float("nan")):
        with pytest.raises(ConfigError, match="strength of"):
            disturbed(name, speech, wrong)


@pytest.mark.parametrize("name", DISTURBANCES)
@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100])
def test_silence_a_click_and_nothing_pass_at_any_sample_rate(name, rate):
    assert not disturbed(name, np.zeros(rate // 10), rate=rate).any()
    click = np.zeros(rate // 10)
    click[7] = 0.5
    assert np.isfinite(disturbed(name, click, rate=rate)).all()
    assert disturbed(name, np.zeros(0), rate=rate).shape == (0,)


@pytest.mark.parametrize("name", DISTURBANCES)
def test_what_is_not_one_finite_channel_is_refused(name):
    with pytest.raises(InputError, match="one channel"):
        disturbed(name, np.zeros((2, 10)))
    with pytest.raises(InputError, match="not finite"):
        disturbed(name, np.array([0.0, np.nan]))


@pytest.mark.parametrize("ratio", [-5.0, 0.0, 10.0, 25.0])
@pytest.mark.parametrize("name", ["white-noise", "pink-noise", "babble"])
def test_noise_stands_at_its_ratio_to_the_power_of_the_active_speech(name, ratio, speech, random):
    change = babble([random.standard_normal(RATE), speech[RATE:]]) if name == "babble" else DISTURBANCES[name].change
    noise = change(speech.astype(np.float64), RATE, ratio, stream(1, "noise")) - speech
    spans = speech_spans(speech, sample_rate=RATE)
    assert spans
    active = np.concatenate([speech[round(start * RATE) : round(end * RATE)] for start, end in spans])
    found = decibels(np.mean(active.astype(np.float64) ** 2) / np.mean(noise**2))
    assert found == pytest.approx(ratio, abs=0.1)
    everything = decibels(np.mean(speech.astype(np.float64) ** 2) / np.mean(noise**2))
    assert everything < ratio - 0.5  # pauses would have made the noise softer


def test_white_noise_has_equal_power_per_hertz_and_pink_noise_per_octave(random):
    length = 60 * RATE
    for noise, power_of_hertz in ((random.standard_normal(length), 0.0), (pink(length, RATE, random), -1.0)):
        hertz, density = signal.welch(noise, RATE, nperseg=8_192)
        inside = (hertz > 50) & (hertz < 7_500)
        slope = np.polyfit(np.log(hertz[inside]), np.log(density[inside]), 1)[0]
        assert slope == pytest.approx(power_of_hertz, abs=0.05)


def test_babble_is_made_of_the_given_voices_alone_each_as_loud_as_the_others():
    seconds = np.arange(RATE) / RATE
    soft, loud = 0.01 * np.sin(2 * np.pi * 500 * seconds), np.sin(2 * np.pi * 1_500 * seconds)
    shares = np.zeros(2)
    for seed in range(30):
        noise = babble([soft, loud])(np.ones(RATE), RATE, 0.0, stream(seed, "babble")) - 1
        spectrum = np.abs(np.fft.rfft(noise)) ** 2
        found = np.array([spectrum[500], spectrum[1_500]])
        assert found.sum() / spectrum.sum() > 0.999
        shares += found / found.sum() / 30
    assert shares == pytest.approx([0.5, 0.5], abs=0.12)


def test_babble_without_voices_is_refused():
    for clips in ([], [np.zeros(100)]):
        with pytest.raises(InputError, match="Expected clips of speech for the babble"):
            babble(clips)


@pytest.mark.parametrize("strength", [20.0, 60.0])
@pytest.mark.parametrize("rate", [8_000, 16_000, 48_000])
def test_a_telephone_passes_its_band_and_weakens_the_rest_by_so_much_without_delay(strength, rate):
    click = np.zeros(rate)
    click[rate // 2] = 1.0
    heard = disturbed("telephone", click, strength, rate=rate).astype(np.float64)
    assert np.argmax(np.abs(heard)) == rate // 2
    spectrum = decibels(np.abs(np.fft.rfft(heard)) ** 2 + 1e-12)  # a bin a hertz
    assert spectrum[380:3_300] == pytest.approx(0, abs=0.5)
    outside = np.concatenate([spectrum[1:200], spectrum[3_550 : rate // 2]])
    assert outside == pytest.approx(-strength, abs=2)


def test_a_microphone_has_the_drawn_response_and_no_delay():
    click = np.zeros(RATE)
    click[RATE // 2] = 1.0
    heard = disturbed("microphone", click, 6.0).astype(np.float64)
    assert np.argmax(np.abs(heard)) == RATE // 2
    hertz, gains = response(RATE, 6.0, stream(0, "microphone"))
    assert np.abs(gains).max() <= 6
    assert np.ptp(gains) > 2
    spectrum = decibels(np.abs(np.fft.rfft(heard)) ** 2)
    between = np.arange(70, 4_000)
    expected = np.interp(np.log(between), np.log(hertz), gains)
    assert np.abs(spectrum[between] - expected).max() < 1.0


def test_gain_and_clipping_are_by_their_definitions(speech):
    assert disturbed("gain", speech, 20.0) == pytest.approx(10 * speech, rel=1e-6)
    cut = disturbed("clipping", speech, 6.0)
    limit = np.abs(speech).max() / 10 ** (6 / 20)
    assert cut == pytest.approx(np.sign(speech) * np.minimum(np.abs(speech), limit), rel=1e-5)
    assert (disturbed("clipping", speech, 0.0) == speech).all()
