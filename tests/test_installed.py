"""What ``pip install .`` puts into an environment: all that the package reads, the models that ship, a command."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
BUILT_FROM = (
    "ser_core",
    "checkpoints",
    "pyproject.toml",
    "setup.py",
    "requirements.txt",
    "README.md",
    "LICENSE",
    "NOTICE",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the package from a copy of the repository, in which building may leave what it wants."""
    source = tmp_path_factory.mktemp("source")
    for name in BUILT_FROM:
        path = REPOSITORY / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    built = source / "built"
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(built)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(source)], check=True)
    return next(built.glob("*.whl"))


def test_it_holds_every_file_of_the_package_and_of_the_models(wheel):
    places = {"ser_core": "ser_core", "checkpoints": "ser_core/shipped_checkpoints"}
    expected = {
        f"{place}/{path.relative_to(REPOSITORY / name).as_posix()}"
        for name, place in places.items()
        for path in (REPOSITORY / name).rglob("[!.]*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    assert {name for name in packed if ".dist-info/" not in name} == expected


def test_its_command_judges_with_a_model_that_ships_from_any_folder_and_keeps_its_workspace_there(wheel, tmp_path):
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=False, symlinks=True)
    command = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python"), "install"]
    subprocess.run([*command, "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))  # what it depends on is there already

    folder = tmp_path / "anywhere"
    folder.mkdir()
    shutil.copy(REPOSITORY / "ser_core/corpora/demo_speech/voice01/voice01_angry_s1_take1.flac", folder / "a.flac")
    variables = {name: value for name, value in os.environ.items() if name not in ("SER_WORKSPACE", "PYTHONPATH")}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [environment / "bin" / "ser-core", *arguments],
            cwd=folder, env=variables, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    (judged,) = json.loads(run("predict", "--checkpoint", "demo-residual", "a.flac", "--json"))
    assert judged["emotion"] == "angry"
    program = "import ser_core.workspace as workspace; print(workspace.runs_directory())"
    told = subprocess.run(
        [environment / "bin" / "python", "-c", program],
        cwd=folder, env=variables, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.strip() == str(folder / "workspace" / "runs")
