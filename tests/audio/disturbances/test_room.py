"""Rooms: images against a walk through every reflection, the decay against what was asked."""

import itertools

import numpy as np
import pytest
from scipy import stats

from ser_core.audio.disturbances import DISTURBANCES
from ser_core.audio.disturbances.room import SOUND, _images, reverberation_time, room_response

RATE = 16_000


def test_the_images_are_those_that_mirrors_make_one_after_the_other():
    sides, mouth, ear = np.array([3.0, 2.5, 2.2]), np.array([1.0, 0.7, 1.5]), np.array([2.2, 1.9, 0.8])
    reach = 9.0
    seen, waiting = {tuple(mouth.round(6)): 0}, [(tuple(mouth), 0)]
    while waiting:  # mirror every image at every wall, nearest first in reflections
        place, order = waiting.pop(0)
        for axis, wall in itertools.product(range(3), (0.0, 1.0)):
            mirrored = list(place)
            mirrored[axis] = 2 * wall * sides[axis] - place[axis]
            key = tuple(np.round(mirrored, 6))
            if key not in seen and np.linalg.norm(np.array(mirrored) - ear) <= 4 * reach and order < 12:
                seen[key] = order + 1
                waiting.append((tuple(mirrored), order + 1))
    expected = sorted(
        (round(float(np.linalg.norm(np.array(place) - ear)), 4), order)
        for place, order in seen.items()
        if np.linalg.norm(np.array(place) - ear) <= reach
    )
    distances, orders = _images(sides, mouth, ear, reach=reach)
    found = sorted((round(float(distance), 4), int(order)) for distance, order in zip(distances, orders, strict=True))
    assert found == expected


def test_the_time_of_an_exponential_decay_is_measured(random):
    for seconds in (0.2, 0.5, 1.0):
        time = np.arange(round(1.5 * seconds * RATE)) / RATE
        noise = random.standard_normal(len(time)) * 10 ** (-3 * time / seconds)
        assert reverberation_time(noise, RATE) == pytest.approx(seconds, rel=0.05)


@pytest.mark.parametrize("seconds", [0.15, 0.2, 0.35, 0.6])
@pytest.mark.parametrize("seed", range(3))
def test_a_room_has_the_reverberation_time_that_was_asked_for(seconds, seed):
    response = room_response(RATE, seconds, np.random.default_rng(seed))
    energy = np.cumsum(np.square(response)[::-1])[::-1]  # Schroeder (1965), here step by step
    levels = 10 * np.log10(energy[energy > 0] / energy[0])
    falling = np.flatnonzero((levels < -5) & (levels > -35))
    slope = stats.linregress(falling / RATE, levels[falling]).slope
    assert -60 / slope == pytest.approx(seconds, rel=0.1)


def test_the_first_sound_is_the_direct_one_one_over_its_distance():
    for seed in range(5):
        response = room_response(RATE, 0.3, np.random.default_rng(seed))
        first = np.flatnonzero(response)[0]
        assert response[first] == pytest.approx(RATE / SOUND / first, rel=0.05)


def test_speech_in_a_room_starts_when_it_did_and_is_as_strong(random):
    samples = np.zeros(RATE)
    samples[4_000:9_000] = 0.1 + random.standard_normal(5_000) / 100
    for seed in range(5):
        heard = DISTURBANCES["room"](samples, RATE, 0.3, np.random.default_rng(seed))
        assert np.abs(heard[:4_000]).max() < 1e-6
        assert heard[4_000] > 0.005
        assert np.abs(heard[9_000:9_400]).max() > 1e-3  # it rings
        assert np.mean(heard**2) == pytest.approx(np.mean(samples**2), rel=1e-4)
