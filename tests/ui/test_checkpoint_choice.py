"""Until the visitor chooses, the model is one that learned from the kind of voice it is to judge."""

import dataclasses
from pathlib import Path
from types import SimpleNamespace

import pytest

from ser_core.checkpoints import Entry, available
from ui.components.checkpoint_choice import fitting


@pytest.fixture
def shipped(workspace: Path) -> list[Entry]:
    return available()


def test_people_are_judged_by_the_model_of_people_and_artificial_voices_by_that_of_artificial_ones(shipped):
    for order in (shipped, shipped[::-1]):  # whatever comes first in the list
        people, artificial = fitting(order, artificial=False), fitting(order, artificial=True)
        assert people is not None
        assert people.name == "people"
        assert artificial is not None
        assert artificial.name == "demo-residual"


def test_without_such_a_model_another_one_that_tells_emotions_is_taken(shipped):
    of_artificial = [entry for entry in shipped if entry.card.artificial]
    no_emotions = Entry("ratings", Path("ratings"), SimpleNamespace(labels=(), artificial=False))
    assert fitting([no_emotions, *of_artificial], artificial=False) is of_artificial[0]
    assert fitting([no_emotions], artificial=False) is no_emotions  # which says itself why it cannot be used
    assert fitting([], artificial=False) is None


def test_a_model_made_here_does_not_replace_one_that_ships(shipped):
    mine = Entry("runs/mine", Path("runs/mine"), next(entry.card for entry in shipped if not entry.card.artificial))
    found = fitting([*shipped, mine], artificial=False)
    assert found is not None
    assert found.name == "people"
    older = Entry("runs/older", Path("runs/older"), dataclasses.replace(mine.card, created="2020-01-01T00:00:00+00:00"))
    own = fitting([*shipped, older, mine], artificial=False, own=True)
    assert own is mine  # but on a page about one's own model it does
    assert fitting(shipped, artificial=False, own=True) is fitting(shipped, artificial=False)
