"""A value of another type in a run's settings, a table's card or a database's header ended in a traceback."""

import csv
import json
import math
import shutil
import tomllib
from pathlib import Path

import pytest
import tomli_w
import yaml

from ser_core.corpora import audformat, open_corpus
from ser_core.errors import ConfigError, CorpusError
from ser_core.experiments.places import RUN, ResultLocation
from ser_core.experiments.records import record_of_run
from ser_core.training.plan import read_plan

ODD = [math.inf, -math.inf, math.nan, -1.5, True, "", "a\0b", [], [[]], [1, "a"], {}, {"a": {}}, "x" * 5000]


@pytest.fixture(scope="module")
def run(tiny_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of a finished run, whose settings tests spoil."""
    return shutil.copytree(tiny_run, tmp_path_factory.mktemp("spoiled") / "run")


@pytest.mark.parametrize("key", ["corpus", "protocol", "fold", "seed", "mapping", "snapshots", "recipe"])
def test_a_run_whose_settings_hold_another_type_is_refused_with_advice(run, tiny_run, key):
    config = tomllib.loads((tiny_run / "config.toml").read_text(encoding="utf-8"))
    for odd in ODD:
        if (key, odd) in (("mapping", {}), ("recipe", {})):
            continue
        (run / "config.toml").write_text(tomli_w.dumps(config | {key: odd}), encoding="utf-8")
        with pytest.raises((ConfigError, CorpusError), match="Expected"):
            read_plan(run)
        try:  # the list of runs shows what can be shown
            record_of_run(ResultLocation("runs/run", RUN, run))
        except ConfigError:
            assert key in ("fold", "seed", "mapping", "recipe", "corpus", "protocol", "snapshots")


def test_settings_of_an_early_release_are_still_read(run, tiny_run):
    config = tomllib.loads((tiny_run / "config.toml").read_text(encoding="utf-8"))
    del config["snapshots"], config["mapping"]
    (run / "config.toml").write_text(tomli_w.dumps(config | {"of_a_later_release": 1}), encoding="utf-8")
    plan = read_plan(run)
    assert (plan.snapshots, plan.mapping) == (0, {})


@pytest.mark.parametrize("root", ["\0", "a\0b", "x" * 5000, "..", "/\0", "~nobody/x", 3, None, ["a"]])
def test_a_root_that_is_no_path_leaves_the_recordings_beside_the_table(tiny_corpus, tmp_path, root):
    table = shutil.copytree(tiny_corpus.parent, tmp_path / "corpus") / tiny_corpus.name
    table.with_name("tiny.csv.json").write_text(json.dumps({"version": 1, "root": root}), encoding="utf-8")
    assert len(open_corpus(str(table)).utterances) == 36


@pytest.fixture
def database(tiny_corpus: Path, tmp_path: Path) -> Path:
    """Return three recordings and their table; the header is the test's."""
    with tiny_corpus.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))[:3]
    for row in rows:
        shutil.copy(tiny_corpus.parent / row["file"], tmp_path)
    lines = [f"{row['file']},{row['emotion']},{row['speaker']}" for row in rows]
    (tmp_path / "db.emotion.csv").write_text("\n".join(["file,emotion,speaker", *lines, ""]), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "header",
    [
        "[" * 5000,
        "date: 2020-99-99",
        "!!timestamp '2001-02-30'",
        "tables: {1: {columns: {}}, null: 2}",
        "tables: {emotion: {columns: {1: {}, null: {}}}}",
        "? [a]\n: b",
        "tables: !!python/object:os.system {}",
        "a: &a [*a]\ntables: *a",
    ],
)
def test_a_header_that_is_no_header_is_refused_with_advice(database, header):
    (database / "db.yaml").write_text(header, encoding="utf-8")
    with pytest.raises(CorpusError, match="Expected"):
        audformat.load(database)


def test_tables_and_columns_named_by_numbers_are_found(database):
    columns = {"emotion": {"scheme_id": "emotion"}, "speaker": {"scheme_id": "speaker"}, 7: {}}
    header = {"name": "tiny", "tables": {"emotion": {"columns": columns}, 2024: {"columns": {1: {}}}}}
    (database / "db.yaml").write_text(yaml.safe_dump(header), encoding="utf-8")
    assert len(audformat.load(database).utterances) == 3
