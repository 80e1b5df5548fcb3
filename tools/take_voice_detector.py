"""Take the 16 kHz network of Silero VAD out of its package: weights as safetensors, and values to compare ours with.

Needs PyTorch and the package's wheel (`pip download silero-vad==6.2.3 --no-deps`), not its installation.
"""

import argparse
import io
import json
import zipfile
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from ser_core.audio.reading import read_audio
from ser_core.audio.voice_detector import CHUNK, SAMPLE_RATE
from ser_core.corpora import open_corpus

FOLDER = Path(__file__).parents[1] / "ser_core/audio/silero_vad"
REFERENCE = Path(__file__).parents[1] / "tests/audio/silero_vad.json"
NETWORK, LICENCE = "silero_vad/data/silero_vad.jit", "dist-info/licenses/LICENSE"
PARTS = ("weight", "bias")
NAMES = {
    "_model.stft.forward_basis_buffer": "transform.weight",
    **{f"_model.encoder.{n}.reparam_conv.{part}": f"convolution{n + 1}.{part}" for n in range(4) for part in PARTS},
    **{f"_model.decoder.rnn.{part}": f"memory.{part}" for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")},
    "_model.decoder.decoder.2.weight": "answer.weight",
    "_model.decoder.decoder.2.bias": "answer.bias",
}  # fmt: skip


def main() -> None:
    """Write the weights, the licence and the reference values."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="silero_vad-*.whl")
    wheel = zipfile.ZipFile(parser.parse_args().wheel)
    licence = next(name for name in wheel.namelist() if name.endswith(LICENCE))
    network = torch.jit.load(io.BytesIO(wheel.read(NETWORK)))
    FOLDER.mkdir(exist_ok=True)
    weights = network.state_dict()
    save_file({ours: weights[theirs].contiguous() for theirs, ours in NAMES.items()}, FOLDER / "weights.safetensors")
    (FOLDER / "LICENSE").write_text(wheel.read(licence).decode().strip() + "\n", encoding="utf-8")
    manifest = open_corpus("demo")
    values = {
        item.file: [round(value, 6) for value in probabilities(network, read_audio(manifest.path(item)).samples)]
        for item in manifest.utterances[::180]
    }
    REFERENCE.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


def probabilities(network: torch.jit.ScriptModule, samples: np.ndarray) -> list[float]:
    """Ask the package's own network about each chunk, one after another."""
    network.reset_states()
    padded = np.pad(samples, (0, -len(samples) % CHUNK))
    chunks = torch.from_numpy(padded.reshape(-1, CHUNK))
    with torch.no_grad():
        return [float(network(chunk[None], SAMPLE_RATE)) for chunk in chunks]


if __name__ == "__main__":
    main()
