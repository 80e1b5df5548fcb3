"""Wrong targets, losses and metrics of tasks."""

from tests.mutations.mutation import Mutation

_CLASSES = "ser_core/tasks/classes.py"
_RATINGS = "ser_core/tasks/ratings.py"
_TASKS = ("tests/tasks/test_tasks.py",)

MUTATIONS = (
    Mutation(
        name="missing-class-as-the-first",
        wrong="an utterance without a label counts as one of the first class",
        file=_CLASSES,
        old="return Labels(values, values != MISSING)",
        new="return Labels(np.maximum(values, 0), values > -2)",
        tests=_TASKS,
        run=True,
    ),
    Mutation(
        name="class-mask-ignored",
        wrong="utterances without a label have a part in the loss of classes",
        file=_CLASSES,
        old="SoftmaxLoss()(outputs[present], targets[present])",
        new="SoftmaxLoss(label_smoothing=0.1)(outputs, targets)",
        tests=_TASKS,
        run=True,
    ),
    Mutation(
        name="speakers-of-the-test-as-classes",
        wrong="speakers who are only tested are classes of the head",
        file=_CLASSES,
        old='ClassKind("speaker", of_training=True)',
        new='ClassKind("speaker")',
        tests=_TASKS,
        run=True,
    ),
    Mutation(
        name="missing-rating-as-zero",
        wrong="an utterance without a rating counts as one rated zero",
        file=_RATINGS,
        old="return Labels(values, ~np.isnan(values))",
        new="return Labels(np.nan_to_num(values), ~np.isinf(values))",
        tests=_TASKS,
        run=True,
    ),
    Mutation(
        name="ratings-scaled-with-the-test",
        wrong="the mean and deviation that scale ratings are those of all utterances, test included",
        file=_RATINGS,
        old="rated = _ratings(manifest, dimensions)[list(train)]",
        new="rated = _ratings(manifest, dimensions)",
        tests=_TASKS,
        run=True,
    ),
    Mutation(
        name="ratings-mask-ignored",
        wrong="utterances without a rating have a part in the loss of ratings",
        file=_RATINGS,
        old="of_batch(outputs[rated, place], targets[rated, place])",
        new="of_batch(outputs[:, place], targets[:, place])",
        tests=_TASKS,
        run=True,
    ),
    Mutation(
        name="predictions-in-deviations",
        wrong="predicted ratings are deviations from the training mean, not on the corpus's scale",
        file=_RATINGS,
        old="np.array(self.deviations) + np.array(self.means)\n        return scaled",
        new="1.0\n        return scaled",
        tests=_TASKS,
        run=True,
    ),
    Mutation(
        name="worse-epochs-first",
        wrong="of two epochs the one with the worse score is kept",
        file="ser_core/tasks/base.py",
        old="value if self.higher_is_better else -value",
        new="-value if self.higher_is_better else value",
        tests=_TASKS,
        run=True,
    ),
    Mutation(
        name="concordance-without-the-shift",
        wrong="the concordance coefficient leaves the distance of the means out of its denominator",
        file="ser_core/evaluation/agreement.py",
        old="predicted.var() + (truth.mean() - predicted.mean()) ** 2",
        new="predicted.var()",
        tests=("tests/evaluation/test_agreement.py",),
        run=True,
    ),
    Mutation(
        name="concordance-loss-over-the-deviations",
        wrong="the loss of ratings divides by the product of the deviations, as Pearson's correlation does",
        file="ser_core/losses/concordance.py",
        old="spread = of_predicted.square().mean() + of_truth.square().mean() + shift.square()",
        new="spread = 2 * of_predicted.square().mean().sqrt() * of_truth.square().mean().sqrt() + 0 * shift",
        tests=("tests/losses/test_concordance.py",),
        run=True,
    ),
)
