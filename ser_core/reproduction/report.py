"""The reproduction report from saved experiments: one row per claim."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ser_core.checkpoints.environment import ComputingEnvironment
from ser_core.corpora.protocols import PROTOCOLS
from ser_core.experiments.reading import is_shortened
from ser_core.reproduction.plan import Claim, Experiment, ReproductionPlan
from ser_core.reproduction.printed import printed_tables
from ser_core.reproduction.saving import IN_FULL, SavedExperiment, read_saved
from ser_core.reproduction.sources import value_sources
from ser_core.reproduction.stages import stages
from ser_core.reproduction.verdicts import FAILS, HOLDS, NOT_SEEN, NOT_TESTABLE, SMALLER, ClaimVerdict, judge

VERDICT_SIGNS = {HOLDS: "✓", SMALLER: "<", FAILS: "✗", NOT_SEEN: "…", NOT_TESTABLE: "–"}
_CORES = 2

HEADING = """# Do the papers' claims hold here?

Made by `python -m ser_core report` from the files in `docs/results/reproduction/`; do not edit it by hand.

Every row is one claim of a paper, or one question of ours, on one corpus under one kind of split. **Speakers heard**:
the speakers of the test utterances are also in training, as in most of the papers; **unheard**: they are not. Scores
on these two answer different questions and are not compared without saying so.

Verdicts follow fixed rules ([decision 0019](decisions/0019-verdicts-that-claim-no-more.md)). A difference is that of
the same utterances under the same seeds, with a 95 % interval that knows speakers and seeds; where several are looked
at, the intervals hold together in 95 % (Bonferroni).

* **holds**: the paper's own contrast, and an interval above zero that reaches the claimed size (for a level: that
  reaches the figure);
* **smaller than claimed**: a full run of at least five seeds, an interval above zero and below the claimed size;
* **fails**: a full run of at least five seeds, an interval below zero (for a level: below the figure);
* **not seen at this budget**: anything else. A run marked *shortened* has fewer epochs or folds than the recipe, or
  coarser frames: it can show an effect, but not that there is none. The column *needs* says what a decision would
  take; the commands for full runs stand under Experiments.
"""


def report(plan: ReproductionPlan, results: Path, checkpoint: Path) -> str:
    """Write the report as Markdown from the folder of kept results.

    The checkpoint, trained on RAVDESS, gives angles beside those that Kumar et al. print.

    Raises:
        InputError: if a kept file is damaged, or lacks what a claim asks for.
    """
    kept, full = (
        {experiment.name: read_saved(folder, experiment.name) for experiment in plan.experiments}
        for folder in (results, results / IN_FULL)
    )
    parts = [HEADING, _devices(kept), _summary(plan, kept)]
    for source in dict.fromkeys(claim.source for claim in plan.claims):
        claims = [claim for claim in plan.claims if claim.source == source]
        parts.append(f"## {source}\n\n{_rows(plan, claims, kept, full)}")
    parts += [stages(plan, kept), _experiments(plan, kept, full), value_sources(plan)]
    parts.append(printed_tables(kept, checkpoint))
    return "\n".join(parts)


def _devices(kept: dict[str, SavedExperiment | None]) -> str:
    devices = sorted({found.content["environment"]["device"] for found in kept.values() if found is not None})
    return f"What stands under *here* was trained on: {', '.join(devices) or 'nothing yet'}.\n"


def _summary(plan: ReproductionPlan, kept: dict[str, SavedExperiment | None]) -> str:
    verdicts = [judge(claim, plan.experiment_of(claim), kept.get(claim.experiment)).verdict for claim in plan.claims]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in VERDICT_SIGNS)
    seconds = sum(_core_seconds(found) for found in kept.values() if found is not None)
    return (
        f"**{len(verdicts)} rows: {counts}.** All runs together took {seconds / 60:.0f} minutes of one core, "
        f"{seconds / 3600 / _CORES:.1f} hours on two.\n"
    )


def _rows(
    plan: ReproductionPlan,
    claims: Sequence[Claim],
    kept: dict[str, SavedExperiment | None],
    full: dict[str, SavedExperiment | None],
) -> str:
    columns = [
        "claim",
        "corpus and speakers",
        "published",
        "here",
        "seeds × folds",
        "minutes of a core",
        "verdict",
        "needs",
    ]
    one_more = any(full.values())
    columns += ["in full"] * one_more
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    for claim in claims:
        found = kept.get(claim.experiment)
        judged = judge(claim, plan.experiment_of(claim), found)
        here, size, cost = judged.found, "", "" if claim.kind == "not-testable" else _linked(claim)
        if found is not None:
            here = f"{judged.found}. {claim.remark}".removesuffix(" ")
            size = f"{len(found.content['seeds'])} × {len(found.content['runs'][0]['folds'])}"
            shortened = ", *shortened*" if is_shortened(found.content) else ""
            cost = f"{_core_seconds(found) / 60:.0f}, {_linked(claim)}{shortened}"
        cells = [claim.text, _where(plan, claim), claim.published, here, size, cost, _marked(judged.verdict)]
        cells.append(_needs(judged))
        cells += [_in_full(plan, claim, full.get(claim.experiment))] * one_more
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _linked(claim: Claim) -> str:
    return f"[{claim.experiment}](#{claim.experiment})"


def _needs(judged: ClaimVerdict) -> str:
    return "; ".join(judged.needs) or "–"


def _marked(verdict: str) -> str:
    return f"{VERDICT_SIGNS[verdict]} **{verdict}**"


def _in_full(plan: ReproductionPlan, claim: Claim, found: SavedExperiment | None) -> str:
    """Return what the experiment says when it is not shortened, and on what it was trained."""
    if found is None:
        return ""
    judged = judge(claim, plan.experiment_of(claim), found)
    needs = f"; needs {_needs(judged)}" if judged.needs else ""
    return f"{judged.found} ({found.content['environment']['device']}): {_marked(judged.verdict)}{needs}"


def _where(plan: ReproductionPlan, claim: Claim) -> str:
    if claim.kind == "not-testable":
        return claim.experiment
    experiment = plan.experiment(claim.experiment)
    heard = not PROTOCOLS[experiment.shortened_sweep().protocol].speaker_independent
    return f"{experiment.corpus}, {'heard' if heard else 'unheard'}"


def _experiments(
    plan: ReproductionPlan, kept: dict[str, SavedExperiment | None], full: dict[str, SavedExperiment | None]
) -> str:
    parts = [
        "## Experiments\n",
        "`python -m ser_core reproduce --corpus ravdess:DIR --corpus emodb:DIR --corpus demo` runs all of them as they "
        "were run for this report, and goes on where it was stopped; `--only NAME` runs one, `--in-full` shortens "
        "nothing and takes at least five seeds.\n",
    ]
    for experiment in plan.experiments:
        parts.append(f"### {experiment.name}\n")
        runs = [found for found in (kept[experiment.name], full[experiment.name]) if found is not None]
        if not runs:
            parts.append(f"Not run. In full: `{experiment.full_command()}`\n")
        for found in runs:
            parts += [f"{_circumstances(experiment, found)} In full: `{experiment.full_command()}`\n", _scores(found)]
    return "\n".join(parts)


def _circumstances(experiment: Experiment, kept: SavedExperiment) -> str:
    content = kept.content
    environment = ComputingEnvironment.from_table(content["environment"])
    of_sweep = {axis.name: len(axis.values) for axis in experiment.full_sweep().axes}
    fewer = [
        f"Of `{axis['name']}` only {', '.join(f'`{value}`' for value in axis['values'])}. "
        for axis in content["axes"]
        if len(axis["values"]) < of_sweep[axis["name"]]
    ]
    shortened = [f"`{override}`" for override in content["overrides"]]
    if content["folds"]:
        shortened.append(f"folds {', '.join(map(str, content['folds']))} only")
    return (
        f"Sweep `{content['sweep']}` of `{content['recipe']}`, protocol `{content['protocol']}`, seeds "
        f"{', '.join(map(str, content['seeds']))}; commit `{environment.commit or 'unknown'}`, "
        f"torch {environment.torch}, {environment.in_words()}. "
        f"{''.join(fewer)}{'Shortened: ' + '; '.join(shortened) + '.' if shortened else 'Not shortened.'}"
    )


def _scores(kept: SavedExperiment) -> str:
    """Mean and spread over seeds of every point, by every back end after the last stage."""
    runs = kept.content["runs"]
    back_ends = list(runs[0]["stages"][-1]["back_ends"])
    lines = [
        "| point | UA % | WA % | " + " | ".join(f"UA by {name}" for name in back_ends) + " | parameters |",
        "|---|---|---|" + "---|" * len(back_ends) + "---|",
    ]
    for point in dict.fromkeys(run["point"] for run in runs):
        of_point = [run for run in runs if run["point"] == point]
        by_back_end = [
            _spread([run["stages"][-1]["back_ends"][name]["uar_mean"] for run in of_point]) for name in back_ends
        ]
        scores = [_spread([run[f"{metric}_mean"] for run in of_point]) for metric in ("uar", "wa")]
        lines.append("| " + " | ".join([point, *scores, *by_back_end, f"{of_point[0]['parameters']:,}"]) + " |")
    return "\n".join(lines) + "\n"


def _core_seconds(kept: SavedExperiment) -> float:
    return float(sum(run["core_seconds"] for run in kept.content["runs"]))


def _spread(values: Sequence[float]) -> str:
    mean = f"{100 * np.mean(values):.1f}"
    return mean if len(values) < 2 else f"{mean} ± {100 * np.std(values, ddof=1):.1f}"
