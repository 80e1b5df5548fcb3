"""Models in a process that other programs, and other visitors, leave little room."""

import subprocess
import sys

ON_ANOTHER_THREAD = """
import threading
import torch
{before}
threading.Thread(target=lambda: print(torch.get_num_threads())).start()
"""


def threads_after(before: str) -> int:
    script = ON_ANOTHER_THREAD.format(before=before)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return int(ran.stdout)


def test_every_thread_of_a_process_can_be_told_to_run_models_alone() -> None:
    assert threads_after("torch.set_num_threads(2)") == 2
    before = "torch.set_num_threads(2); from ser_core.models.running import run_on_one_thread; run_on_one_thread()"
    assert threads_after(before) == 1


def test_the_models_of_the_app_run_on_one_thread() -> None:
    before = "torch.set_num_threads(2); from ser_core.checkpoints.listing import find; from ui import cache"
    assert threads_after(f"{before}; cache.reader(find('demo-residual'))") == 1
