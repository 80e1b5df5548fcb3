"""What a voice changes, in a sentence."""

from collections import Counter
from collections.abc import Iterable, Sequence

from ser_core.inference.own_voice import Change


def summary(changes: Sequence[Change]) -> str:
    """Say how many clips are heard as the emotion that was spoken, before and now, and what was mistaken most often.

    Clips count that were judged by a voice made without them; where there are none, all of them. Of equally frequent
    mistakes, the one of the earlier clip is named; those before go ahead of those that are new.

    Args:
        changes: one per clip, at least one.
    """
    judged = [change for change in changes if change.held_out] or list(changes)
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


def _right(changes: Sequence[Change], *, after: bool) -> int:
    return sum((change.after if after else change.before).verdict == change.clip.emotion for change in changes)


def _mistakes(heard: Iterable[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return Counter((spoken, as_what) for spoken, as_what in heard if spoken != as_what).most_common()


def _of(often: int, spoken: str, changes: Sequence[Change]) -> str:
    return f"{often} of {sum(change.clip.emotion == spoken for change in changes)}"
