"""The measurement of strangers after clips without labels: what is counted, and that pages say what is kept."""

import argparse
import json
import re
from pathlib import Path

import numpy as np
import pytest

from benchmarks import unlabelled_clips
from ser_core.checkpoints.folder import weights_digest
from ser_core.checkpoints.listing import SHIPPED
from ser_core.evaluation.metrics import uar
from ser_core.inference import Atlas, Reader
from ser_core.inference.adapting import Adaptation, adapted_answers

REPOSITORY = Path(__file__).resolve().parents[2]


def options(**changes):
    return argparse.Namespace(**{"draws": 2, "replicates": 50, "seed": 0} | changes)


@pytest.fixture(scope="module")
def reader(tiny_checkpoint):
    return Reader.load(tiny_checkpoint)


@pytest.fixture(scope="module")
def table(tiny_checkpoint):
    atlas = Atlas.load(tiny_checkpoint)
    return atlas.frame.assign(embedding=list(atlas.embeddings))


def test_the_row_is_the_score_of_the_counts_of_all_draws(reader, table):
    row = unlabelled_clips.row_of(reader, table, 3, options())
    answers = adapted_answers(reader, table, Adaptation("speaker", clips=3, draws=2))
    counts = unlabelled_clips.counts_of(reader, answers, reader.labels)
    assert counts.sum() == 2 * len(answers.after)
    assert (counts[0].sum(axis=-1) == counts[1].sum(axis=-1)).all()  # the same truth
    assert row["before"] == pytest.approx(uar(counts[0].sum(axis=(0, 1))))
    assert row["after"] == pytest.approx(uar(counts[1].sum(axis=(0, 1))))
    assert row["transductive"]


def test_what_is_believed_of_clips_is_compared_on_development_speakers_alone(tiny_checkpoint, table):
    head, columns, *rows = unlabelled_clips.on_development_speakers(tiny_checkpoint, options())
    heard = table[table["split"] == "development"]
    assert head.startswith(f"{heard['speaker'].nunique()} development speakers, {len(heard)} utterances")
    assert columns.split("\t")[1:] == ["unadapted", *map(str, unlabelled_clips.MODEL_COUNTS_TRIED)]
    assert [row.split("\t")[0] for row in rows] == ["1", "2", "4", "8", "16", "all"]


def test_the_page_is_that_of_the_kept_results_of_the_weights_that_ship():
    contents = unlabelled_clips.kept(REPOSITORY / unlabelled_clips.DEFAULT_FOLDER)
    for content in contents:
        assert content["checkpoint_digest"] == weights_digest(SHIPPED / content["checkpoint"])
    shown = (REPOSITORY / unlabelled_clips.DEFAULT_PAGE).read_text(encoding="utf-8")
    assert shown == unlabelled_clips.page(contents)
    table_rows = re.findall(r"^\| (\S+).* \| \*\*[\d.]+\*\*", shown, re.MULTILINE)
    assert {row for row in table_rows if row != "0"} <= {"1,", "2,", "4,", "8,", "16,", "all,"}
    assert all("transductive" in line for line in shown.splitlines() if re.match(r"\| (\d+|all)\b(?! \|)", line))


def test_the_unadapted_figure_is_that_of_the_table_of_worth():
    for content in unlabelled_clips.kept(REPOSITORY / unlabelled_clips.DEFAULT_FOLDER):
        path = REPOSITORY / "docs" / "results" / "elsewhere" / f"{content['checkpoint']}.json"
        told = {one["corpus"]: one for one in json.loads(path.read_text(encoding="utf-8"))["elsewhere"]}
        for corpus in content["corpora"]:
            assert corpus["unadapted"]["uar_present"] == pytest.approx(told[corpus["corpus"]]["uar_present"])


def test_the_readme_says_what_eight_clips_change():
    text = " ".join((REPOSITORY / "README.md").read_text(encoding="utf-8").split())
    (content,) = (one for one in unlabelled_clips.kept(REPOSITORY / unlabelled_clips.DEFAULT_FOLDER)
                  if one["checkpoint"] == "ravdess-residual")  # fmt: skip
    for corpus in content["corpora"]:
        row = next(one for one in corpus["rows"] if one["clips"] == 8)
        assert f"from {100 * corpus['unadapted']['uar_present']:.1f} to {100 * row['after']:.1f}" in text


def test_gains_are_those_of_the_same_clips():
    for content in unlabelled_clips.kept(REPOSITORY / unlabelled_clips.DEFAULT_FOLDER):
        for corpus in content["corpora"]:
            for row in corpus["rows"]:
                low, high = row["gain_interval"]
                assert low <= row["after"] - row["before"] <= high
            everything = corpus["rows"][-1]
            assert everything["before"] == pytest.approx(corpus["unadapted"]["uar_present"])
            assert np.all(np.diff([one["few_speakers"] for one in corpus["rows"][:-1]]) >= 0)
