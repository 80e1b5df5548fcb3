"""What a voice changes, in a sentence."""

from collections import Counter
from collections.abc import Iterable, Sequence

from ser_core.inference.own_voice import Change


def summary(changes: Sequence[Change]) -> str:
    """Say how many clips are heard as the emotion that was spoken, before and now, and what was mistaken most often.

    Clips count that were judged by a voice made without them; where there are none, all of them. Where emotions are
    told of some, only these count; where of none, how many are heard otherwise than before. Of equally frequent
    mistakes, the one of the earlier clip is named; those before go ahead of those that are new.

    Args:
        changes: one per clip, at least one.
    """
    every = [change for change in changes if change.held_out] or list(changes)
    judged = [change for change in every if change.clip.emotion is not None]
    if not judged:
        return _moved(every)
    if len(judged) == 1:
        (one,) = judged
        return (
            f"One clip: spoken {one.clip.emotion}, heard as {one.before.verdict} before and as {one.after.verdict} now."
        )
    before, after = (_right(judged, after=side) for side in (False, True))
    were = "was" if before == 1 else "were"
    heard = f"Before, {before} of {len(judged)} clips {were} heard correctly, now {after}"
    old = _mistakes((change.clip.emotion, change.before.verdict) for change in judged)
    new = _mistakes((change.clip.emotion, change.after.verdict) for change in judged)
    if old:
        (spoken, as_what), often = old[0]
        now = dict(new).get((spoken, as_what), 0)
        return f"{heard}: {spoken} was heard as {as_what} in {_of(often, spoken, judged)}, now in {now or 'none'}."
    if new:
        (spoken, as_what), often = new[0]
        return f"{heard}: {spoken} is heard as {as_what} in {_of(often, spoken, judged)}, before in none."
    return f"{heard}: none was mistaken."


def _moved(changes: Sequence[Change]) -> str:
    if len(changes) == 1:
        (one,) = changes
        return f"One clip: heard as {one.before.verdict} before and as {one.after.verdict} now."
    moves = Counter((change.before.verdict, change.after.verdict) for change in changes)
    other = [(pair, often) for pair, often in moves.most_common() if pair[0] != pair[1]]
    if not other:
        return f"All {len(changes)} clips are heard as before."
    ((before, after), often), total = other[0], sum(often for _, often in other)
    heard = "is" if total == 1 else "are"
    return f"{total} of {len(changes)} clips {heard} heard otherwise than before: {before} is now {after} in {often}."


def _right(changes: Sequence[Change], *, after: bool) -> int:
    return sum((change.after if after else change.before).verdict == change.clip.emotion for change in changes)


def _mistakes(heard: Iterable[tuple[str | None, str]]) -> list[tuple[tuple[str, str], int]]:
    return Counter((str(spoken), as_what) for spoken, as_what in heard if spoken != as_what).most_common()


def _of(often: int, spoken: str, changes: Sequence[Change]) -> str:
    return f"{often} of {sum(change.clip.emotion == spoken for change in changes)}"
