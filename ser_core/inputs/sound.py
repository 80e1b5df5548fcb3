"""What inputs made of sound share: recordings are read, prepared and kept on disk."""

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ser_core.corpora.manifest import Manifest
from ser_core.inputs.base import Input, InputValues
from ser_core.inputs.cache import Span, frames_of_files
from ser_core.types import Hertz


class SoundInput(Input):
    """Base of inputs that are computed from the samples of an utterance."""

    sample_rate: Hertz

    def key(self) -> Mapping[str, Any]:
        """Return all settings: equal ones give equal values."""
        return dataclasses.asdict(self)  # type: ignore[call-overload, no-any-return]

    def of_manifest(
        self, manifest: Manifest, *, cache: Path | None, progress: Callable[[int, int], None] | None
    ) -> InputValues:
        """See :class:`Input`."""
        spans = [Span(manifest.path(item), item.start, item.end) for item in manifest.utterances]
        return InputValues(frames_of_files(spans, self, cache=cache, progress=progress))
