"""What every test shares: a workspace that is not the developer's, the real corpora, and skips that CI refuses."""

import json
import os
import shutil
import signal
import sys
import tomllib
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

# Tests run in two processes; more threads in each than one would only wait for each other. Set before NumPy and torch.
for _variable in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import numpy as np  # noqa: E402
import pytest  # noqa: E402

REPOSITORY = Path(__file__).resolve().parents[1]
MAIN = sys.modules["__main__"]

# A marked test may skip where its means are missing; with this variable set, that skip is a failure.
REQUIRED_BY = {
    "browser": "SER_REQUIRE_BROWSER",
    "microphone": "SER_REQUIRE_MICROPHONE",
    "real": "SER_REQUIRE_REAL_DATA",
}


@pytest.fixture(scope="session", autouse=True)
def _workspace_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point ``SER_WORKSPACE`` away from the developer's own workspace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SER_WORKSPACE", str(tmp_path_factory.mktemp("workspace")))
        yield


@pytest.fixture(autouse=True)
def _main_module() -> Iterator[None]:
    """Take back what a page under test put in place of ``__main__``: child processes would run that page again."""
    yield
    sys.modules["__main__"] = MAIN


@pytest.fixture(scope="session", autouse=True)
def _closed_terminal_ends_programs() -> Iterator[None]:
    """Under ``nohup`` or some CI, every program started here would ignore SIGHUP, which tests send to them."""
    if not hasattr(signal, "SIGHUP"):
        yield
        return
    former = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, former)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty workspace of this test alone."""
    folder = tmp_path / "workspace"
    monkeypatch.setenv("SER_WORKSPACE", str(folder))
    return folder


@pytest.fixture
def random() -> np.random.Generator:
    """Return a generator that starts equal in every test."""
    return np.random.default_rng(0)


@pytest.fixture(
    params=[
        ('{"a": ', "Expecting value"),
        ('{"a": ' * 100_000, "brackets in each other, too deep to be read"),
        ('{"a": NaN}', "a number that is none, NaN"),
        ('{"a": 1e999}', "a number that is none, 1e999"),
        (f'{{"a": {"9" * 5000}}}', "a number that is none, 9999"),
    ],
    ids=["cut off", "deep", "no number", "beyond any float", "huge integer"],
)
def damaged_json(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Return JSON as a broken disk or a bad joke makes it, and what every reader of it says came."""
    text, told = request.param
    return text, told


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder with the real corpora (``ravdess/``, ``emodb/``, …), or skip."""
    folder = Path(os.environ.get("SER_REAL_DATA") or REPOSITORY.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("Expected the real corpora in the folder that SER_REAL_DATA names; there is none.")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a required test into a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        for marker, variable in REQUIRED_BY.items():
            if os.environ.get(variable) and item.get_closest_marker(marker):
                report.outcome = "failed"
                report.longrepr = f"{variable} is set, and this test was skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the skip of a whole file of browser tests into a failure."""
    report = yield
    if report.skipped and os.environ.get(REQUIRED_BY["browser"]) and "browser" in collector.path.parts:
        report.outcome = "failed"
        report.longrepr = f"{REQUIRED_BY['browser']} is set, and this file was skipped: {report.longrepr}"
    return report


# ------------------------------------------------------------------------ a corpus, a recipe and a run of seconds
TINY_RECIPE = """
title = "Tiny"
summary = "For tests alone."
source = "our own"
embedding_size = 8
dropout = 0.1

[front_end]
mel_bands = 16

[encoder_options]
channels = [4, 8]
stem = 4

[[stages]]
name = "softmax"
epochs = 2
learning_rate = 5e-3
batch_size = 8
average = 0.5

[stages.augmentation]
stretch = 0.1
mixup = 0.2

[[stages]]
name = "triplet"
objective = "triplet"
epochs = 1
learning_rate = 2e-3
utterances_per_class = 2
"""


AROUSAL_TASKS = """
[[tasks]]
kind = "emotion"

[[tasks]]
kind = "arousal"
weight = 0.5
"""


def tiny_voice(pitch: float, rate: float, random: np.random.Generator, *, seconds: float = 0.5) -> np.ndarray:
    """Make two vowels in turn, ``rate`` times a second, at a falling pitch, in a soft noise: speech enough for a test.

    Strokes of a source go through four formants (Fant 1960), so that a voice detector hears a voice too.
    """
    from scipy.signal import lfilter

    time = np.arange(round(seconds * 16_000)) / 16_000
    strokes = np.diff(np.floor(np.cumsum(pitch * (1.1 - 0.25 * time / seconds)) / 16_000), prepend=0.0)
    source = lfilter([1], [1, -0.95], strokes + 0.003 * random.standard_normal(time.size))
    vowels = []
    for formants in ((700, 1_200, 2_600, 3_400), (350, 2_100, 2_800, 3_600)):
        vowel = source
        for hertz, width in zip(formants, (80, 100, 140, 200), strict=True):
            radius = np.exp(-np.pi * width / 16_000)
            vowel = lfilter([1 - radius], [1, -2 * radius * np.cos(2 * np.pi * hertz / 16_000), radius**2], vowel)
        vowels.append(vowel / np.abs(vowel).max())
    share = 0.5 - 0.5 * np.cos(np.pi * rate * time)
    swell = (0.15 + 0.85 * np.sin(np.pi * rate * time) ** 2) * (time > 0.03) * (time < seconds - 0.03)
    voice = 0.3 * swell * (share * vowels[0] + (1 - share) * vowels[1])
    return (voice + 1e-3 * random.standard_normal(time.size)).astype(np.float32)


@pytest.fixture(scope="session")
def tiny_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a table of 36 utterances: 4 speakers, 3 emotions, 3 takes, half a second each."""
    import soundfile

    folder = tmp_path_factory.mktemp("tiny")
    random = np.random.default_rng(0)
    rows = ["file,speaker,emotion,gender,split"]
    for number, (speaker, gender) in enumerate([("f1", "female"), ("m1", "male"), ("f2", "female"), ("m2", "male")]):
        split = ("train", "train", "dev", "test")[number]
        for emotion, lift, rate in (("neutral", 1.0, 4.0), ("sad", 0.8, 2.5), ("angry", 1.7, 8.0)):
            for take in range(3):
                file = f"{speaker}_{emotion}{take}.wav"
                pitch = (110 + 90 * (gender == "female") + 5 * take) * lift
                soundfile.write(folder / file, tiny_voice(pitch, rate, random), 16_000)
                rows.append(f"{file},{speaker},{emotion},{gender},{split}")
    table = folder / "tiny.csv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return table


@pytest.fixture(scope="session")
def tiny_recipe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a recipe of two stages that trains in a second."""
    path = tmp_path_factory.mktemp("recipe") / "tiny.toml"
    path.write_text(TINY_RECIPE, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def tiny_run(tiny_corpus: Path, tiny_recipe: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a finished run; tests read it and change only copies."""
    from ser_core.training.plan import make_plan
    from ser_core.training.run import train_run

    run = tmp_path_factory.mktemp("run") / "tiny-run"
    plan = make_plan(corpus=str(tiny_corpus), recipe=tiny_recipe, protocol="held-out-speakers", fold=1, seed=0)
    train_run(run, plan)
    return run


@pytest.fixture(scope="session")
def tiny_arousal_run(tiny_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a finished run whose model also predicts arousal; tests change only copies."""
    from ser_core.training.plan import make_plan
    from ser_core.training.run import train_run

    folder = tmp_path_factory.mktemp("arousal")
    recipe = folder / "tiny-arousal.toml"
    recipe.write_text(TINY_RECIPE + AROUSAL_TASKS, encoding="utf-8")
    plan = make_plan(corpus=str(tiny_corpus), recipe=recipe, protocol="held-out-speakers", fold=1, seed=0)
    train_run(folder / "tiny-arousal-run", plan)
    return folder / "tiny-arousal-run"


@pytest.fixture(scope="session")
def tiny_checkpoint(tiny_run: Path) -> Path:
    """Return a trained checkpoint with its atlas; tests read it and change only copies."""
    return tiny_run / "checkpoint"


IEMOCAP_CODES = ["neu", "exc", "sad", "ang", "fru"]


@pytest.fixture(scope="session")
def iemocap_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return five sessions of two speakers, as IEMOCAP is laid out; every emotion has a pitch of its own."""
    import soundfile

    root = tmp_path_factory.mktemp("IEMOCAP_full_release")
    random = np.random.default_rng(0)
    for session in range(1, 6):
        dialog = f"Ses0{session}F_impro01"
        recordings = root / f"Session{session}" / "sentences" / "wav" / dialog
        recordings.mkdir(parents=True)
        lines = ["% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n"]
        for speaker in "FM":
            for number in range(3 * len(IEMOCAP_CODES)):
                code = IEMOCAP_CODES[number % len(IEMOCAP_CODES)]
                turn = f"{dialog}_{speaker}{number:03d}"
                start = 2.0 * number
                lines.append(f"[{start:.4f} - {start + 1:.4f}]\t{turn}\t{code}\t[2.5000, 3.0000, 2.5000]\n")
                pitch = 150 + 80 * IEMOCAP_CODES.index(code)
                time = np.arange(int(16_000 * random.uniform(0.5, 0.8))) / 16_000
                sound = 0.3 * np.sin(2 * np.pi * pitch * time) + 0.01 * random.standard_normal(time.size)
                soundfile.write(recordings / f"{turn}.wav", sound, 16_000)
        evaluation = root / f"Session{session}" / "dialog" / "EmoEvaluation"
        evaluation.mkdir(parents=True)
        (evaluation / f"{dialog}.txt").write_text("".join(lines))
    return root


PlantRun = Callable[..., Path]


@pytest.fixture
def plant_run(tiny_run: Path, tmp_path: Path) -> PlantRun:
    """Put copies of a finished run into this test's workspace, under other names, seeds and settings."""
    import tomli_w

    from ser_core.checkpoints.folder import write_digests

    def plant(
        name: str, *, recipe: str = "tiny", settings: dict[str, Any] | None = None, ended: bool = True, **changes: Any
    ) -> Path:
        run = tmp_path / "workspace" / "runs" / name
        shutil.copytree(tiny_run, run)
        config = tomllib.loads((run / "config.toml").read_text(encoding="utf-8"))
        config |= changes | {"recipe": config["recipe"] | (settings or {}) | {"name": recipe}}
        (run / "config.toml").write_text(tomli_w.dumps(config), encoding="utf-8")
        if not ended:
            shutil.rmtree(run / "checkpoint")
            events = (run / "events.jsonl").read_text(encoding="utf-8").splitlines()
            kept = [line for line in events if json.loads(line)["kind"] not in ("saved", "finished")]
            (run / "events.jsonl").write_text("\n".join([*kept, '{"time": 0, "kind": "stopped"}']) + "\n")
            return run
        card = json.loads((run / "checkpoint" / "card.json").read_text(encoding="utf-8"))
        card |= {"recipe": recipe, "seed": config["seed"]}
        (run / "checkpoint" / "card.json").write_text(json.dumps(card), encoding="utf-8")
        write_digests(run / "checkpoint")
        return run

    return plant
