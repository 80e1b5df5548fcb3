"""The table of mutations fits the present source, and the runner tells an assertion from any other failure."""

import re

import pytest

from tests.mutations.mutation import REPOSITORY, Mutation
from tests.mutations.table import MUTATIONS, ROOMS, SHORT
from tests.mutations.trying import tried

NAMED = (
    "frame-statistics-of-everyone",
    "temperature-of-training",
    "ranges-of-training",
    "head-always-chooses",
    "no-weight-decay",
    "no-clipping",
    "svm-unbalanced",
    "p-values-halved",
)


def test_every_room_has_its_mutations_and_no_name_comes_twice():
    listed = [item.name for room in ROOMS for item in room.MUTATIONS]
    assert listed == list(MUTATIONS)
    assert set(NAMED) <= set(MUTATIONS)
    assert len(MUTATIONS) >= len(NAMED) + 40


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)
def test_it_applies_once_and_gives_a_program_and_its_tests_exist(mutation):
    changed = mutation.applied((REPOSITORY / mutation.file).read_text(encoding="utf-8"))
    if mutation.file.endswith(".py"):
        compile(changed, mutation.file, "exec")
    assert "\n" not in mutation.wrong
    for name in mutation.tests:
        file, _, test = name.partition("::")
        source = (REPOSITORY / file).read_text(encoding="utf-8")
        assert re.search(rf"^def {test or 'test_'}", source, re.MULTILINE), name


def test_a_text_that_is_not_there_or_there_twice_is_an_error():
    mutation = Mutation("m", "wrong", "file.py", "old", "new", ())
    assert mutation.applied("an old text") == "an new text"
    for source in ("nothing", "old and old"):
        with pytest.raises(ValueError, match=r"once in file\.py; got it (0|2) times"):
            mutation.applied(source)


def test_what_no_longer_applies_is_reported_as_broken_with_the_reason(tmp_path):
    (tmp_path / "adding.py").write_text("def add(a, b):\n    return a + b\n")
    for file, reason in (("adding.py", "got it 0 times"), ("gone.py", "No such file")):
        found = tried(Mutation("m", "wrong", file, "a - b", "a + b", ()), tmp_path)
        assert found.outcome == "broken"
        assert reason in found.reason


def test_the_short_selection_is_short_and_has_some_of_most_rooms():
    assert set(SHORT) <= set(MUTATIONS)
    assert 6 <= len(SHORT) <= 10
    assert sum(any(mutation.name in SHORT for mutation in room.MUTATIONS) for room in ROOMS) >= 4


@pytest.mark.parametrize(
    ("new", "outcome"),
    [("a - b", "caught"), ("b + a", "survived"), ("a + b + missing", "broken"), ("a +", "broken")],
    ids=["wrong", "the same", "an exception", "no program"],
)
def test_only_an_assertion_that_fails_catches(tmp_path, new, outcome):
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "adding.py").write_text("def add(a, b):\n    return a + b\n")
    (tree / "test_adding.py").write_text("from adding import add\n\ndef test_add():\n    assert add(1, 2) == 3\n")
    mutation = Mutation("m", "wrong", "adding.py", "a + b", new, ("test_adding.py",))
    assert tried(mutation, tree).outcome == outcome
    assert (tree / "adding.py").read_text() == "def add(a, b):\n    return a + b\n"
