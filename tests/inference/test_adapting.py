"""Adaptation without labels: who gives clips, who is judged, and that labels play no part."""

import numpy as np
import pytest

from ser_core.corpora import open_corpus
from ser_core.errors import ConfigError, InputError
from ser_core.geometry.angles import unit
from ser_core.inference import Reader
from ser_core.inference.adapting import Adaptation, adapted_answers, turns
from ser_core.inference.embedding import embed_corpus
from ser_core.voices import mixed_share
from ser_core.voices.calibration import class_means_of

OWNERS = [*["anna"] * 7, "otto", *["eva"] * 3, *["anna"] * 2]


@pytest.fixture(scope="module")
def reader(tiny_checkpoint):
    return Reader.load(tiny_checkpoint)


@pytest.fixture(scope="module")
def table(reader, tiny_corpus):
    return embed_corpus(reader, open_corpus(str(tiny_corpus)))


def pairs(turn):
    """Each judged row with the rows by which it is adapted."""
    return [(int(row), set(turn.clips[group].tolist())) for row, group in zip(turn.rows, turn.group, strict=True)]


def test_drawn_clips_are_the_speakers_own_and_are_never_judged():
    for turn in turns(OWNERS, Adaptation("speaker", clips=4, draws=6)):
        of_anna = [(row, clips) for row, clips in pairs(turn) if OWNERS[row] == "anna"]
        assert len(of_anna) == 9 - 4
        drawn = of_anna[0][1]
        assert len(drawn) == 4
        for row, clips in of_anna:
            assert clips == drawn
            assert row not in clips
            assert {OWNERS[clip] for clip in clips} == {"anna"}


def test_whoever_has_no_more_clips_than_are_drawn_is_judged_after_all_their_others():
    (turn,) = turns(OWNERS, Adaptation("speaker", clips=4))
    found = dict(pairs(turn))
    assert [found[row] for row in (8, 9, 10)] == [{9, 10}, {8, 10}, {8, 9}]
    assert found[7] == set()  # the only one of theirs


def test_without_a_number_every_utterance_is_judged_after_all_of_its_speaker_itself_among_them():
    (turn,) = turns(OWNERS, Adaptation("speaker"))
    assert sorted(turn.rows.tolist()) == list(range(len(OWNERS)))
    for row, clips in pairs(turn):
        assert clips == {place for place, owner in enumerate(OWNERS) if owner == OWNERS[row]}


def test_draws_differ_and_come_again_with_the_seed():
    drawn = [turn.rows.tolist() for turn in turns(OWNERS, Adaptation("speaker", clips=4, draws=5))]
    assert len({tuple(rows) for rows in drawn}) > 1
    assert drawn == [turn.rows.tolist() for turn in turns(OWNERS, Adaptation("speaker", clips=4, draws=5))]
    assert drawn != [turn.rows.tolist() for turn in turns(OWNERS, Adaptation("speaker", clips=4, draws=5, seed=1))]


def test_a_speakers_draws_do_not_depend_on_who_else_is_there():
    alone = next(turns(["anna"] * 9, Adaptation("speaker", clips=4)))
    beside = next(turns([*["anna"] * 9, *["bert"] * 9], Adaptation("speaker", clips=4)))
    assert alone.rows.tolist() == [row for row in beside.rows.tolist() if row < 9]


def test_angles_are_those_to_the_embedding_less_the_speakers_shift(reader, table):
    adapted = adapted_answers(reader, table, Adaptation("speaker", model_counts=2.0))
    row = adapted.after.iloc[5]
    vectors = unit(np.stack(table["embedding"].to_list()))
    own = vectors[(table["speaker"] == row["speaker"]).to_numpy()]
    assert mixed_share(reader.checkpoint, own) == 1.0
    shift = len(own) / (len(own) + 2) * (own.mean(axis=0) - class_means_of(reader.checkpoint).mean(axis=0))
    moved = unit(vectors[row["utterance"]] - shift)
    for label, direction in zip(reader.labels, unit(reader.checkpoint.directions), strict=True):
        assert row[f"angle_{label}"] == pytest.approx(np.degrees(np.arccos(moved @ direction)), abs=1e-2)
    assert row["predicted"] == min(reader.labels, key=lambda label: row[f"angle_{label}"])


def test_the_model_that_counts_for_everything_answers_as_it_would_unadapted(reader, table):
    adapted = adapted_answers(reader, table, Adaptation("speaker", clips=3, draws=2, model_counts=1e14))
    columns = [f"angle_{label}" for label in reader.labels]
    assert (adapted.after["utterance"] == adapted.before["utterance"]).all()
    np.testing.assert_allclose(adapted.after[columns], adapted.before[columns], atol=1e-2)


def test_labels_play_no_part(reader, table, random):
    shuffled = table.assign(emotion=random.permutation(table["emotion"]))
    for adaptation in (Adaptation("speaker", clips=3, draws=2), Adaptation("corpus")):
        first, second = (adapted_answers(reader, rows, adaptation).after for rows in (table, shuffled))
        assert first["predicted"].tolist() == second["predicted"].tolist()
        assert first["utterance"].tolist() == second["utterance"].tolist()


def test_a_corpus_is_one_speaker_where_it_is_adapted_to_as_a_whole(reader, table):
    whole = adapted_answers(reader, table, Adaptation("corpus", clips=5)).after
    one = adapted_answers(reader, table.assign(speaker=""), Adaptation("speaker", clips=5)).after
    assert whole["predicted"].tolist() == one["predicted"].tolist()
    assert len(whole) == len(table) - 5


def test_few_clips_are_counted(reader, table):
    rows = table.groupby("speaker").head(4).reset_index(drop=True).iloc[:-2]  # the last speaker keeps two
    adapted = adapted_answers(reader, rows, Adaptation("speaker", clips=2))
    assert (adapted.few_speakers, adapted.few_utterances) == (1, 2)
    everybody = adapted_answers(reader, rows, Adaptation("speaker"))
    assert (everybody.few_speakers, everybody.few_utterances) == (0, 0)


def test_more_clips_than_a_corpus_has_are_refused(reader, table):
    with pytest.raises(InputError, match=f"Expected more than {len(table)} utterances.*Draw fewer"):
        adapted_answers(reader, table, Adaptation("corpus", clips=len(table)))


@pytest.mark.parametrize(
    ("changed", "advice"),
    [
        ({"scope": "person"}, "each speaker or to the corpus; got 'person'"),
        ({"clips": -1}, "number of clips"),
        ({"clips": 3, "draws": 0}, "number of draws"),
        ({"draws": 20}, "one draw where all clips are taken; got 20"),
        ({"model_counts": -1.0}, "model_counts"),
    ],
)
def test_what_cannot_be_is_refused(changed, advice):
    with pytest.raises(ConfigError, match=advice):
        Adaptation(**{"scope": "speaker"} | changed)
