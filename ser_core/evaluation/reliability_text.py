"""Texts on the reliability of probabilities and ranges."""

from ser_core.evaluation.reliability import Reliability

PROMISED = "90 %"  # what a range is set to hold of its emotion's development speech
ERROR_MEANS = (
    "Expected calibration error: in each of 15 steps of probability, how far the mean probability lies from the share "
    "of right answers; the mean over the utterances. 0 % is perfect. Few utterances alone give some per cent, and "
    "draws of few speakers more, so that the interval lies rather above it."
)


def measured_on(found: Reliability, overlap: int | None) -> str:
    """Describe the test utterances; ``overlap`` speakers were heard in training or development, None if not counted."""
    people = "1 person" if found.speakers == 1 else f"{found.speakers} people"
    return f"{found.utterances} utterances by {people} {_whom(overlap)}"


def probabilities_text(found: Reliability) -> str:
    """Describe the calibration of the probabilities."""
    filled = [one for one in found.bins if one.confidence is not None and one.accuracy is not None]
    confidence, accuracy = (
        sum(one.utterances * (getattr(one, name) or 0.0) for one in filled) / found.utterances
        for name in ("confidence", "accuracy")
    )
    return (
        f"The most probable emotion had a probability of {_percent(confidence)} on average and was right in "
        f"{_percent(accuracy)}. Expected calibration error: "
        f"{_percent(found.ece)}{_interval(found.ece_interval_by_speaker)}."
    )


def rejection_text(found: Reliability, *, set_on: str = "its development speech") -> str:
    """Describe rejections and the coverage of the ranges; ``set_on`` is the speech by which the ranges were set."""
    kept = "no answer was left" if found.wa_kept is None else f"{_percent(found.wa_kept)} of the others were right"
    return (
        f"{_percent(found.rejected)}{_interval(found.rejected_interval_by_speaker)} fell outside every emotion's "
        f"range, none of these; {kept}, and {_percent(found.wa)} of all. An emotion's range is set to hold {PROMISED} "
        f"of {set_on}; of this speech the ranges held {_percent(found.covered)}. All of it "
        "was spoken in an emotion that the model knows; one that it does not know it can seldom be expected to notice "
        "(benchmarks/unknown_emotions.py)."
    )


def outside_range_text(found: Reliability, overlap: int | None, label: str) -> str:
    """Describe rejections, and the coverage of one emotion's range, beside an answer."""
    first = f"Of speech by people {_whom(overlap)}, {_percent(found.rejected, 0)} fell outside all ranges"
    shares = found.classes.get(label)
    if shares is None or shares.covered is None:
        return f"{first}."
    return f"{first}; the {PROMISED} range of {label} held {_percent(shares.covered, 0)}."


def _whom(overlap: int | None) -> str:
    if overlap is None:
        return "of whom it was not counted how many this model had heard"
    if overlap:
        return f"of whom this model had heard {overlap} already, so that the figures flatter it"
    return "whom this model had not heard"


def _percent(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f} %"


def _interval(bounds: tuple[float, ...] | None) -> str:
    return "" if bounds is None else f" (95 % interval by speaker: {100 * bounds[0]:.1f} to {100 * bounds[1]:.1f} %)"
