"""Corpora left out in turn: nobody who is judged was heard, and the answers are those of such a training."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.corpora.people import family, people
from ser_core.corpora.splits import Fold
from ser_core.features import FrontEnd
from ser_core.models import AUDIO
from ser_core.models.running import run_model
from ser_core.recipes import Recipe, Stage
from ser_core.training import left_out as training
from ser_core.training.callbacks import Callback
from ser_core.training.examples import Examples
from ser_core.training.fit import fit_fold
from ser_core.training.left_out import LeftOut, answers_without, left_out_folds
from ser_core.training.loop import Stopped

EMOTIONS = {
    "ravdess": ("neutral", "calm", "sad", "angry"),
    "ravdess-song": ("neutral", "calm", "sad"),
    "emodb": ("neutral", "sad", "angry", "boredom"),
}
RECIPE = Recipe(
    "r", "t", "s", "o", (Stage("softmax", epochs=2, learning_rate=5e-3, batch_size=8),), FrontEnd(mel_bands=8),
    embedding_size=6,
)  # fmt: skip


def corpora(*names: str, speakers: int = 4) -> Manifest:
    """Corpora joined as for a training: each of the speakers says every emotion of a corpus twice."""
    rows = tuple(
        Utterance(file=f"{name}/{speaker}{emotion}{take}.wav", speaker=f"{family(name)}/{speaker}", emotion=emotion,
                  corpus=name)
        for name in names
        for speaker in range(speakers)
        for emotion in EMOTIONS[name]
        for take in range(2)
    )  # fmt: skip
    return Manifest("+".join(names), Path("/nowhere"), rows, "none", "none")


def split(manifest: Manifest) -> Fold:
    """A fold by person: 3 is for the test, 2 for development, whoever else trains."""
    parts: dict[str, list[int]] = {"3": [], "2": [], "": []}
    for row, person in enumerate(people(manifest)):
        parts[person[-1] if person[-1] in "23" else ""].append(row)
    return Fold(1, tuple(parts[""]), tuple(parts["2"]), tuple(parts["3"]))


def sides(manifest: Manifest, one: LeftOut) -> tuple[Manifest, Manifest]:
    """What is heard, and what is judged."""
    return manifest.select((*one.fold.train, *one.fold.development)), manifest.select(one.fold.test)


@pytest.fixture
def heard() -> tuple[Manifest, Examples]:
    """Three corpora, and frames in which each is louder than the one before, so that statistics tell them apart."""
    manifest = corpora("ravdess", "ravdess-song", "emodb")
    random = torch.Generator().manual_seed(0)
    loudness = {"ravdess": 0.0, "ravdess-song": 10.0, "emodb": 1_000.0}
    frames = [
        torch.randn(6 + row % 5, 8, generator=random) + loudness[str(item.corpus)]
        for row, item in enumerate(manifest.utterances)
    ]
    speakers = np.unique([item.speaker for item in manifest.utterances], return_inverse=True)[1]
    return manifest, Examples({AUDIO: frames}, {}, speakers)


def test_a_corpus_is_left_out_with_all_corpora_of_its_speakers() -> None:
    manifest = corpora("ravdess", "ravdess-song", "emodb")
    fold = split(manifest)
    folds = left_out_folds(manifest, fold)
    assert [one.corpus for one in folds] == ["emodb", "ravdess+ravdess-song"]
    for one in folds:
        known, judged = sides(manifest, one)
        assert {row.corpus for row in judged.utterances} == set(one.corpus.split("+"))
        assert not {row.corpus for row in known.utterances} & {row.corpus for row in judged.utterances}
        assert one.fold.train
        assert one.fold.development
    assert [one.corpus for one in left_out_folds(manifest, fold, among={"emodb"})] == ["emodb"]


def test_test_speakers_play_no_part() -> None:
    manifest = corpora("ravdess", "ravdess-song", "emodb")
    fold = split(manifest)
    for one in left_out_folds(manifest, fold):
        used = {*one.fold.train, *one.fold.development, *one.fold.test}
        assert not used & set(fold.test)
        assert len(one.fold.train) + len(one.fold.development) + len(one.fold.test) == len(used)


def test_without_other_people_half_of_them_are_judged_in_a_corpus_that_the_other_half_is_not_heard_in() -> None:
    manifest = corpora("ravdess", "ravdess-song", speakers=8)
    everybody = tuple(range(len(manifest.utterances)))
    folds = left_out_folds(manifest, Fold(1, everybody, (), ()))
    assert [one.corpus for one in folds] == ["ravdess", "ravdess-song"]
    for one in folds:
        known, judged = sides(manifest, one)
        assert {row.corpus for row in judged.utterances} == {one.corpus}
        assert one.corpus not in {row.corpus for row in known.utterances}
        assert len(set(people(judged))) == len(set(people(known))) == 4
        assert not set(people(judged)) & set(people(known))
    assert left_out_folds(manifest, Fold(1, everybody, (), ())) == folds


def test_nothing_is_left_out_of_one_corpus_nor_of_corpora_without_a_common_emotion() -> None:
    alone = corpora("emodb")
    assert left_out_folds(alone, split(alone)) == []
    strange = corpora("ravdess", "emodb")
    rows = [
        dataclasses.replace(row, emotion={"neutral": "excited"}.get(str(row.emotion), "other"))
        if row.corpus == "emodb"
        else row
        for row in strange.utterances
    ]
    strange = dataclasses.replace(strange, utterances=tuple(rows))
    assert left_out_folds(strange, split(strange)) == []


def test_development_speakers_are_drawn_where_all_of_them_were_left_out() -> None:
    manifest = corpora("ravdess", "emodb")
    rows = range(len(manifest.utterances))
    development = tuple(row for row in rows if manifest.utterances[row].speaker == "emodb/2")
    fold = Fold(1, tuple(row for row in rows if row not in development), development, ())
    without_emodb = left_out_folds(manifest, fold)[0]
    known = manifest.select(without_emodb.fold.train).speakers
    tuned = manifest.select(without_emodb.fold.development).speakers
    assert tuned
    assert sorted((*known, *tuned)) == [f"ravdess/{speaker}" for speaker in range(4)]


def test_answers_are_those_of_a_model_that_was_trained_on_the_others_alone(heard: tuple[Manifest, Examples]) -> None:
    manifest, examples = heard
    one = left_out_folds(manifest, split(manifest))[0]
    found = answers_without(manifest, one, RECIPE, examples, seed=3)
    others = (*one.fold.train, *one.fold.development)
    own = Fold(1, tuple(range(len(one.fold.train))), tuple(range(len(one.fold.train), len(others))), ())
    model = fit_fold(manifest.select(others), own, RECIPE, examples.select(others), seed=3).trained.model
    known = [row for row in one.fold.test if manifest.utterances[row].emotion != "boredom"]
    outputs = run_model(model, examples.select(known).inputs)
    np.testing.assert_allclose(found.logits, outputs.heads["emotion"], atol=1e-6)
    assert found.labels == ("neutral", "calm", "sad", "angry")
    assert found.truth == tuple(manifest.utterances[row].emotion for row in known)
    assert set(found.speakers) == {"emodb/0", "emodb/1", "emodb/2"}


def test_the_corpus_that_is_judged_has_no_part_in_its_models_statistics(
    heard: tuple[Manifest, Examples], monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest, examples = heard
    loudest: list[float] = []

    def spy(*arguments: object, **options: object) -> object:
        fitted = fit_fold(*arguments, **options)  # type: ignore[arg-type]
        loudest.append(max(frames.max().item() for frames in arguments[3].inputs[AUDIO]))  # type: ignore[attr-defined]
        return fitted

    monkeypatch.setattr(training, "fit_fold", spy)
    for one in left_out_folds(manifest, split(manifest)):
        answers_without(manifest, one, RECIPE, examples, seed=0)
    assert loudest[0] < 100  # without EmoDB, whose frames lie about 1,000
    assert loudest[1] > 900


class StopOnce(Callback):
    """Asks to stop after the first epoch."""

    def __init__(self) -> None:
        self.epochs = 0

    def epoch_ended(self, figures: object) -> None:
        self.epochs += 1

    def should_stop(self) -> bool:
        return self.epochs == 1


def test_a_training_that_was_stopped_goes_on_and_one_that_is_done_is_not_done_again(
    heard: tuple[Manifest, Examples], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest, examples = heard
    one = left_out_folds(manifest, split(manifest))[0]
    ask: Callable[..., object] = lambda **more: answers_without(  # noqa: E731
        manifest, one, RECIPE, examples, seed=0, folder=tmp_path, **more
    )
    with pytest.raises(Stopped):
        ask(callbacks=[StopOnce()])
    assert [path.suffix for path in tmp_path.iterdir()] == [".safetensors"]
    resumed = ask()
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]
    straight = answers_without(manifest, one, RECIPE, examples, seed=0)
    np.testing.assert_allclose(resumed.logits, straight.logits, atol=1e-6)  # type: ignore[attr-defined]
    monkeypatch.setattr(training, "fit_fold", None)
    np.testing.assert_array_equal(ask().logits, resumed.logits)  # type: ignore[attr-defined]
