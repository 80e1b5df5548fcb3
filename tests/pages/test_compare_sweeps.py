"""Compare shows sweeps and the papers that they repeat, and starts, stops and continues a sweep."""

import json
from pathlib import Path

import pytest

from ser_core.errors import ConfigError
from ser_core.experiments.sweep import load_sweep, shipped_sweeps
from ser_core.locks import ProcessLock
from tests.pages.shown import box, button, texts

SWEEPS, PAPERS = "Sweeps", "Papers"


@pytest.fixture
def section(opened):
    def open_section(name: str):
        return opened("compare").button_group[0].set_value(name).run()

    return open_section


def test_every_paper_is_read_with_the_sweeps_that_repeat_it(section):
    app = section(PAPERS)
    assert not app.exception
    assert [one.value.split(":")[0] for one in app.header] == [
        "Dai et al. (2019)", "Lian et al. (2018)", "Kumar et al. (2020)",
    ]  # fmt: skip
    titles = {load_sweep(name).title: name for name in shipped_sweeps()}
    offered = {titles[one.label.removesuffix(" →")] for one in app.button if one.label.endswith(" →")}
    assert {"dai-settings", "lian-systems", "kumar-ablation"} <= offered
    assert "Axes and gaps of a map have no unit" in texts(app.markdown)


def write_sweep(workspace: Path, *keys: str, finished: bool = True) -> None:
    folder = workspace / "sweeps" / "mine"
    folder.mkdir(parents=True)
    axes = [{"name": key.rsplit(".", 1)[-1], "key": key, "values": [1, 2]} for key in keys]
    points = [
        {"values": dict.fromkeys(keys, value), "seed": seed, "uar_mean": 0.1 * value + 0.01 * seed, "wa_mean": 0.5}
        for value in (1, 2)
        for seed in (0, 1)
    ]
    content = {
        "version": 1, "sweep": "mine", "recipe": "quick", "protocol": "held-out-speakers", "axes": axes,
        "seeds": [0, 1], "folds": [], "corpus": "demo", "overrides": [], "trainings": 4,
        "points": points if finished else [],
    }  # fmt: skip
    (folder / "sweep.json").write_text(json.dumps(content))


def test_without_a_sweep_one_sentence_and_one_button_start_one(section, monkeypatch, tmp_path):
    asked = []

    def start(name: str, *, corpus: str, seeds) -> Path:
        asked.append((name, corpus, list(seeds)))
        write_sweep(tmp_path / "workspace", "dropout", finished=False)
        return tmp_path / "workspace" / "sweeps" / "mine"

    monkeypatch.setattr("ser_core.experiments.sweep_jobs.start_sweep", start)
    app = section(SWEEPS)
    assert not app.exception
    assert "No sweep yet" in texts(app.markdown)
    assert not app.code
    button(app, "Start this sweep").click().run()
    assert not app.exception
    assert asked == [("triplets-or-softmax-quick", "demo", [0, 1, 2])]
    assert box(app, "Sweep").value == "mine"


@pytest.mark.usefixtures("for_experts")
def test_experts_read_the_command_of_the_sweep_that_the_button_starts(section):
    app = section(SWEEPS)
    assert "sweep triplets-or-softmax-quick --corpus demo --seeds 0,1,2" in texts(app.code)
    box(app, "What to try").set_value("dai-lambda").run()
    assert "sweep dai-lambda --corpus demo" in texts(app.code)


def test_a_sweep_at_work_shows_how_far_it_is_and_is_stopped_and_continued_by_buttons(section, tmp_path, monkeypatch):
    write_sweep(tmp_path / "workspace", "dropout", finished=False)
    folder = tmp_path / "workspace" / "sweeps" / "mine"
    (folder / "command.json").write_text('["sweep", "mine"]')
    done = []
    monkeypatch.setattr("ser_core.experiments.sweep_jobs.stop_sweep", lambda folder: done.append(f"stop {folder.name}"))
    monkeypatch.setattr(
        "ser_core.experiments.sweep_jobs.continue_sweep", lambda folder: done.append(f"continue {folder.name}")
    )
    with ProcessLock(folder / "lock", "a sweep", ConfigError):
        app = section(SWEEPS)
        assert not app.exception
        button(app, "Stop").click().run()
    app.run()
    assert not app.exception
    assert "It has stopped after 0 of 4 trainings" in texts(app.markdown)
    button(app, "Go on").click().run()
    assert done == ["stop mine", "continue mine"]


def test_a_button_beside_a_paper_opens_its_sweep_ready_to_be_started(section):
    app = section(PAPERS)
    button(app, "Weight of the centre loss →").click().run()
    assert not app.exception
    assert app.button_group[0].value == SWEEPS
    assert box(app, "What to try").value == "dai-lambda"


@pytest.mark.parametrize(
    ("keys", "charts"), [(("dropout",), 1), (("encoder", "encoder_options.layers"), 1), (tuple("abc"), 0)]
)
def test_a_sweep_of_one_or_two_settings_is_drawn_and_all_its_points_listed(section, tmp_path, keys, charts):
    write_sweep(tmp_path / "workspace", *keys)
    app = section(SWEEPS)
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) == charts
    assert app.dataframe[0].value["UA"].tolist() == pytest.approx([10.5, 20.5])
    values = ", ".join(f"{key.rsplit('.', 1)[-1]} 2" for key in keys)
    assert f"**{values}** is right most often, 20.5\xa0%" in texts(app.markdown)
    assert "10.0 points apart. Trainings of one value alone differ by up to 1.0 points by chance" in texts(app.markdown)
    assert "that score flatters it" in texts(app.caption)
    if len(keys) == 2:
        drawn = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
        assert {one["name"] for one in drawn if one.get("showlegend") is not False} == {"encoder 1", "encoder 2"}
        assert "small faint markers are single seeds" in texts(app.caption)  # and not hollow: docs/design.md
        next(one for one in app.radio if one.label == "Drawn as").set_value("heat map").run()
        assert not app.exception
        assert "Mean UA over the seeds" in texts(app.caption)


def test_a_sweep_that_has_just_begun_and_a_damaged_one_say_so(section, tmp_path):
    write_sweep(tmp_path / "workspace", "dropout", finished=False)
    app = section(SWEEPS)
    assert not app.exception
    assert "No point of it is complete yet" in texts(app.markdown)
    (tmp_path / "workspace" / "sweeps" / "mine" / "sweep.json").write_text("{")
    app.run()
    assert not app.exception
    assert "Expected a sweep at" in texts(app.error)
