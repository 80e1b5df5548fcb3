"""The code of docs/python.md runs, block by block, and prints what stands below it."""

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "python.md"
BLOCK = re.compile(r"```python\n(.*?)```(?:\s+```text\n(.*?)```)?", re.DOTALL)
BLOCKS = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
MEASURED = re.compile(r"-?\d+\.\d+")  # counts and names have no decimal point


def assert_alike(printed: str, expected: str) -> None:
    """Compare texts: measured figures within one of their last digit, all else exactly, but for the width of gaps."""
    plain = [" ".join(MEASURED.sub(" # ", text).split()) for text in (printed, expected)]
    assert plain[0] == plain[1]
    for found, shown in zip(MEASURED.findall(printed), MEASURED.findall(expected), strict=True):
        assert len(found.partition(".")[2]) == len(shown.partition(".")[2])
        assert float(found) == pytest.approx(float(shown), abs=1.01 * 10 ** -len(shown.partition(".")[2]))


def test_the_guide_has_its_six_blocks_and_the_first_is_ten_lines() -> None:
    assert len(BLOCKS) == len(re.findall(r"^```python", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)) == 6
    assert len([line for line in BLOCKS[0][0].splitlines() if line]) == 10


@pytest.mark.parametrize(("code", "output"), BLOCKS, ids=["file", "attribution", "corpus", "folder", "own", "train"])
def test_a_block_of_the_guide_prints_what_stands_below_it(
    code: str, output: str, tmp_path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(code, GUIDE.name, "exec"), {"__name__": "block"})
    assert output
    assert_alike(capsys.readouterr().out, output)


@pytest.mark.parametrize("other", ["loss 1.7, 3 clips", "loss 1.9, 4 clips", "loss 1.90, 3 clips", "loss 1.9, 3"])
def test_the_comparison_notices_another_figure_count_precision_or_word(other: str) -> None:
    assert_alike("loss  1.8, 3 clips", "loss 1.9, 3 clips")
    with pytest.raises(AssertionError):
        assert_alike(other, "loss 1.9, 3 clips")
