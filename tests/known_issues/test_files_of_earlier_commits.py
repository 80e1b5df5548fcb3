"""What earlier commits wrote opens; what they left unfinished goes on, or is refused in one sentence.

``earlier/COMMIT`` is a workspace as that commit left it; ``python -m tools.make_earlier_files COMMIT`` has it written.
All speech is artificial.
"""

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

from ser_core.checkpoints.listing import available, unreadable
from ser_core.cli import main
from ser_core.embeddings import view_library
from ser_core.embeddings.snapshots import open_snapshot, snapshots_of
from ser_core.embeddings.view_text import OF_ONE, OF_TWO
from ser_core.experiments.places import result_places, run_places
from ser_core.experiments.reading import read_results
from ser_core.experiments.records import record_of_run
from ser_core.experiments.result import read_predictions
from ser_core.experiments.sweep_result import read_sweep_result, sweep_folders
from ser_core.recipes import load_recipe
from ser_core.recipes.recipe import settings_of
from ser_core.training.event_log import read_events
from ser_core.voices import library
from tools.make_earlier_files import CORPUS, FOLDER

SPEECH = Path(__file__).resolve().parents[2] / "ser_core" / "corpora" / "demo_speech"
Ran = Callable[..., str]


@pytest.fixture(params=sorted(path.name for path in FOLDER.iterdir()))
def files(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of such a workspace, which is the present one; the table of the corpus lies where it is here."""
    copy = tmp_path / "workspace"
    shutil.copytree(FOLDER / request.param, copy)
    for path in (*copy.glob("runs/*/*.toml"), *copy.glob("sweeps/*/sweep.json"), *copy.glob("results/*.json")):
        path.write_text(path.read_text().replace(CORPUS, str(table_of(copy, request.param))))
    monkeypatch.setenv("SER_WORKSPACE", str(copy))
    # As the files were made: bfloat16 would round away what is compared.
    monkeypatch.setattr("ser_core.training.device.has_fast_bfloat16", lambda device: False)
    return copy


def table_of(files: Path, commit: str) -> Path:
    """Put the table of a commit's corpus into the workspace, with the root where the package's speech lies here."""
    table = files / "corpus" / "part.csv"
    card = json.loads((FOLDER / commit / "corpus" / "part.csv.json").read_text())
    table.with_name("part.csv.json").write_text(json.dumps(card | {"root": str(SPEECH)}))
    return table


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Ran:
    """Return a function that runs a command and gives the sentence with which it was refused, or an empty text."""

    def run(*arguments: object) -> str:
        capsys.readouterr()
        status = main(list(map(str, arguments)))
        said = capsys.readouterr().err.strip().splitlines()
        if status == 0:
            return ""
        assert status == 2, said
        assert said[-1].startswith("Expected "), said
        return said[-1]

    return run


def judged_alike(before: pandas.DataFrame, now: pandas.DataFrame) -> None:
    """See that utterances got the same embeddings, figures and answers, but for what another processor rounds."""
    assert now["file"].tolist() == before["file"].tolist()
    numbers = [name for name in before if name.startswith(("probability_", "angle_"))]
    np.testing.assert_allclose(now[numbers].to_numpy(), before[numbers].to_numpy(), rtol=1e-3, atol=1e-3)
    if "embedding" in before:
        vectors = [np.stack(list(table["embedding"])) for table in (before, now)]
        np.testing.assert_allclose(vectors[1], vectors[0], rtol=1e-3, atol=1e-4)
    answers = [name for name in before if name.startswith("predicted")]
    assert now[answers].equals(before[answers])


def test_a_model_is_listed_and_says_of_every_utterance_what_it_said(files: Path, ran: Ran):
    assert "tiny" in [entry.name for entry in available()]
    assert unreadable() == []
    out = files / "embedded.parquet"
    assert not ran("embed", "--checkpoint", "tiny", "--corpus", files / "corpus/part.csv", "--out", out)
    judged_alike(pandas.read_parquet(files / "checkpoints/tiny/atlas.parquet"), pandas.read_parquet(out))


@pytest.mark.parametrize(("told", "more"), [("plain", []), ("with-voice", ["--voice", "mine"])])
def test_a_clip_is_judged_as_it_was_without_and_with_a_voice(files: Path, capsys, told: str, more: list[str]):
    (before,) = json.loads((files / f"predicted-{told}.json").read_text())
    clip = SPEECH / "voice04" / before["file"]
    assert main(["predict", "--checkpoint", "tiny", "--json", str(clip), *more]) == 0
    (now,) = json.loads(capsys.readouterr().out)
    for key, value in before.items():
        if key in ("probabilities", "angles_degrees"):
            assert now[key] == pytest.approx(value, rel=1e-3)
        elif key != "file":
            assert now[key] == value, key
    plain = json.loads((files / "predicted-plain.json").read_text())[0]
    assert (before["angles_degrees"] != plain["angles_degrees"]) is bool(more)


def test_a_voice_is_listed(files: Path):
    good, damaged = library.saved_voices()
    assert ([one.voice.name for one in good], damaged) == (["mine"], [])


def test_a_run_that_was_stopped_is_shown_with_its_curves_and_snapshots(files: Path):
    (place,) = run_places()
    record = record_of_run(place)
    assert (record.state, record.recipe) == ("stopped", "tiny")
    stages = [epoch.stage for epoch in record.history]
    assert stages[:2] == ["softmax"] * 2
    assert set(stages[2:]) == {"triplet"}
    (snapshot,), damaged = snapshots_of(place.path)
    assert damaged == []
    assert open_snapshot(snapshot).embeddings.shape[1] == 8


def test_a_run_that_was_stopped_in_its_second_stage_goes_on_to_what_it_would_have_become(files: Path, ran: Ran):
    run = files / "runs" / "stopped"
    state = (run / "state.safetensors").read_bytes()
    epochs_before = [logged for logged in read_events(run) if logged.event.kind == "epoch"]
    refused = ran("train", "--resume", "--out", run)
    if refused:
        assert (run / "state.safetensors").read_bytes() == state
        return
    epochs = [logged for logged in read_events(run) if logged.event.kind == "epoch"]
    assert epochs[: len(epochs_before)] == epochs_before
    assert [logged.event.epoch for logged in epochs] == list(range(1, 11))
    whole = pandas.read_parquet(files / "checkpoints/tiny/atlas.parquet")
    judged_alike(whole, pandas.read_parquet(run / "embeddings.parquet"))


def test_a_result_is_listed_with_its_scores_and_predictions(files: Path):
    kept: dict[str, Any] = json.loads((files / "results/result.json").read_text())
    places = {place.name: place for place in result_places() if not place.name.startswith("kept/")}
    assert set(places) == {"results/result", "sweeps/margins/margin=0.1/seed-0"}
    (result,) = read_results(places["results/result"])
    assert result.scores[kept["back_end"]].uar == kept["uar_mean"]
    assert result.settings["stages"][1]["options"]["miner"] == "semi-hard"
    told = read_predictions(files / "results/result.json")
    assert (told["emotion"] == told["predicted"]).mean() == pytest.approx(kept["pooled"]["wa"])


def test_an_evaluation_that_was_stopped_goes_on_after_its_first_fold(files: Path, ran: Ran):
    out = files / "results" / "stopped.json"
    asked = ["--corpus", files / "corpus/part.csv", "--recipe", files / "tiny.toml", "--folds", "1,2"]
    first = (files / "results/stopped.folds/fold-1.json").read_bytes()
    if ran("evaluate", *asked, "--protocol", "leave-one-speaker-out", "--workers", 1, "--out", out):
        assert (files / "results/stopped.folds/fold-1.json").read_bytes() == first
        return
    kept, done = (json.loads((files / "results" / name).read_text()) for name in ("result.json", "stopped.json"))
    assert [fold["confusion"] for fold in done["folds"]] == [fold["confusion"] for fold in kept["folds"]]
    assert set(kept) <= set(done)
    assert all(set(kept["folds"][0]) <= set(fold) for fold in done["folds"])
    judged_alike(read_predictions(files / "results/result.json"), read_predictions(out))


def test_a_sweep_that_was_stopped_is_shown_and_goes_on_after_its_first_point(files: Path, ran: Ran):
    (folder,) = sweep_folders()
    (before,) = read_sweep_result(folder).scores
    fold = (folder / "margin=0.1/seed-0/fold-1.json").read_bytes()
    refused = ran(
        "sweep", files / "margins.toml", "--corpus", files / "corpus/part.csv", "--workers", 1, "--out", folder
    )
    assert (folder / "margin=0.1/seed-0/fold-1.json").read_bytes() == fold
    if refused:
        return
    swept = read_sweep_result(folder)
    assert swept.finished
    assert [(score.place, score.seed) for score in swept.scores] == [((0,), 0), ((1,), 0)]
    assert swept.scores[0].uar == before.uar


def test_views_are_listed_and_nothing_of_them_is_left_out(files: Path):
    (of_one,), (of_two,) = view_library.saved_views(OF_ONE), view_library.saved_views(OF_TWO)
    name, view, notes = view_library.load(of_one, OF_ONE)
    assert (name, notes) == ("from the side", ())
    assert (view.space, view.colour, view.method, view.dimensions, view.sphere) == (
        "demo-residual",
        "speaker",
        "UMAP",
        3,
        True,
    )
    assert dict(view.settings) == {"neighbours": 5, "seed": 3}
    assert view.hidden == (("emotion", ("sad", "angry")),)
    name, pair, notes = view_library.load(of_two, OF_TWO)
    assert (name, pair.colour, notes) == ("both", "emotion", ())


def test_recipes_are_read_with_every_value_that_they_set(files: Path):
    paths = [files / "tiny.toml", *sorted((files / "recipes").glob("*.toml"))]
    assert len(paths) == 13
    for path in paths:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        of_the_source = ("paper", "published", "source_url")
        asked = _leaves({key: value for key, value in table.items() if key not in of_the_source})
        read = _leaves(settings_of(load_recipe(path)))
        assert {key: (value, read.get(key)) for key, value in asked.items() if read.get(key) != value} == {}, path


def _leaves(value: Any, key: str = "") -> dict[str, Any]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, (list, tuple)) else ()
    if not isinstance(value, (dict, list, tuple)):
        return {key: value}
    return {name: leaf for part, inner in parts for name, leaf in _leaves(inner, f"{key}.{part}").items()}
