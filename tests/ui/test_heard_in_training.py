"""Clips that ship and whose speaker a model learned from are called so, by the card of the model."""

import dataclasses

from ser_core.checkpoints import available
from ser_core.corpora import SPEAKERS_OF, open_corpus
from ser_core.corpora.joining import own_name
from ui.components import heard_in_training
from ui.sound import sound_on_disk


def test_speakers_of_a_models_training_and_no_others_are_called_heard(tmp_path):
    people = next(entry for entry in available() if entry.name == "people")
    tested = {name for name in people.card.split.test_speakers if name.startswith("emodb/")}
    said = {}
    manifest = open_corpus("emodb-clips")
    for clip in manifest.utterances:
        name = own_name("emodb-clips", clip.speaker, SPEAKERS_OF)
        sound = sound_on_disk(manifest.path(clip), name="a clip", speaker=name)
        said[name] = heard_in_training.note(sound, people)
        assert not heard_in_training.note(dataclasses.replace(sound, speaker=""), people)  # a visitor's own
        assert not heard_in_training.note(sound, None)
    assert {name for name, note in said.items() if not note} == tested & set(said)
    assert set(said.values()) <= {"", "heard in training"}
    assert "heard in training" in said.values()


def test_a_model_that_never_heard_a_corpus_calls_nobody_of_it_heard():
    demo = next(entry for entry in available() if entry.name == "demo-residual")
    manifest = open_corpus("emodb-clips")
    clip = manifest.utterances[0]
    sound = sound_on_disk(
        manifest.path(clip), name="a clip", speaker=own_name("emodb-clips", clip.speaker, SPEAKERS_OF)
    )
    assert not heard_in_training.note(sound, demo)
