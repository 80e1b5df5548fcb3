"""Adaptation of a model, without labels, to the speech that it is to judge, and the answers that follow.

Scores that came about so are *transductive*: unlabelled test speech was used for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from ser_core.config import FileRecord, check_range
from ser_core.errors import ConfigError, InputError
from ser_core.geometry.angles import unit
from ser_core.inference.reader import Reader
from ser_core.models.running import run_head
from ser_core.seeding import stream
from ser_core.types import FloatArray, IntArray
from ser_core.voices import MODEL_COUNTS, shifting, unlabelled_shifts

if TYPE_CHECKING:
    import pandas

SCOPES = ("speaker", "corpus")
DRAWS = 20


@dataclass(frozen=True)
class Adaptation(FileRecord):
    """How a model adapts to unlabelled speech before it judges.

    Attributes:
        scope: whose mean is taken out: each speaker's, or the whole corpus's.
        clips: drawn of each speaker, or of the corpus; the others are judged. 0 takes all, which are then judged too.
        draws: of the clips; 1 where all are taken.
        seed: of the draws.
        model_counts: clips as which the model's own mean counts; see :mod:`ser_core.voices.unlabelled`.
    """

    scope: Literal["speaker", "corpus"]
    clips: int = 0
    draws: int = 1
    seed: int = 0
    model_counts: float = MODEL_COUNTS

    def __post_init__(self) -> None:
        """Check ranges.

        Raises:
            ConfigError: if a value is out of its range, or all clips are to be drawn several times.
        """
        if self.scope not in SCOPES:
            raise ConfigError(f"Expected to adapt to each speaker or to the corpus; got {self.scope!r}. Correct that.")
        check_range("the number of clips to adapt by", self.clips, 0, 10_000)
        check_range("the number of draws", self.draws, 1, 1_000)
        check_range("model_counts", self.model_counts, 0, 1e15)
        if not self.clips and self.draws > 1:
            raise ConfigError(
                f"Expected one draw where all clips are taken; got {self.draws}. Say how many clips are drawn, or "
                "leave out the draws."
            )

    def in_words(self) -> str:
        """Say what was used, for a line of results: ``transductive: adapted to each speaker by …``."""
        whom = "each speaker" if self.scope == "speaker" else "the corpus"
        if not self.clips:
            return f"transductive: adapted to {whom} by all of the unlabelled utterances"
        clips = "1 unlabelled clip" if self.clips == 1 else f"{self.clips} unlabelled clips"
        return f"transductive: adapted to {whom} by {clips}, mean of {self.draws} draws, scored on the others"


class Turn(NamedTuple):
    """Utterances judged in one draw, and the clips by which each is adapted.

    Attributes:
        rows: of the judged utterances, shape ``(J,)``.
        clips: rows of the clips of each group.
        group: number of the clips in that list for each judged utterance, shape ``(J,)``.
    """

    draw: int
    rows: IntArray
    clips: list[IntArray]
    group: IntArray


@dataclass(frozen=True)
class AdaptedAnswers:
    """Answers after adaptation, and the model's own to the same utterances.

    Attributes:
        after: a row per judged utterance and draw: the columns of the table, with ``utterance``, its row there, and
            ``draw``.
        before: the same rows, unadapted.
        few_speakers: with no more clips than are drawn; each utterance of theirs is judged after all their others.
        few_utterances: of these speakers.
    """

    after: "pandas.DataFrame"
    before: "pandas.DataFrame"
    few_speakers: int = 0
    few_utterances: int = 0


def turns(owners: Sequence[str], adaptation: Adaptation) -> Iterator[Turn]:
    """Draw clips of each owner and say who is judged after which clips, draw by draw.

    An owner with more than ``clips`` utterances gives that many, and the others are judged. Where there are no more,
    each utterance is judged after all others of its owner: a single one, unadapted.
    """
    names = np.asarray([str(owner) for owner in owners])
    rows_of = {str(name): np.flatnonzero(names == name) for name in np.unique(names)}
    for draw in range(adaptation.draws):
        pairs: list[tuple[IntArray, IntArray]] = []  # judged, clips
        for name, rows in rows_of.items():
            if not adaptation.clips:
                pairs.append((rows, rows))
            elif len(rows) > adaptation.clips:
                mixed = stream(adaptation.seed, "unlabelled clips", name, draw).permutation(rows)
                pairs.append((np.sort(mixed[adaptation.clips :]), mixed[: adaptation.clips]))
            else:
                pairs += [(rows[place : place + 1], np.delete(rows, place)) for place in range(len(rows))]
        judged, clips = [rows for rows, _ in pairs], [given for _, given in pairs]
        yield Turn(
            draw, np.concatenate(judged), clips, np.repeat(np.arange(len(pairs)), [len(rows) for rows in judged])
        )


def adapted_answers(reader: Reader, table: "pandas.DataFrame", adaptation: Adaptation) -> AdaptedAnswers:
    """Judge a corpus's utterances, as :func:`ser_core.inference.embedding.embed_corpus` returns them, after adaptation.

    Labels play no part: utterances of every emotion are drawn.

    Raises:
        InputError: if a whole corpus is to be adapted to by as many clips as it has, or more.
    """
    import pandas

    by_speaker = adaptation.scope == "speaker"
    owners = table["speaker"].astype(str).to_list() if by_speaker else [""] * len(table)
    if not by_speaker and adaptation.clips >= len(owners):
        raise InputError(
            f"Expected more than {adaptation.clips} utterances, of which so many are drawn and the others judged; got "
            f"{len(owners)}. Draw fewer clips, or adapt by all of them."
        )
    vectors = np.stack(table["embedding"].to_list()).astype(np.float32)
    logits, units = run_head(reader.checkpoint.model, vectors), unit(vectors)
    parts = []
    for turn in turns(owners, adaptation):
        shifts = unlabelled_shifts(
            reader.checkpoint, [units[clips] for clips in turn.clips], model_counts=adaptation.model_counts
        )[turn.group]
        judged = reader.corrected(shifting(reader.checkpoint, shifts))
        figures = judged.figures(vectors[turn.rows], logits[turn.rows])
        parts.append(_answers(table, turn, judged, figures))
    after = pandas.concat(parts, ignore_index=True)
    before = table.iloc[after["utterance"]].reset_index(drop=True)
    counts = table["speaker"].astype(str).value_counts()
    few = counts[counts <= adaptation.clips] if by_speaker else counts[:0]
    return AdaptedAnswers(
        after, before.assign(utterance=after["utterance"], draw=after["draw"]), len(few), int(few.sum())
    )


def _answers(
    table: "pandas.DataFrame", turn: Turn, reader: Reader, figures: tuple[FloatArray, FloatArray, FloatArray]
) -> "pandas.DataFrame":
    embeddings, probabilities, angles = figures
    rows = table.iloc[turn.rows].drop(columns="embedding").reset_index(drop=True)
    rows["predicted"] = reader.judge(embeddings, probabilities, angles)
    for number, label in enumerate(reader.labels):
        rows[f"probability_{label}"] = probabilities[:, number].astype(np.float32)
        rows[f"angle_{label}"] = angles[:, number].astype(np.float32)
    rows["utterance"], rows["draw"] = turn.rows, turn.draw
    return rows
