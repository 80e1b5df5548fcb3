"""The audit of angles equals its rules in plain loops, and finds in Kumar's table what is known of it."""

import itertools
import time

import numpy as np
import pytest

from ser_core.geometry import audit as module
from ser_core.geometry.angle_table import AngleTable, angle_table
from ser_core.geometry.angles import angle_matrix
from ser_core.geometry.audit import NEAREST, TRIPLES, audit_angles
from ser_core.geometry.published import KUMAR_LABELS, PRINTED_ANGLES


def any_table(random: np.random.Generator, size: int, *, decimals: int = 3) -> AngleTable:
    angles = np.triu(random.uniform(0, 180, size=(size, size)).round(decimals), 1)
    return angle_table([f"{number:03d}" for number in range(size)], angles + angles.T)


def test_kumars_table_cannot_exist_since_neutral_to_sad_is_more_than_the_way_by_happy() -> None:
    found = audit_angles(angle_table(KUMAR_LABELS, PRINTED_ANGLES["kumar-2020-table-2"].angles))
    assert found.verdict == "impossible"
    assert found.smallest_eigenvalue == pytest.approx(-0.334, abs=5e-4)
    assert [vars(one) for one in found.violations] == [
        {"a": "neutral", "b": "sad", "via": "happy", "excess_degrees": 3.69}
    ]
    assert found.triples == 168
    assert found.circles_total == 0
    assert audit_angles(angle_table(KUMAR_LABELS, found.nearest_degrees)).verdict != "impossible"
    assert found.largest_change_degrees == pytest.approx(13.657, abs=1e-3)
    assert found.mean_change_degrees == pytest.approx(2.556, abs=1e-3)


def test_kumars_table_for_iemocap_cannot_exist_for_two_ways_over_excitement() -> None:
    printed = PRINTED_ANGLES["kumar-2020-table-4"]
    found = audit_angles(angle_table(printed.labels, printed.angles))
    assert found.verdict == "impossible"
    assert found.smallest_eigenvalue == pytest.approx(-0.360, abs=5e-4)
    assert {(one.a, one.b, one.via) for one in found.violations} == {
        ("sadness", "frustration", "excitement"),
        ("sadness", "happiness", "excitement"),
    }


def test_every_triple_that_breaks_a_rule_is_listed_largest_first(random: np.random.Generator) -> None:
    table = any_table(random, 9)
    angles, names = table.degrees, table.labels
    circles = []
    ways = [
        (angles[a, b] - angles[a, via] - angles[via, b], names[a], names[b], names[via])
        for a, b in itertools.combinations(range(9), 2)
        for via in range(9)
        if via not in (a, b) and angles[a, b] > angles[a, via] + angles[via, b] + 1e-6
    ]
    for a, b, c in itertools.combinations(range(9), 3):
        if angles[a, b] + angles[b, c] + angles[a, c] > 360 + 1e-6:
            circles.append((angles[a, b] + angles[b, c] + angles[a, c] - 360, names[a], names[b], names[c]))
    found = audit_angles(table)
    assert found.violations_total == len(ways) > 5
    assert found.circles_total == len(circles) > 5
    for one, (excess, *triple) in zip(found.violations, sorted(ways, reverse=True), strict=True):
        assert [one.a, one.b, one.via] == triple
        assert one.excess_degrees == pytest.approx(excess, abs=1e-8)
    for one, (excess, *triple) in zip(found.circles, sorted(circles, reverse=True), strict=True):
        assert [one.a, one.b, one.c] == triple
        assert one.excess_degrees == pytest.approx(excess, abs=1e-8)
    for a, b in itertools.permutations(range(9), 2):
        worst = max((one[0] for one in ways if {one[1], one[2]} == {names[a], names[b]}), default=0.0)
        assert found.excess[a, b] == pytest.approx(worst)


def test_of_three_directions_the_two_rules_and_the_eigenvalue_say_the_same(random: np.random.Generator) -> None:
    verdicts = set()
    for _ in range(200):
        found = audit_angles(any_table(random, 3))
        keeps = not found.violations_total and not found.circles_total
        assert keeps == (found.smallest_eigenvalue >= 0)
        verdicts.add(found.verdict)
    assert verdicts == {"possible", "impossible"}


def test_angles_of_real_directions_pass_and_are_their_own_nearest(random: np.random.Generator) -> None:
    for size in (2, 4, 30):  # 30 directions in a space of 6
        angles = angle_matrix(random.normal(size=(size, 6)))
        found = audit_angles(angle_table([str(number) for number in range(size)], angles))
        assert found.verdict != "impossible"
        assert (found.violations_total, found.circles_total, found.triples) == (
            0,
            0,
            size * (size - 1) * (size - 2) // 2,
        )
        assert found.largest_change_degrees < 1e-3


def test_what_rounding_explains_is_told_apart_from_what_it_does_not(random: np.random.Generator) -> None:
    directions = np.column_stack([np.cos(turn := np.radians([0, 20.4, 40.8, 61.2])), np.sin(turn)])
    exact = angle_matrix(directions)
    labels = ["a", "b", "c", "d"]
    assert audit_angles(angle_table(labels, exact.round())).verdict == "rounding"
    spread = exact.round()
    spread[0, 3] = spread[3, 0] = 66
    assert audit_angles(angle_table(labels, spread)).verdict == "impossible"
    for _ in range(50):
        angles = angle_matrix(random.normal(size=(6, 3)))
        assert audit_angles(angle_table([*labels, "e", "f"], angles.round(1))).verdict != "impossible"


def test_only_the_worst_triples_are_kept_and_all_are_counted(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = any_table(random, 12)
    everything = audit_angles(table)
    monkeypatch.setattr(module, "LISTED", 7)
    few = audit_angles(table)
    assert few.violations == everything.violations[:7]
    assert few.violations_total == everything.violations_total == len(everything.violations)


def test_the_record_has_what_the_contract_promises(random: np.random.Generator) -> None:
    found = audit_angles(any_table(random, 5))
    record = found.record()
    assert record["smallest_eigenvalue"] == found.smallest_eigenvalue
    assert set(record["violations"][0]) == {"a", "b", "via", "excess_degrees"}
    nearest = np.array(record["nearest"]["matrix_degrees"])
    changes = [abs(nearest[a, b] - found.table.degrees[a, b]) for a, b in itertools.combinations(range(5), 2)]
    assert record["nearest"]["largest_change_degrees"] == pytest.approx(max(changes), abs=1e-5)
    assert record["nearest"]["mean_change_degrees"] == pytest.approx(sum(changes) / 10, abs=1e-5)
    assert np.linalg.eigvalsh(np.cos(np.radians(nearest)))[0] > -1e-6
    np.testing.assert_array_equal(np.diag(nearest), 0)


def test_triples_of_two_hundred_labels_are_counted_within_seconds(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = any_table(random, 200)
    monkeypatch.setattr(module, "nearest_correlation", lambda matrix, **_: module.NearestCorrelation(matrix, 0, 0.0))
    before = time.process_time()
    found = audit_angles(table)
    assert time.process_time() - before < 5
    assert found.violations_total > 100_000
    assert len(found.violations) == module.LISTED


def test_progress_is_told_of_the_triples_and_of_the_search_and_changes_nothing(random):
    angles = np.triu(random.uniform(20, 160, (12, 12)), 1)
    table = angle_table([f"label {number}" for number in range(12)], angles + angles.T)
    told = []
    found = audit_angles(table, lambda progress: told.append((progress.words, progress.share)))
    triples = [share for what, share in told if what == TRIPLES]
    assert triples == sorted(triples)
    assert (len(triples), triples[0], triples[-1]) == (22, 0, 23 / 24)
    steps = [(what, share) for what, share in told if what.startswith(NEAREST)]
    assert steps[-1] == (f"{NEAREST}, step {found.nearest.rounds}", 1)
    assert found.record() == audit_angles(table).record()
