"""A model's scores on corpora that it was not trained on, as its card keeps them, in figures and in words."""

from collections.abc import Sequence

from ser_core.checkpoints.card import Card
from ser_core.corpora import CORPORA
from ser_core.evaluation.cross_corpus import CrossCorpusSummary, StrangerScore

NOT_MEASURED = (
    "What its answers are worth for other people was not measured. Measure it with: "
    "python -m ser_core evaluate --checkpoint NAME --corpus KIND:DIR --out FILE.json"
)
HEADINGS = ("corpus", "language", "utterances, speakers", "shared emotions", "UA of its answers (%)",
            "UA among shared emotions (%)", "95 % interval by speaker", "chance (%)", "mean confidence (%)",
            "accuracy (%)", "calibration error (%)", "none of these (%)")  # fmt: skip
MEANS = (
    "UA of its answers: mean recall over the emotions that model and corpus share, whatever the model answers. Among "
    "shared emotions: each answer is the best of those. Confidence and accuracy are of the most probable emotion. "
    "Utterances by speakers that the model learned from are left out."
)


def worth_in_short(card: Card) -> str:
    """Return a short sentence on how often the model is right for people of other corpora than that of the training.

    It is the range, over the corpora on which it was measured, of the UA of its answers, and what guessing among all
    its classes would have.
    """
    found = _of_people(card)
    if not found:
        return "How often it is right on other corpora, with people it never heard, was not measured."
    right, chance = _range([one.uar for one in found]), _range([1 / len(card.labels)])
    return f"On other corpora, with people it never heard, {right} of its answers are right; guessing, {chance}."


def worth_in_a_sentence(card: Card) -> str:
    """Return a sentence with numbers on what an answer is worth for people unlike those of the training."""
    found = _of_people(card)
    if not found:
        return NOT_MEASURED
    where = f"{len(found)} other corpora" if len(found) > 1 else f"another corpus, {found[0].title}"
    return (
        f"For people unlike its training speakers, {_range([one.uar for one in found])} of its answers were right "
        f"({_range([1 / len(card.labels)])} by chance) at a mean confidence of "
        f"{_range([one.confidence for one in found])}; among the emotions that model and corpus share, "
        f"{_range([one.uar_present for one in found])} ({_range([one.chance for one in found])} by chance): measured "
        f"on {where}."
    )


def rows(found: Sequence[CrossCorpusSummary]) -> list[tuple[str, ...]]:
    """Return the cells of a table with :data:`HEADINGS`."""
    return [
        (
            f"{one.title}{', other speakers of the training corpus' if one.trained_on else ''}",
            one.language,
            f"{one.utterances}, {one.speakers}",
            str(one.labels),
            percent(one.uar),
            percent(one.uar_present),
            "–"
            if one.uar_present_interval is None
            else " to ".join(percent(bound) for bound in one.uar_present_interval),
            *map(percent, (one.chance, one.confidence, one.accuracy, one.ece, one.none_of_these)),
        )
        for one in found
    ]


STRANGER_HEADINGS = ("tested on", "trained on", "utterances, speakers", "shared emotions", "chance (%)",
                     "UA (%)", "UA after unlabelled clips (%)", "calibration error (%)")  # fmt: skip
STRANGERS_MEAN = (
    "Models trained by the same recipe without the corpus that is tested, and without anybody who speaks in it. UA "
    "among the emotions that training and test share, mean over the trainings, with the 95 % interval by speaker. "
    "After unlabelled clips of each speaker, whatever they felt, their other clips were judged: transductive."
)


def strangers_in_a_sentence(card: Card) -> str:
    """Return a sentence on how often models trained likewise are right in a corpus left out; empty if not measured."""
    found = card.strangers
    if not found:
        return ""
    return (
        f"With people of a corpus left out of the training {_range([one.uar for one in found])} are right among the "
        f"emotions that both know, after {found[0].clips} clips of theirs {_range([one.uar_after for one in found])}; "
        f"guessing, {_range([one.chance for one in found])}."
    )


def stranger_rows(found: Sequence[StrangerScore]) -> list[tuple[str, ...]]:
    """Return the cells of a table with :data:`STRANGER_HEADINGS`."""
    return [
        (
            one.title,
            ", ".join(one.trained_on),
            f"{one.utterances}, {one.speakers}",
            str(one.labels),
            percent(one.chance),
            with_interval(one.uar, one.uar_interval),
            f"{with_interval(one.uar_after, one.uar_after_interval)}, {one.clips} clips",
            percent(one.ece),
        )
        for one in found
    ]


def with_interval(share: float, bounds: Sequence[float] | None) -> str:
    """Write a fraction as percent, with its interval where there is one."""
    return percent(share) if bounds is None else f"{percent(share)} ({percent(bounds[0])} to {percent(bounds[1])})"


def percent(share: float) -> str:
    """Write a fraction as percent with one decimal, without the sign."""
    return f"{100 * share:.1f}"


def _of_people(card: Card) -> list[CrossCorpusSummary]:
    return [one for one in card.elsewhere if not one.trained_on and not _artificial(one.corpus)]


def _artificial(corpus: str) -> bool:
    return corpus in CORPORA and CORPORA[corpus].artificial


def _range(shares: Sequence[float]) -> str:
    low, high = f"{100 * min(shares):.0f}", f"{100 * max(shares):.0f}"
    return f"{low} %" if low == high else f"{low} to {high} %"
