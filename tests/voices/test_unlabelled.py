"""The shift by unlabelled clips, against its equation in plain loops."""

import math

import numpy as np
import pytest

from ser_core.geometry.angles import unit
from ser_core.inference import Reader
from ser_core.models.running import run_head
from ser_core.voices import alike_text, mixed_share, shifting, unlabelled_shifts


def means_by_hand(model):
    """The mean of the class means of unit training embeddings, one number after the other."""
    totals = []
    for number in range(len(model.labels)):
        rows = unit(model.training_embeddings[model.training_targets == number])
        totals.append([sum(column) / len(rows) for column in zip(*rows.tolist(), strict=True)])
    return [sum(column) / len(totals) for column in zip(*totals, strict=True)]


def degrees_between(first, second):
    lengths = math.hypot(*first) * math.hypot(*second)
    return math.degrees(math.acos(sum(a * b for a, b in zip(first, second, strict=True)) / lengths))


def between_directions(model):
    """The median angle between two directions of a model, in degrees."""
    ways = model.directions.tolist()
    found = sorted(degrees_between(one, other) for place, one in enumerate(ways) for other in ways[:place])
    half = len(found) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2


def fan(size, *degrees):
    """Unit vectors in one plane at so many degrees from the first."""
    found = np.zeros((len(degrees), size))
    found[:, 0], found[:, 1] = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return found


def test_the_shift_of_clips_that_differ_as_emotions_do_is_the_believed_share_of_the_way_to_their_mean(model):
    size, own = model.directions.shape[1], means_by_hand(model)
    wide = between_directions(model)
    speakers = [fan(size, 0, wide), fan(size, 0, 10, 20, wide), fan(size, *np.linspace(0, wide, 16))]
    found = unlabelled_shifts(model, speakers, model_counts=2.0)
    for row, clips in enumerate(speakers):
        count, there = len(clips), clips.mean(axis=0)
        expected = [count / (count + 2) * (one - here) for one, here in zip(there, own, strict=True)]
        assert found[row] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("share", "believed"), [(0.3, 0.0), (0.6, 0.0), (0.65, 0.25), (0.7, 0.5), (0.8, 1.0), (1, 1)])
def test_clips_are_believed_evenly_more_from_six_to_eight_tenths_of_the_angle_between_directions(
    model, share, believed
):
    widest = share * between_directions(model)
    clips = fan(model.directions.shape[1], 0, widest / 3, widest / 2, widest)
    assert mixed_share(model, clips) == pytest.approx(believed, abs=1e-4)
    (shift,) = unlabelled_shifts(model, [clips], model_counts=2.0)
    (whole,) = unlabelled_shifts(model, [np.array([clips[0], -clips[0]])], model_counts=0.0)
    middle = -whole  # of two opposite clips the mean is nothing
    assert shift == pytest.approx(believed * 4 / 6 * (clips.mean(axis=0) - middle), abs=1e-4)


def test_the_two_clips_that_are_least_alike_are_found_among_a_whole_corpus(model, random):
    size, wide = model.directions.shape[1], between_directions(model)
    many = fan(size, *random.uniform(0, 0.1 * wide, 1_500))
    assert mixed_share(model, many) == 0.0
    many[[7, 1_400]] = fan(size, 0, 0.7 * wide)
    assert mixed_share(model, many) == pytest.approx(0.5, abs=1e-4)


def test_a_person_heard_in_one_emotion_is_judged_as_if_nothing_were_known(model, random):
    radius = math.sin(math.radians(between_directions(model) / 4))
    for direction in unit(model.directions):
        noise = random.normal(size=(8, len(direction)))
        clips = unit(direction + radius * noise / np.linalg.norm(noise, axis=1, keepdims=True))
        assert not unlabelled_shifts(model, [clips], model_counts=2.0).any()


def test_a_planted_offset_of_clips_in_all_emotions_is_found_again(model, random):
    directions = unit(model.directions)
    offset = random.normal(size=directions.shape[1])
    offset *= 0.2 / np.linalg.norm(offset)
    clips = np.repeat(directions, 4, axis=0)
    (plain,) = unlabelled_shifts(model, [clips], model_counts=2.0)
    (moved,) = unlabelled_shifts(model, [clips + offset], model_counts=2.0)
    assert moved - plain == pytest.approx(len(clips) / (len(clips) + 2) * offset, abs=1e-9)


def test_no_clip_and_a_single_one_shift_nothing_even_where_the_model_counts_for_nothing(model):
    size = model.directions.shape[1]
    assert not unlabelled_shifts(model, [np.zeros((0, size)), fan(size, 40)], model_counts=0.0).any()


def test_a_speaker_who_is_believed_wholly_has_the_models_mean_afterwards(model, random):
    vectors = unit(random.normal(size=(40, model.directions.shape[1])).astype(np.float32))
    (shift,) = unlabelled_shifts(model, [vectors], model_counts=0.0)
    assert (vectors - shift).mean(axis=0) == pytest.approx(means_by_hand(model), abs=1e-6)


def test_what_is_not_taken_out_is_told():
    assert "nothing of it is taken out" in alike_text(0.0)
    assert "only 25 % of it is taken out" in alike_text(0.25)
    assert alike_text(1.0) == ""


def test_every_row_is_shifted_by_its_own_shift(model, random):
    size = model.directions.shape[1]
    vectors = random.normal(size=(4, size)).astype(np.float32)
    logits, shifts = run_head(model.model, vectors), random.normal(size=(4, size)) / 9
    together = Reader(model).corrected(shifting(model, shifts)).figures(vectors, logits)
    for row in range(4):
        alone = Reader(model).corrected(shifting(model, shifts[row])).figures(vectors[[row]], logits[[row]])
        for whole, single in zip(together, alone, strict=True):
            assert whole[row] == pytest.approx(single[0], rel=1e-5, abs=1e-5)
