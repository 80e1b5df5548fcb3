"""Libraries are set aside from garbage collection when they have been loaded, and nothing else is later."""

import gc
import sys
import types
from collections.abc import Iterator

import pytest

from ui import garbage


@pytest.fixture(autouse=True)
def _as_at_the_start() -> Iterator[None]:
    garbage._set_aside.cache_clear()
    yield
    garbage._set_aside.cache_clear()
    gc.unfreeze()


def test_what_libraries_brought_is_no_longer_looked_at(monkeypatch):
    garbage.spare_libraries()
    brought = [[] for _ in range(1000)]
    monkeypatch.setitem(sys.modules, "just loaded", types.ModuleType("just loaded"))
    garbage.spare_libraries()
    assert not any(one is brought for one in gc.get_objects())
    assert gc.get_freeze_count() > 1000


def test_what_a_visitor_brings_later_is_looked_at():
    garbage.spare_libraries()
    aside = gc.get_freeze_count()
    later: list = []
    later.append(later)
    garbage.spare_libraries()
    assert any(one is later for one in gc.get_objects())
    assert gc.get_freeze_count() == aside


def test_garbage_is_collected_before_anything_is_set_aside():
    class Knot:
        alive = 0

        def __init__(self):
            self.itself = self
            Knot.alive += 1

        def __del__(self):
            Knot.alive -= 1

    Knot()
    garbage.spare_libraries()
    assert Knot.alive == 0


def test_what_was_set_aside_and_is_no_longer_used_goes_when_a_visitor_has_left(monkeypatch):
    class Knot:
        alive = 0

        def __init__(self):
            self.itself = self
            Knot.alive += 1

        def __del__(self):
            Knot.alive -= 1

    brought = Knot()
    monkeypatch.setitem(sys.modules, "just loaded", types.ModuleType("just loaded"))
    garbage.spare_libraries()
    del brought
    gc.collect()
    assert Knot.alive == 1
    garbage.collect_all()
    assert Knot.alive == 0
    assert gc.get_freeze_count() > 1000
