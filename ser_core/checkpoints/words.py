"""A checkpoint's card in words, for its README and for pages."""

from collections.abc import Sequence

from ser_core.checkpoints.card import EMOTION, Card, Metrics
from ser_core.checkpoints.elsewhere import (
    HEADINGS,
    MEANS,
    STRANGER_HEADINGS,
    STRANGERS_MEAN,
    rows,
    stranger_rows,
    worth_in_a_sentence,
)
from ser_core.evaluation.reliability_text import (
    ERROR_MEANS,
    PROMISED,
    measured_on,
    outside_range_text,
    probabilities_text,
    rejection_text,
)
from ser_core.tasks import RatingsTask
from ser_core.written_numbers import fixed

_MOST_NAMES = 100  # that are written out
NO_TEST_SPEAKERS = "Not measured: no speakers were left out."
NOT_MEASURED_YET = (
    "Not measured: this card is of a release that did not. Measure it from the model's known utterances with: "
    "python -m ser_core checkpoints --measure NAME"
)


def fitting_in_words(card: Card) -> str:
    """Return on what temperature and ranges were fitted."""
    found = card.left_out
    if found is not None:
        corpora = ", ".join(f"{one.corpus} ({one.utterances} utterances by {one.speakers})" for one in found.corpora)
        return (
            "So that they hold for people unlike those of the training, the temperature of the probabilities was "
            f"fitted, and every range widened by {fixed(found.widened_degrees, 1)}°, on corpora that were left out of "
            f"the training of models like this one, in turn: {corpora}. For people like those of the training it is "
            "right more often than its probabilities say."
        )
    if card.split.development_speakers:
        return "The temperature of the probabilities and the ranges were fitted on the development speech."
    return (
        "The temperature of the probabilities and the ranges were fitted on the training speech itself, because no "
        "development speakers were set apart: expect too much certainty and ranges that are too narrow."
    )


def reliability_in_words(card: Card) -> list[str]:
    """Return plain paragraphs on the reliability of probabilities and "none of these", or why it is unknown."""
    found = card.reliability
    if found is None:
        return [_why_not(card), fitting_in_words(card)]
    set_on = "its development speech" if card.left_out is None else "its speech in corpora that were left out"
    return [
        f"Measured on {measured_on(found, card.split.speaker_overlap)}. {fitting_in_words(card)}",
        probabilities_text(found),
        rejection_text(found, set_on=set_on),
    ]


def same_recipe_in_words(card: Card) -> list[str]:
    """Return plain paragraphs on scores of models trained in the same way, each on its own fold; none if unknown."""
    evaluation = card.evaluation
    if evaluation is None or evaluation.reliability is None:
        return []
    found = evaluation.reliability
    return [
        f"Models trained in the same way, each measured on the test speech of its own fold: "
        f"{measured_on(found, evaluation.speaker_overlap)}. {probabilities_text(found)} {rejection_text(found)}"
    ]


def outside_in_words(card: Card, label: str) -> str:
    """Say beside an answer how often nothing fits, and how far one emotion's range can be believed."""
    found = card.reliability
    if found is None:
        return "How often that happens with speakers it has not heard was not measured."
    return outside_range_text(found, card.split.speaker_overlap, label)


def elsewhere_in_words(card: Card) -> list[str]:
    """Return the scores on other corpora: a sentence, a table in Markdown, the meaning of its columns."""
    sentence = worth_in_a_sentence(card)
    return [sentence, _table(HEADINGS, rows(card.elsewhere)), MEANS] if card.elsewhere else [sentence]


def strangers_in_words(card: Card) -> list[str]:
    """Return the scores of models trained likewise without the tested corpus: a heading, a table, its meaning."""
    if not card.strangers:
        return []
    table = _table(STRANGER_HEADINGS, stranger_rows(card.strangers))
    return ["## What such a model is worth for people of a corpus that it was not trained on", table, STRANGERS_MEAN]


def card_in_words(card: Card) -> str:
    """Write a checkpoint's README in Markdown, from its card alone."""
    split = card.split
    facts = {
        "Name": card.name,
        "Corpus": card.corpus,
        "Recipe": card.recipe,
        "Emotions": ", ".join(card.labels),
        "Expects": "" if card.hears else f"sentences in writing ({', '.join(card.inputs)}); it hears nothing",
        "Predicts": "" if card.tasks == (EMOTION,) else ", ".join(_columns(card)),
        "Hears by": ", ".join(f"{name} (weights {digest[:12]}…)" for name, digest in card.carried.items()),
        "Scale": _scale(card),
        "Split": f"{split.protocol}, fold {split.fold}, seed {card.seed}",
        "Speakers of train": _names(split.train_speakers),
        "Speakers of development": _names(split.development_speakers),
        "Speakers of test": _names(split.test_speakers),
        "Judged by": card.back_end,
        "Parameters": card.parameters,
        "Trained": card.created,
        "Trained on": card.environment.in_words() if card.environment else "",
    }
    sections = [
        f"# {_line(card.title)}",
        *(["Trained on artificial speech made by a program: for trying things out, not for judging people."]
          if card.artificial else []),
        "\n".join(f"- {name}: {_line(value)}" for name, value in facts.items() if value),
        "## Scores",
        *(_of_emotions(card) if card.labels else ()),
        *_task_scores(card),
        *_of_arousal(card),
        "## Terms",
        _line(card.licence),
        f"Cite: {_line(card.citation)}",
    ]  # fmt: skip
    return "\n\n".join(sections) + "\n"


def _names(speakers: Sequence[str]) -> str:
    if len(speakers) > _MOST_NAMES:
        return f"{len(speakers)}, listed in card.json"
    return ", ".join(speakers)


def _scale(card: Card) -> str:
    """Tell mean and deviation of the training ratings, on whose scale predictions are."""
    found = [
        f"{name} {fixed(mean, 2)} ± {fixed(deviation, 2)}"
        for task in card.definitions
        if isinstance(task, RatingsTask)
        for name, mean, deviation in zip(task.dimensions, task.means, task.deviations, strict=True)
    ]
    return f"{', '.join(found)} (mean and deviation of the training ratings)" if found else ""


def _of_emotions(card: Card) -> list[str]:
    return [
        _scores(card.metrics) or "Not measured: no speech was left out.",
        "UA: recall of each emotion, averaged over the emotions. WA: share of all utterances that are right.",
        '## What its probabilities and its "none of these" are worth',
        *reliability_in_words(card),
        *_ranges(card),
        *same_recipe_in_words(card),
        "## What its answers are worth on other corpora",
        *elsewhere_in_words(card),
        *strangers_in_words(card),
    ]


def _columns(card: Card) -> list[str]:
    return [name for task in card.definitions for name in task.columns]


def _task_scores(card: Card) -> list[str]:
    """Write the metrics of ratings, and of the further tasks of a model."""
    rows = [
        (part, task, metric, fixed(value, 3))
        for part, tasks in card.task_metrics.items()
        for task, measured in tasks.items()
        for metric, value in measured.items()
    ]
    return [_table(("part", "task", "metric", "value"), rows)] if rows else []


def arousal_in_words(card: Card) -> str:
    """Say what predicted arousal is, and is not; empty for a model that does not predict it."""
    task, interval = card.arousal_task, card.arousal_interval
    if task is None or interval is None:
        return ""
    made = (
        "of speakers set apart for development"
        if interval.part == "development"
        else "of the training itself, because no development speakers were set apart: expect it to be too narrow"
    )
    return (
        "Arousal, from -1 (calm) to 1 (excited), was learned from a proxy: nobody rated the training speech. Each clip "
        f"counts as excited as its played emotion is by {task.source.title}, and a little more if it was played "
        f"strongly. The interval is the prediction ± {fixed(interval.half_width, 2)}: it holds "
        f"{100 * interval.level:.0f} % of the proxy's figures of {interval.utterances} utterances {made}."
    )


def ratings_in_words(card: Card) -> list[str]:
    """Return a sentence for each corpus whose ratings of arousal a model was measured on."""
    return [
        f"Against the ratings of {found.utterances} utterances of {one.title} by {found.speakers} speakers, which it "
        f"has never seen: concordance {_correlation(found.ccc)}, rank correlation {_correlation(found.spearman)}; "
        f"{100 * found.covered:.0f} % of the ratings lie inside the interval."
        for one in card.elsewhere
        if (found := one.arousal) is not None
    ]


def _correlation(value: float | None) -> str:
    return "undefined" if value is None else fixed(value, 2)


def _of_arousal(card: Card) -> list[str]:
    task = card.arousal_task
    if task is None:
        return []
    return ["## Arousal", arousal_in_words(card), *ratings_in_words(card), _line(task.source.citation)]


def _why_not(card: Card) -> str:
    return NOT_MEASURED_YET if card.split.test_speakers else NO_TEST_SPEAKERS


def _scores(metrics: Metrics) -> str:
    return _table(
        ("part", "back end", "UA (%)", "WA (%)"),
        [
            (part, back_end, f"{100 * found.uar:.1f}", f"{100 * found.wa:.1f}")
            for part, back_ends in metrics.items()
            for back_end, found in back_ends.items()
        ],
    )


def _ranges(card: Card) -> list[str]:
    found = card.reliability
    if found is None:
        return []
    rows = [
        (label, str(one.utterances), _share(one.covered), _share(one.rejected)) for label, one in found.classes.items()
    ]
    return [
        _table(("spoken as", "utterances", f"inside its {PROMISED} range (%)", "none of these (%)"), rows),
        ERROR_MEANS,
    ]


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if rows else ""


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _line(value: object) -> str:
    """On one line, whatever it is: text of a card can come from elsewhere."""
    return " ".join(str(value).split())
