"""Protocol by the division that a corpus brings along."""

from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols.protocol import Protocol
from ser_core.corpora.splits import Fold, groups
from ser_core.errors import CorpusError

PARTS = ("train", "development", "test")


def _given_split(manifest: Manifest, seed: int) -> list[Fold]:
    """Nothing is drawn: every seed gives the same fold.

    Raises:
        CorpusError: if a row is of no part, or one recording of two.
    """
    without = [row.file for row in manifest.utterances if row.split not in PARTS]
    if without:
        raise CorpusError(
            f"Expected train, development or test in the column split of every row for given-split; {len(without)} of "
            f"the {len(manifest.utterances)} in {manifest.corpus} have none of them ({first_few(without)}). Fill the "
            "column in, or choose another protocol: python -m ser_core protocols"
        )
    parts = {part: [number for number, row in enumerate(manifest.utterances) if row.split == part] for part in PARTS}
    for members in groups(manifest):
        if len({manifest.utterances[number].split for number in members}) > 1:
            named = first_few([manifest.utterances[number].file for number in members])
            raise CorpusError(
                f"Expected every recording on one side of given-split; {named} share sound in {manifest.corpus}, and "
                "are of different parts. Correct the column split, or choose another protocol."
            )
    train, development, test = (tuple(parts[part]) for part in PARTS)
    return [Fold(1, train, development, test)]


GIVEN_SPLIT = Protocol(
    name="given-split",
    title="The corpus's own split",
    description=(
        "One fold: training, development and test as the column split says, which some corpora bring along. Test "
        "speakers are heard in training if the corpus chose so; they are counted."
    ),
    speaker_independent=False,
    make=_given_split,
)
