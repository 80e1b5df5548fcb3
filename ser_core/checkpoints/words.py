"""A checkpoint's card in words, for people: its README, and what pages say of its probabilities and ranges."""

from collections.abc import Mapping, Sequence
from typing import Any

from ser_core.checkpoints.elsewhere import HEADINGS, MEANS, rows, scores_elsewhere, worth_in_a_sentence
from ser_core.evaluation.reliability import Reliability, reliability_from
from ser_core.evaluation.reliability_words import (
    ERROR_MEANS,
    PROMISED,
    measured_on,
    outside_told,
    probabilities_told,
    rejection_told,
)

NOBODY_LEFT_OUT = "Not measured: no speakers were left out."
NOT_MEASURED_YET = (
    "Not measured: this card is of a release that did not. Measure it from the model's known utterances with: "
    "python -m ser_core checkpoints --measure NAME"
)
_PARTS = ("train", "development", "test")


def reliability_of(card: Mapping[str, Any]) -> Reliability | None:
    """Return what a card tells of its probabilities and ranges; None where it tells nothing.

    Raises:
        ConfigError: if what it tells is nonsense; a card that was read has been checked.
    """
    told = card.get("reliability")
    return None if told is None else reliability_from(told)


def fitting_in_words(card: Mapping[str, Any]) -> str:
    """Say what temperature and ranges were fitted on."""
    if (card.get("split") or {}).get("development_speakers"):
        return "The temperature of the probabilities and the ranges were fitted on the development speech."
    return (
        "The temperature of the probabilities and the ranges were fitted on the training speech itself, because no "
        "development speakers were set apart: expect too much certainty and ranges that are too narrow."
    )


def reliability_in_words(card: Mapping[str, Any]) -> list[str]:
    """Say in sentences what a model's probabilities and its "none of these" are worth, or why nobody knows.

    Returns:
        Plain paragraphs, without markup.
    """
    found = reliability_of(card)
    if found is None:
        return [_why_not(card), fitting_in_words(card)]
    return [
        f"Measured on {measured_on(found, _overlap(card))}. {fitting_in_words(card)}",
        probabilities_told(found),
        rejection_told(found),
    ]


def same_recipe_in_words(card: Mapping[str, Any]) -> list[str]:
    """Say what was measured out of fold: on models trained in the same way, each on the test speech of its own fold.

    Returns:
        Plain paragraphs; none where the card tells nothing of it.
    """
    evaluation = card.get("evaluation") or {}
    told = evaluation.get("reliability")
    if told is None:
        return []
    found = reliability_from(told)
    return [
        f"Models trained in the same way, each measured on the test speech of its own fold: "
        f"{measured_on(found, evaluation.get('speaker_overlap'))}. {probabilities_told(found)} {rejection_told(found)}"
    ]


def outside_in_words(card: Mapping[str, Any], label: str) -> str:
    """Say beside an answer how often nothing fits, and how far one emotion's range can be believed."""
    found = reliability_of(card)
    if found is None:
        return "How often that happens with speakers it has not heard was not measured."
    return outside_told(found, _overlap(card), label)


def elsewhere_in_words(card: Mapping[str, Any]) -> list[str]:
    """Say what a model scores on other corpora: a sentence, a table in Markdown, what its columns mean."""
    found = scores_elsewhere(card)
    sentence = worth_in_a_sentence(card)
    return [sentence, _table(HEADINGS, rows(found)), MEANS] if found else [sentence]


def card_in_words(card: Mapping[str, Any]) -> str:
    """Write a checkpoint's README in Markdown, from its card alone."""
    split = card.get("split") or {}
    facts = {
        "Name": card.get("name"),
        "Corpus": card.get("corpus"),
        "Recipe": card.get("recipe"),
        "Emotions": ", ".join(card.get("labels", ())),
        "Split": f"{split.get('protocol')}, fold {split.get('fold')}, seed {card.get('seed')}",
        **{f"Speakers of {part}": ", ".join(map(str, split.get(f"{part}_speakers", ()))) for part in _PARTS},
        "Judged by": card.get("back_end"),
        "Parameters": card.get("parameters"),
        "Trained": card.get("created"),
    }
    sections = [
        f"# {_line(card.get('title'))}",
        *(["Trained on artificial speech made by a program: for trying things out, not for judging people."]
          if card.get("artificial") else []),
        "\n".join(f"- {name}: {_line(value)}" for name, value in facts.items() if value),
        "## Scores",
        _scores(card.get("metrics") or {}) or "Not measured: no speech was left out.",
        "UA: recall of each emotion, averaged over the emotions. WA: share of all utterances that are right.",
        '## What its probabilities and its "none of these" are worth',
        *reliability_in_words(card),
        *_ranges(card),
        *same_recipe_in_words(card),
        "## What its answers are worth on other corpora",
        *elsewhere_in_words(card),
        "## Terms",
        _line(card.get("licence")),
        f"Cite: {_line(card.get('citation'))}",
    ]  # fmt: skip
    return "\n\n".join(sections) + "\n"


def _why_not(card: Mapping[str, Any]) -> str:
    return NOT_MEASURED_YET if (card.get("split") or {}).get("test_speakers") else NOBODY_LEFT_OUT


def _overlap(card: Mapping[str, Any]) -> int | None:
    overlap = (card.get("split") or {}).get("speaker_overlap")
    return overlap if isinstance(overlap, int) else None


def _scores(metrics: Mapping[str, Any]) -> str:
    return _table(
        ("part", "back end", "UA (%)", "WA (%)"),
        [
            (part, back_end, f"{100 * found['uar']:.1f}", f"{100 * found['wa']:.1f}")
            for part, back_ends in metrics.items()
            for back_end, found in back_ends.items()
        ],
    )


def _ranges(card: Mapping[str, Any]) -> list[str]:
    found = reliability_of(card)
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
