"""A command whose standard output was closed ended in a bug's message and a traceback, before it had done its work."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", ">&- 2>&- <&-"])
def test_a_command_without_an_output_does_its_work_and_says_what_goes_wrong(tmp_path, closed):
    (tmp_path / "list.csv").write_text("file,speaker,emotion\n")
    environment = {**os.environ, "SER_WORKSPACE": str(tmp_path / "w"), "PYTHONPATH": str(Path(__file__).parents[2])}

    def ended(arguments):
        line = f"exec {shlex.quote(sys.executable)} -m ser_core {arguments} {closed}"
        return subprocess.run(
            ["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, env=environment, check=False
        )

    assert ended("protocols").returncode == 0
    done = ended("manifest demo --out demo.csv")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert (tmp_path / "demo.csv").exists()
    refused = ended("manifest list.csv --out ours.csv")
    assert refused.returncode == 2
    assert ("Expected at least one row" in refused.stderr) == ("2>" not in closed)
    assert not (tmp_path / "w" / "bugs").exists()
