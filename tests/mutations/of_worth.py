"""Wrong ways to fit and to measure what answers are worth for people whom a model has not heard."""

from tests.mutations.mutation import Mutation

_FITTING = "ser_core/evaluation/left_out.py"
_LEAVING_OUT = "ser_core/training/left_out.py"
_FITTED = ("tests/evaluation/test_left_out.py",)
_LEFT_OUT = ("tests/training/test_left_out.py",)

MUTATIONS = (
    Mutation(
        name="left-out-corpus-heard",
        wrong="the corpus that is left out is in the training of the model that judges it",
        file=_LEAVING_OUT,
        old="    train, development = kept(fold.train), kept(fold.development)\n",
        new="    train, development = fold.train, kept(fold.development)\n",
        tests=_LEFT_OUT,
        run=True,
    ),
    Mutation(
        name="left-out-speakers-heard-elsewhere",
        wrong="people who are judged in one corpus are heard in another",
        file=_LEAVING_OUT,
        old="if spoken[row] not in who and ",
        new="if ",
        tests=_LEFT_OUT,
        run=True,
    ),
    Mutation(
        name="left-out-corpus-heard-by-other-speakers",
        wrong="other people of the corpus that is judged are heard",
        file=_LEAVING_OUT,
        old=" and manifest.utterances[row].corpus not in corpora)",
        new=")",
        tests=_LEFT_OUT,
        run=True,
    ),
    Mutation(
        name="test-speakers-left-out-and-judged",
        wrong="test speakers of the model that is to be fitted are judged for its fit",
        file=_LEAVING_OUT,
        old="    heard = (*fold.train, *fold.development)\n    found",
        new="    heard = (*fold.train, *fold.development, *fold.test)\n    found",
        tests=_LEFT_OUT,
        run=True,
    ),
    Mutation(
        name="large-corpora-decide-ranges",
        wrong="ranges are widened by utterances, not by corpora",
        file=_FITTING,
        old="np.full(len(one.truth), 1 / len(one.truth))",
        new="np.full(len(one.truth), 1.0)",
        tests=_FITTED,
        run=True,
    ),
    Mutation(
        name="silenced-parts-turned",
        wrong="parts of the sound that speak for an emotion are shown as speaking against it",
        file="ser_core/inference/sound_occlusion.py",
        old="= whole - without",
        new="= without - whole",
        tests=("tests/inference/test_sound_occlusion.py",),
        run=True,
    ),
    Mutation(
        name="everything-but-the-part-silenced",
        wrong="in place of a part, everything else is silenced",
        file="ser_core/inference/sound_occlusion.py",
        old="[~(_within",
        new="[(_within",
        tests=("tests/inference/test_sound_occlusion.py",),
        run=True,
    ),
    Mutation(
        name="excess-of-the-nearest-class",
        wrong="an utterance counts as held if it lies inside any emotion's range",
        file=_FITTING,
        old="self.angles[np.arange(len(numbers)), numbers] - self.ranges[numbers]",
        new="(self.angles - self.ranges).min(axis=1)",
        tests=_FITTED,
        run=True,
    ),
)
