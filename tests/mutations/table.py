"""All mutations, by name."""

from collections.abc import Mapping

from tests.mutations import (
    of_evaluation,
    of_inputs,
    of_learning,
    of_lessons,
    of_spaces,
    of_steps,
    of_tasks,
    of_training,
    of_worth,
)
from tests.mutations.mutation import Mutation

ROOMS = (of_training, of_steps, of_evaluation, of_learning, of_inputs, of_spaces, of_tasks, of_lessons, of_worth)
MUTATIONS: Mapping[str, Mutation] = {mutation.name: mutation for room in ROOMS for mutation in room.MUTATIONS}

# A few of each room, some seconds each: what CI runs.
SHORT = (
    "temperature-of-training",
    "test-speakers-in-training",
    "confusion-turned",
    "svm-unbalanced",
    "p-values-halved",
    "margin-turned",
    "semi-hard-takes-hard",
    "radians",
    "utterance-returned-twice",
)
