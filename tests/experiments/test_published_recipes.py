"""Every published recipe trains, from the command line, on a tree in IEMOCAP's layout."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.cli import main
from ser_core.recipes.recipe import load_recipe, shipped_recipes

PUBLISHED = tuple(name for name in shipped_recipes() if name.startswith(("kumar", "lian", "dai")))
CODES = {"neu": "neutral", "exc": "happy", "sad": "sad", "ang": "angry", "fru": "drop"}
EACH = 5


@pytest.fixture(scope="module")
def iemocap(tmp_path_factory) -> Path:
    """Five sessions of two speakers; every emotion has a pitch of its own, so that there is something to learn."""
    root = tmp_path_factory.mktemp("IEMOCAP_full_release")
    random = np.random.default_rng(0)
    for session in range(1, 6):
        dialog = f"Ses0{session}F_impro01"
        recordings = root / f"Session{session}" / "sentences" / "wav" / dialog
        recordings.mkdir(parents=True)
        lines = ["% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n"]
        for speaker in "FM":
            for number in range(EACH * len(CODES)):
                code = list(CODES)[number % len(CODES)]
                turn = f"{dialog}_{speaker}{number:03d}"
                start = 2.0 * number
                lines.append(f"[{start:.4f} - {start + 1:.4f}]\t{turn}\t{code}\t[2.5000, 3.0000, 2.5000]\n")
                pitch = 150 + 80 * list(CODES).index(code)
                time = np.arange(int(16_000 * random.uniform(0.5, 0.8))) / 16_000
                sound = 0.3 * np.sin(2 * np.pi * pitch * time) + 0.01 * random.standard_normal(time.size)
                soundfile.write(recordings / f"{turn}.wav", sound, 16_000)
        evaluation = root / f"Session{session}" / "dialog" / "EmoEvaluation"
        evaluation.mkdir(parents=True)
        (evaluation / f"{dialog}.txt").write_text("".join(lines))
    return root


def shortened(name: str) -> list[str]:
    """One epoch a stage, small batches, and few pairs."""
    changes = ["front_end.duration_seconds=0.6"] if name.startswith("lian") else []
    for number, stage in enumerate(load_recipe(name).stages):
        changes.append(f"stages.{number}.epochs=1")
        if stage.pairs_per_epoch:
            changes.append(f"stages.{number}.pairs_per_epoch=64")
    return [part for change in changes for part in ("--set", change)]


def test_seven_recipes_are_published():
    assert PUBLISHED == (
        "dai-2019-mel",
        "dai-2019-mel-softmax",
        "dai-2019-stft",
        "dai-2019-stft-softmax",
        "kumar-2020",
        "lian-2018-pdt",
        "lian-2018-softmax",
    )


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_recipe_trains_on_four_classes_of_an_iemocap_tree(name, iemocap, tmp_path, workspace):
    out = tmp_path / "result.json"
    command = ["evaluate", "--corpus", f"iemocap:{iemocap}", "--map", "iemocap-4", "--recipe", name]
    command += ["--protocol", "sessions-1-3-4-5", "--out", str(out), "--workers", "1", *shortened(name)]
    assert main(command) == 0
    result = json.loads(out.read_text())
    assert set(result["labels"]) == set(CODES.values()) - {"drop"}
    assert result["speaker_independent"]
    assert len(result["folds"]) == 1
    assert {"head", "angle", "svm", "knn"} <= set(result["stages"][-1]["back_ends"])
    assert ("pairs" in name or "pdt" in name) == ("same_accuracy" in json.dumps(result))
