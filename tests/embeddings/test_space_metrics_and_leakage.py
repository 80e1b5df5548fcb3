"""A space is told in numbers with what they rest on, in plain words where it has collapsed, and by what it shows."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import normalized_mutual_info_score, recall_score, roc_curve, silhouette_score
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ser_core.embeddings import Space
from ser_core.embeddings.leakage import attribute_leakage, verdict
from ser_core.embeddings.space_metrics import DEFINITIONS, measure
from ser_core.errors import InputError
from ser_core.geometry.separation import silhouette
from ser_core.plots.leakage import CHANCE, NEIGHBOURS, PROBE, leakage_figure

EMOTIONS = ("neutral", "sad", "angry")


def made(random: np.random.Generator, *, emotion: float = 0.0, speaker: float = 0.0, noise: float = 0.3) -> Space:
    """Make 4 speakers with 3 emotions, 4 sentences and 4 takes of each."""
    rows = [(s, e, t, take) for s in range(4) for e in range(3) for t in range(4) for take in range(4)]
    places = np.eye(12)
    points = [emotion * places[e] + speaker * places[3 + s] + noise * random.normal(size=12) for s, e, _, _ in rows]
    frame = pd.DataFrame(
        {
            "file": [f"{s}{e}{t}{take}.wav" for s, e, t, take in rows],
            "speaker": [f"voice {s}" for s, _, _, _ in rows],
            "gender": [("female", "male")[s % 2] for s, _, _, _ in rows],
            "emotion": [EMOTIONS[e] for _, e, _, _ in rows],
            "sentence": [f"s{t}" for _, _, t, _ in rows],
        }
    )
    return Space(frame, np.array(points, dtype=np.float32))


def test_every_definition_has_its_figure_with_what_it_rests_on(random):
    space = made(random, emotion=1.0)
    steps: list[tuple[int, int]] = []
    found = measure(space, progress=lambda done, of: steps.append((done, of)))
    assert list(found.figures) == list(DEFINITIONS)
    expected = silhouette(space.embeddings, space.frame["emotion"], EMOTIONS)
    assert found.figures["silhouette"].value == pytest.approx(expected)
    assert found.figures["silhouette"].basis == "all 192 utterances"
    assert found.figures["eer"].basis == "all 6,048 pairs of one class and all 12,288 pairs of two"
    assert found.alarms == ()
    assert steps == [(done, 10) for done in range(11)]
    assert found == measure(space)


def test_samples_are_drawn_by_the_seed_and_said(random, monkeypatch):
    space = made(random, emotion=1.0)
    whole = measure(space)
    for name in ("MOST_QUERIES", "MOST_ROWS", "MOST_SPREAD"):
        monkeypatch.setattr(f"ser_core.embeddings.space_metrics.{name}", 90)
    found = measure(space, seed=1).figures
    assert found["map_at_r"].basis == "a sample of 90 utterances, each among all 192"
    assert found["nmi"].basis == found["hubness"].basis == "a sample of 90 of 192 utterances"
    assert found["map_at_r"].value == pytest.approx(whole.figures["map_at_r"].value, abs=0.05)
    assert measure(space, seed=1).figures == found
    assert measure(space, seed=2).figures["isotropy"] != found["isotropy"]


def test_a_space_without_two_classes_keeps_the_numbers_that_need_none(random):
    space = made(random)
    for frame in (space.frame.drop(columns="emotion"), space.frame.assign(emotion="sad")):
        figures = measure(dataclasses.replace(space, frame=frame)).figures
        assert figures["eer"].value is None
        assert figures["eer"].basis == "needs at least two classes"
        assert figures["effective_dimension"].value > 5


LABELS = {"neutral": "neutral", "sad": "Überraschung", "angry": "ärgerlich"}


def by_label(space: Space, column: str = "style") -> Space:
    """Name the classes in another column, and two of them as no emotion is named here."""
    frame = space.frame.assign(**{column: space.frame["emotion"].map(LABELS)}).drop(columns="emotion")
    return dataclasses.replace(space, frame=frame)


def test_classes_of_any_column_are_measured_by_their_definitions(random):
    space = by_label(made(random, emotion=0.6))
    found = {name: figure.value for name, figure in measure(space, "style").figures.items()}
    labels = space.frame["style"].to_numpy()
    units = space.embeddings / np.linalg.norm(space.embeddings, axis=1, keepdims=True)
    assert found["silhouette"] == pytest.approx(silhouette_score(units, labels, metric="cosine"), abs=1e-5)
    clusters = KMeans(3, n_init=10, random_state=0).fit_predict(units)
    assert found["nmi"] == pytest.approx(normalized_mutual_info_score(labels, clusters))
    cosines = units @ units.T
    np.fill_diagonal(cosines, -np.inf)
    alike = labels[:, None] == labels
    assert found["precision_at_1"] == alike[np.arange(len(labels)), cosines.argmax(axis=1)].mean()
    order = np.argsort(-cosines, axis=1, kind="stable")[:, :63]  # R: 64 utterances of each class, without itself
    right = np.take_along_axis(alike, order, axis=1)
    precisions = np.cumsum(right, axis=1) / np.arange(1, 64)
    assert found["map_at_r"] == pytest.approx((precisions * right).sum(axis=1).mean() / 63)
    pairs = np.triu_indices(len(labels), 1)
    accepted, found_out, _ = roc_curve(alike[pairs], cosines[pairs], drop_intermediate=False)
    assert found["eer"] == pytest.approx(accepted[np.argmin(np.abs(accepted - (1 - found_out)))], abs=1e-3)
    means = np.stack([space.embeddings[labels == name].mean(axis=0) for name in labels])
    between = np.square(means - space.embeddings.mean(axis=0)).sum(axis=1).mean()
    within = np.square(space.embeddings - means).sum(axis=1).mean()
    assert found["within_between"] == pytest.approx(within / between, rel=1e-4)


def test_the_name_of_the_column_changes_no_number(random):
    space = made(random, emotion=0.6)
    named, other = measure(space), measure(by_label(space, "mood"), "mood")
    assert {name: one.value for name, one in other.figures.items()} == pytest.approx(
        {name: one.value for name, one in named.figures.items()}, abs=1e-5
    )
    assert all(one.basis == named.figures[name].basis for name, one in other.figures.items())


def test_a_space_is_not_measured_by_a_column_that_is_not_there(random):
    with pytest.raises(InputError, match=r"got 'stile'\. Its columns: file, speaker"):
        measure(made(random), "stile")


def test_the_label_is_probed_on_voices_not_heard_and_compared_with_them(random):
    space = by_label(made(random, emotion=1.0, speaker=0.2))
    found = attribute_leakage(space, "style")
    assert [one.attribute for one in found] == ["style", "speaker", "gender", "sentence"]
    style = found[0]
    assert (style.values, style.held_out) == (3, "speakers")
    labels, speakers = space.frame["style"].to_numpy(), space.frame["speaker"].to_numpy()
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    told = cross_val_predict(model, space.embeddings, labels, groups=speakers, cv=LeaveOneGroupOut())
    assert style.probe.score == pytest.approx(recall_score(labels, told, average="macro"), abs=0.01)
    assert style.probe.score > 0.5
    near = NearestNeighbors(n_neighbors=10, metric="cosine").fit(space.embeddings).kneighbors(return_distance=False)
    assert style.neighbours.share == pytest.approx((labels[near] == labels[:, None]).mean(), abs=1e-3)
    assert verdict(found, "style").startswith("This space shows the style more than ")
    assert "nearest neighbours share the style" in verdict(found, "style")
    voices = attribute_leakage(by_label(made(random, speaker=2.0)), "style")
    assert verdict(voices, "style").startswith("This space shows speakers instead of the style: ")


def test_speakers_can_be_the_classes_beside_emotions(random):
    found = attribute_leakage(made(random, emotion=2.0), "speaker")
    assert [one.attribute for one in found] == ["speaker", "emotion", "gender", "sentence"]
    assert found[0].held_out == "sentences"
    assert verdict(found, "speaker").startswith("This space shows emotions instead of speakers: ")


def alarms(embeddings: np.ndarray, emotions: list[str] | None = None) -> str:
    frame = pd.DataFrame({"file": [f"{row}.wav" for row in range(len(embeddings))]})
    frame = frame if emotions is None else frame.assign(emotion=emotions)
    return " ".join(measure(Space(frame, embeddings.astype(np.float32))).alarms)


def test_collapse_is_told_in_plain_words(random):
    line = np.outer(random.normal(size=60), [1.0, 2.0, 3.0]) + 1e-3 * random.normal(size=(60, 3))
    assert "hardly more than a line: its effective dimension is 1.0 of 3" in alarms(line)
    cone = np.array([1.0, 0.0, 0.0, 0.0]) + 0.01 * random.normal(size=(60, 4))
    assert "All vectors point nearly the same way" in alarms(cone)
    assert "All angles are nearly equal: any two utterances lie 90° ±" in alarms(random.normal(size=(60, 2000)))
    far = np.concatenate([np.eye(8)[:1] + 0.1 * random.normal(size=(40, 8)), random.normal(size=(40, 8))])
    told = alarms(np.concatenate([far, far + 0.1 * random.normal(size=far.shape)]), ["sad"] * 80 + ["calm"] * 80)
    assert "Classes share one direction: calm and sad (" in told
    opposite = np.concatenate([np.eye(4), -np.eye(4)])
    assert "The utterances of sad cancel each other" in alarms(opposite, ["sad"] * 8)
    same = alarms(np.ones((30, 5)))
    assert "hardly more than a point: its effective dimension is 0.0" in same
    assert "0.0° apart on average" in same


def test_equal_vectors_are_no_hubs_of_each_other(random):
    vectors = np.repeat(random.normal(size=(3, 4)), 20, axis=0)  # the first of twenty equal ones come first everywhere
    for equal in (np.ones((60, 4)), vectors, vectors * random.uniform(1, 9, size=(60, 1))):
        numbers = measure(Space(pd.DataFrame({"file": [str(row) for row in range(60)]}), equal.astype(np.float32)))
        assert not [alarm for alarm in numbers.alarms if "hub" in alarm]
    assert numbers.figures["hubness"].basis == "all 60 utterances, 3 different ones"


def test_a_hub_is_named(random):
    ring = np.eye(80) + 0.05 * random.normal(size=(80, 80))  # all at right angles, and one in the middle
    middle = np.ones((1, 80))
    told = alarms(np.concatenate([ring, middle]))
    assert "There are hubs" in told
    assert "80.wav is among the 10 nearest of " in told


def test_a_map_of_speakers_says_so_and_one_of_emotions_too(random):
    speakers = attribute_leakage(made(random, speaker=2.0))
    assert verdict(speakers).startswith("This space shows speakers instead of emotions: ")
    assert "nearest neighbours share the speaker (by chance 25 %)" in verdict(speakers)
    emotions = attribute_leakage(made(random, emotion=2.0))
    assert verdict(emotions).startswith("This space shows emotions more than ")
    assert verdict(attribute_leakage(made(random, emotion=1.0, speaker=1.2, noise=0.35))).startswith(
        "This space shows "
    )
    assert "hardly more than chance" in verdict(attribute_leakage(made(random)))


def test_probes_are_tested_on_what_they_have_not_heard(random):
    found = {one.attribute: one for one in attribute_leakage(made(random, emotion=2.0, speaker=2.0))}
    assert {name: one.held_out for name, one in found.items()} == {
        "emotion": "speakers", "speaker": "sentences", "gender": "speakers", "sentence": "speakers",
    }  # fmt: skip
    assert found["emotion"].probe.score == pytest.approx(1.0, abs=0.02)
    assert found["speaker"].probe.score == pytest.approx(1.0, abs=0.02)
    assert found["sentence"].probe.score == pytest.approx(0.25, abs=0.15)
    assert (found["emotion"].probe.chance, found["emotion"].probe.groups) == (pytest.approx(1 / 3), 4)


def test_utterances_of_one_recording_are_no_neighbours(random):
    space = made(random)
    doubled = Space(
        pd.concat([space.frame.assign(start=0.0), space.frame.assign(start=1.0)], ignore_index=True),
        np.concatenate([space.embeddings, space.embeddings]),
    )
    speaker = next(one for one in attribute_leakage(doubled) if one.attribute == "speaker")
    assert speaker.neighbours.share == pytest.approx(0.25, abs=0.08)


def test_a_table_that_tells_little_is_answered_with_what_it_needs(random):
    space = made(random)
    bare = Space(space.frame[["file"]], space.embeddings)
    assert attribute_leakage(bare) == ()
    assert "needs two classes or two speakers" in verdict(attribute_leakage(bare))
    voices = Space(
        made(random, speaker=2.0).frame.drop(columns=["emotion", "sentence"]), made(random, speaker=2.0).embeddings
    )
    found = attribute_leakage(voices)
    assert verdict(found).startswith("No classes are named. This space shows speakers")
    assert next(one for one in found if one.attribute == "speaker").held_out == "recordings"
    alone = Space(space.frame.assign(speaker="one", gender=None), space.embeddings)
    assert next(one for one in attribute_leakage(alone) if one.attribute == "emotion").held_out == "recordings"


def test_what_cannot_be_probed_is_remarked_and_has_no_bar(random):
    space = made(random, emotion=1.0)
    frame = space.frame.assign(speaker=[f"voice {emotion}" for emotion in space.frame["emotion"]])
    found = attribute_leakage(Space(frame, space.embeddings))
    emotion = found[0]
    assert emotion.probe is None
    assert "no probe: Expected two classes that occur in two groups each" in emotion.remark
    figure = leakage_figure(found)
    bars = {trace.name: trace for trace in figure.data}
    assert len(bars[PROBE].y) == len(bars[NEIGHBOURS].y) - sum(one.probe is None for one in found)
    near = [one.neighbours for one in found]
    assert list(bars[NEIGHBOURS].y) == pytest.approx([100 * one.share for one in near])
    drawn = [y for y in bars[CHANCE].y if y is not None]
    assert len(drawn) == 2 * (len(bars[PROBE].y) + len(near))
    assert drawn[-1] == pytest.approx(100 * near[-1].chance)
