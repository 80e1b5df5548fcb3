"""Names of metadata columns, ours and of other programs; they are never part of a vector."""

from collections.abc import Mapping
from types import MappingProxyType

from ser_core.corpora.manifest import COLUMNS
from ser_core.corpora.table_columns import LIKELY_NAMES
from ser_core.embeddings.space import NAME

LABEL = "label"  # the one column of a table without a header
NAMES: tuple[str, ...] = tuple(
    dict.fromkeys(
        (NAME, "id", "name", "utterance", "utterance_id", "utt", "filename", "path", "key", *LIKELY_NAMES[NAME])
    )
)
CLASSES: tuple[str, ...] = ("emotion", LABEL, "labels", "class", "category")
OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {theirs: ours for ours in ("speaker", "gender", "age", "text") for theirs in LIKELY_NAMES[ours]}
)
AS_TEXT = frozenset(
    {NAME, "speaker", "emotion", "gender", "session", "split", "text", "intensity", "sentence", "corpus", "recording",
     "predicted"}
)  # fmt: skip
OF_UTTERANCES = frozenset(
    {*COLUMNS, *NAMES, *CLASSES, *AS_TEXT, *OTHER_NAMES, *(name for names in LIKELY_NAMES.values() for name in names),
     "duration", "length", "seconds", "sample_rate", "sampling_rate", "index", "unnamed: 0", "row", "frametime",
     "frame", "fold", "take", "repetition", "probability", "confidence", "projection_x", "projection_y", "neighbors"}
)  # fmt: skip
