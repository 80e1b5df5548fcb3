"""``evaluate --checkpoint``: a finished model on labelled corpora, without training."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import rich.console

from ser_core.cli.messages import print_corpus, print_message, print_notes
from ser_core.errors import ConfigError
from ser_core.written_numbers import counted, fixed

if TYPE_CHECKING:
    from ser_core.evaluation.rating_agreement import RatingAgreement
    from ser_core.inference.adapting import Adaptation
    from ser_core.inference.scoring import ScoredCorpus

VERSION, TRANSDUCTIVE = 1, 2  # of files of the model's own answers, and of those after adaptation
KIND = "checkpoint on corpora"


def score(
    *,
    checkpoint: str,
    corpora: Sequence[str],
    out: Path,
    mapping: Mapping[str, str],
    overwrite: bool,
    console: rich.console.Console,
    adaptation: "Adaptation | None" = None,
) -> None:
    """Score a model on each corpus, print the figures, and write them; see ``docs/contract.md``.

    Scores after ``adaptation`` are called transductive, and are none for a card.

    Raises:
        SerError: if a corpus cannot be opened or scored, or the file cannot be written.
    """
    import torch

    from ser_core.checkpoints.environment import computing_environment
    from ser_core.corpora import open_corpus
    from ser_core.experiments.kept_folds import KeptFolds
    from ser_core.inference import Reader
    from ser_core.inference.heard_before import learned_embeddings
    from ser_core.inference.scoring import score_corpus
    from ser_core.storage import require_writable, write_text_atomically

    repeated = [spec for spec in dict.fromkeys(corpora) if corpora.count(spec) > 1]
    if repeated:
        raise ConfigError(f"Expected each --corpus once; got {repeated[0]} twice. Leave one out.")
    KeptFolds(out).require_free(overwrite=overwrite)
    require_writable(out)
    reader = Reader.load(checkpoint)
    learned = learned_embeddings(reader, checkpoint)
    opened = [(spec, open_corpus(spec)) for spec in corpora]  # all of them before hours of work
    done = []
    for spec, manifest in opened:
        print_corpus(console, manifest)
        with console.status(f"{manifest.corpus}: reading") as status:

            def progress(count: int, of: int, name: str = manifest.corpus) -> None:
                status.update(f"{name}: reading {count} of {of}")

            scored = score_corpus(
                reader,
                manifest,
                corpus_option=spec,
                mapping=mapping,
                adaptation=adaptation,
                learned_embeddings=learned,
                progress=progress,
            )
        done.append(scored)
        print_notes(console, scored.notes)
        print_message(console, _line(scored))
    content = {
        "version": VERSION if adaptation is None else TRANSDUCTIVE,
        "kind": KIND,
        "checkpoint": reader.checkpoint.card.name,
        "checkpoint_digest": reader.checkpoint.digest,
        "back_end": reader.checkpoint.card.back_end,
        # A finished model judges on the processor, in the precision of its weights.
        "environment": computing_environment(
            device="cpu", precision="float32", threads=torch.get_num_threads()
        ).as_table(),
        "corpora": [scored.as_table() for scored in done],
    }
    if adaptation is None:  # a card tells what the model is worth for people of whom it knows nothing
        content["elsewhere"] = [scored.for_card().as_table() for scored in done]
    write_text_atomically(out, json.dumps(content, indent=2, allow_nan=False) + "\n")


def _line(scored: "ScoredCorpus") -> str:
    found, overall = scored.scores, scored.scores.overall
    skipped = f", {scored.left_out} left out (speakers of the training)" if scored.left_out else ""
    unknown = sum(group.utterances for group in found.unknown.values())
    strange = f", {unknown} of emotions that the model does not know" if unknown else ""
    adapted = scored.adapted
    before = "" if adapted is None else f", unadapted {100 * adapted.unadapted.uar_present:.1f} %"
    how = "" if adapted is None else f" ({adapted.adaptation.in_words()})"
    return (
        f"{scored.manifest.corpus}{how}: {counted(overall.utterances, 'utterance')} by "
        f"{counted(overall.speakers, 'speaker')}{skipped}"
        f"{strange}. UA {100 * overall.uar:.1f} %; best of the {len(found.present)} shared emotions "
        f"{100 * overall.uar_present:.1f} %{before} (chance {100 * found.chance:.1f}); mean confidence "
        f"{100 * overall.confidence:.1f} %, accuracy {100 * overall.accuracy:.1f} %, calibration error "
        f"{100 * found.ece:.1f} %; none of these {100 * overall.none_of_these:.1f} %"
        f"{_arousal(scored.arousal)}"
    )


def _arousal(found: "RatingAgreement | None") -> str:
    if found is None:
        return ""
    return (
        f". Arousal, learned from a proxy, against the ratings of {counted(found.utterances, 'utterance')}: CCC "
        f"{_figure(found.ccc)}, Spearman {_figure(found.spearman)}; {100 * found.covered:.1f} % of the ratings inside "
        f"the {100 * found.level:.0f} % interval"
    )


def _figure(value: float | None) -> str:
    return "undefined" if value is None else fixed(value, 3)
