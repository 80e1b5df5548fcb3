"""Maps on Embedding space: how far they can be believed, asked for, stopped, and under five seeds."""

import numpy as np
import pytest

from ser_core.errors import MapError
from ser_core.jobs import Progress
from tests.pages.shown import button, texts


class Job:
    """A map that is there, on its way or lost, without a process."""

    def __init__(self, key, points=None, error=None):
        self.key, self.points, self.error = key, points, error
        self.progress = Progress(0.25, 1.0, 30.0)

    def done(self):
        return self.points is not None or self.error is not None

    def result(self):
        if self.error is not None:
            raise self.error
        return self.points


class Jobs:
    """What the page asks for maps."""

    def __init__(self):
        self.asked, self.left, self.ready, self.error = {}, [], True, None

    def begin(self, request, embeddings, visitor, key):
        request.check(len(embeddings))
        if key not in self.asked:
            random = np.random.default_rng(request.seed)
            points = random.normal(size=(len(embeddings), request.dimensions)).astype(np.float32)
            self.asked[key] = Job(key, points if self.ready and self.error is None else None, self.error)
        return self.asked[key]

    def before(self, job):
        return 0

    def leave(self, job, visitor):
        self.left.append(job.key)

    def forget_failed(self, key):
        self.asked.pop(key, None)


@pytest.fixture
def jobs(monkeypatch):
    made = Jobs()
    monkeypatch.setattr("ui.components.projections._jobs", lambda: made)
    return made


def radio(app, label):
    return next(one for one in app.radio if one.label == label)


def compute(app, method):
    radio(app, "Map").set_value(method).run()
    button(app, "Compute").click().run()
    assert not app.exception
    return app


def test_the_map_says_in_words_how_many_neighbours_it_keeps(opened):
    app = opened("embedding_space")
    assert not app.exception
    assert "Of ten neighbours in the space," in texts(app.markdown)
    labels = [one.label for one in app.metric]
    assert labels[:3] == ["Neighbours kept", "Trustworthiness", "Continuity"]
    assert all("sum" in one.help and "20" in one.help for one in app.metric[:3])  # formula and source
    assert "The 10 nearest of all" in texts(app.caption)
    assert "Axes and gaps of a map have no unit" in texts(app.caption)


def test_where_the_map_distorts_is_shown_on_demand(opened):
    app = opened("embedding_space")
    assert "Stress of the map" not in [one.label for one in app.metric]
    next(one for one in app.toggle if one.label.startswith("Where")).set_value(True).run()
    assert not app.exception
    assert "Stress of the map" in [one.label for one in app.metric]
    worst = next(one.value for one in app.dataframe if "stress" in one.value)
    assert len(worst) == 10
    assert worst["stress"].is_monotonic_decreasing


def test_a_map_on_the_sphere_says_so(opened):
    app = opened("embedding_space")
    radio(app, "Dimensions").set_value("unit sphere").run()
    assert not app.exception
    assert "PCA on the unit sphere" in texts(app.caption)
    radio(app, "Map").set_value("t-SNE").run()
    assert not app.exception
    assert "unit sphere" not in texts(app.caption)


def test_a_map_names_its_parameters_once_it_is_computed(opened, jobs):
    app = compute(opened("embedding_space"), "t-SNE")
    assert "t-SNE in 2 dimensions, exaggeration 1, iterations 500, perplexity 30, seed 0, start PCA" in texts(
        app.caption
    )
    assert len(jobs.asked) == 1


def test_a_map_that_is_being_computed_can_be_stopped(opened, jobs):
    jobs.ready = False
    app = compute(opened("embedding_space"), "UMAP")
    assert "PCA in 2 dimensions" in texts(app.caption)
    button(app, "Stop").click().run()
    assert not app.exception
    assert set(jobs.left) == set(jobs.asked)
    assert "press Compute" in texts(app.info)


def test_another_map_gives_the_former_one_up(opened, jobs):
    jobs.ready = False
    app = compute(opened("embedding_space"), "UMAP")
    next(one for one in app.number_input if one.label == "Neighbours").set_value(7.0)
    button(app, "Compute").click().run()
    first, second = jobs.asked
    assert jobs.left == [first]
    radio(app, "Map").set_value("PCA").run()
    assert jobs.left == [first, second]


def test_a_map_that_failed_is_told_with_pca_in_its_place_and_can_be_asked_for_again(opened, jobs):
    jobs.error = MapError("Expected a map; the process has ended. Choose fewer utterances.")
    app = compute(opened("embedding_space"), "UMAP")
    assert "Choose fewer utterances" in texts(app.error)
    assert "PCA in 2 dimensions" in texts(app.caption)
    jobs.error = None
    button(app, "Compute").click().run()
    assert not app.error
    assert "UMAP in 2 dimensions" in texts(app.caption)


def test_five_seeds_lie_side_by_side_with_their_agreement_as_a_number(opened, jobs):
    app = opened("embedding_space")
    assert "PCA, which is shown above, has no seed" in texts(app.caption)
    compute(app, "t-SNE")
    before = len(app.get("plotly_chart"))
    button(app, "Compute five seeds").click().run()
    assert not app.exception
    assert not app.error
    assert len(jobs.asked) == 5  # the first is the map that is shown
    assert len(app.get("plotly_chart")) == before + 6
    assert [f"Seed {seed}" in texts(app.markdown) for seed in range(6)] == [True] * 5 + [False]
    assert "Of ten neighbours on one of these maps" in texts(app.markdown)
    assert "is not in the data" in texts(app.markdown)
    assert "Procrustes" in texts(app.caption)
    assert "with a start at random" in texts(app.caption)


def test_five_seeds_can_be_stopped(opened, jobs):
    app = compute(opened("embedding_space"), "UMAP")
    jobs.ready = False
    button(app, "Compute five seeds").click().run()
    assert not app.exception
    button(app, "Stop").click().run()
    assert not app.exception
    assert len(set(jobs.left)) == 4  # the map that is shown is there
    assert button(app, "Compute five seeds")
