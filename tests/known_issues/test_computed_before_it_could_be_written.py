"""Commands computed for minutes and then could not write what they had found."""

import re

import pytest

from ser_core.cli import main

PLACES = {
    "below a file": ("taken/result{}", "Not a directory|File exists"),
    "too long": ("n" * 300 + "{}", "too long"),
    "a folder": ("folder{}", "is a folder|, a folder"),
}


@pytest.fixture(autouse=True)
def _nothing_is_computed(monkeypatch):
    """End a test in which a command reads a model, vectors or a corpus, or measures."""

    def fail(*_, **__):
        pytest.fail("it began to compute")

    for name in (
        "ser_core.inference.Reader.load",
        "ser_core.corpora.demo.load",
        "ser_core.reproduction.report.report",
        "ser_core.experiments.sweep_run.run_sweep",
        "ser_core.experiments.evaluation.load_examples",
    ):
        monkeypatch.setattr(name, fail)
    monkeypatch.setattr("ser_core.cli.manifest.CORPORA", {"demo": type("Demo", (), {"artificial": True, "load": fail})})


@pytest.mark.parametrize(("place", "said"), PLACES.values(), ids=PLACES)
@pytest.mark.parametrize(
    ("ending", "given"),
    [
        (".parquet", ["embed", "--checkpoint", "demo-residual", "--corpus", "demo", "--out"]),
        (".json", ["angles", "table.parquet", "--out"]),
        (".csv", ["manifest", "demo", "--out"]),
        (".TextGrid", ["track", "long.wav", "--checkpoint", "demo-residual", "--out"]),
        (".csv", ["track", "long.wav", "--checkpoint", "demo-residual", "--minutes"]),
        (".md", ["report", "--out"]),
        (".json", ["evaluate", "--checkpoint", "demo-residual", "--corpus", "demo", "--out"]),
    ],
    ids=lambda value: value[0] + value[-1] if isinstance(value, list) else "",
)
def test_a_place_where_nothing_can_be_written_is_refused_before_anything_is_computed(
    ending, given, place, said, tmp_path, monkeypatch, capsys, workspace
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").write_text("a file")
    (tmp_path / f"folder{ending}").mkdir()
    assert main([*given, place.format(ending)]) == 2
    line = capsys.readouterr().err.strip()
    assert re.search(said, line)
    assert "\n" not in line


def test_an_unwritable_folder_for_the_folds_models_and_for_kept_results(
    tmp_path, tiny_corpus, tiny_recipe, capsys, workspace
):
    (tmp_path / "taken").write_text("a file")
    asked = ["--corpus", str(tiny_corpus), "--recipe", str(tiny_recipe), "--protocol", "leave-one-speaker-out"]
    asked += ["--out", str(tmp_path / "result.json"), "--keep", str(tmp_path / "taken")]
    assert main(["evaluate", *asked]) == 2
    assert "Expected to write" in capsys.readouterr().err
    assert main(["reproduce", "--corpus", "ravdess:nowhere", "--results", str(tmp_path / "taken")]) == 2
    assert "Expected to write" in capsys.readouterr().err


def test_a_manifest_of_another_ending_is_refused_before_the_corpus_is_read(tmp_path, capsys):
    assert main(["manifest", "demo", "--out", str(tmp_path / "table.xlsx")]) == 2
    assert "ends in .csv, .tsv or .parquet" in capsys.readouterr().err


def test_a_voice_that_cannot_be_kept_is_not_computed(tmp_path, monkeypatch, capsys):
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("SER_WORKSPACE", str(tmp_path / "taken"))
    monkeypatch.setattr("ser_core.cli.voice._files", lambda *_: pytest.fail("clips were read"))
    assert main(["voice", "make", "Anna", "--checkpoint", "demo-residual", "--clip", "a.wav:sad"]) == 2
    assert "Expected to write" in capsys.readouterr().err
