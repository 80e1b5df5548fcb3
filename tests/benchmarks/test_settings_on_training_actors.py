"""Settings are chosen by speakers whom the fold does not test, the same ones for every variant."""

from benchmarks.settings_on_training_actors import AS_IT_IS, Measured, report, split_of_training_speakers
from ser_core.corpora import open_corpus
from ser_core.corpora.protocols import make_folds


def test_no_test_speaker_trains_or_judges_and_every_other_does_one_of_both():
    manifest = open_corpus("demo")
    fold = make_folds(manifest, "held-out-speakers", 0)[0]
    tested = {manifest.utterances[index].speaker for index in fold.test}
    part, split = split_of_training_speakers(manifest, fold, seed=0)
    speakers = [
        {part.utterances[index].speaker for index in side} for side in (split.train, split.development, split.test)
    ]
    assert set.union(*speakers) == set(manifest.speakers) - tested
    assert sum(map(len, speakers)) == len(manifest.speakers) - len(tested)


def test_the_difference_is_paired_with_the_recipe_as_it_is():
    lines = report(
        {AS_IT_IS: [Measured(0.5, 200), Measured(0.6, 210)], "a=1": [Measured(0.52, 100), Measured(0.58, 120)]}
    )
    assert lines[0].endswith("UA 55.0 %, difference +0.0 ± 0.0 points over 2")
    assert lines[1] == "a=1: 110 processor s, UA 55.0 %, difference +0.0 ± 2.8 points over 2"
