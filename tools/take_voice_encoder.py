"""Take the voice encoder out of Resemblyzer: weights as safetensors, and vectors to compare ours with.

Needs the package's wheel (`pip download Resemblyzer==0.1.4 --no-deps`), not its installation: of its dependencies,
one needs a compiler and is not called here.
"""

import argparse
import io
import sys
import types
import zipfile
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from ser_core.pretrained import VoiceEncoder
from tools.reference_clips import write_reference

FOLDER = VoiceEncoder.weights.path.parent
WEIGHTS, LICENCE = "resemblyzer/pretrained.pt", "dist-info/LICENSE"


def main() -> None:
    """Write the weights, the licence and the reference vectors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="Resemblyzer-*.whl")
    wheel = zipfile.ZipFile(parser.parse_args().wheel)
    kept = torch.load(io.BytesIO(wheel.read(WEIGHTS)), map_location="cpu", weights_only=True)["model_state"]  # noqa: TID251
    theirs = {name: value.contiguous() for name, value in kept.items() if name.startswith(("lstm.", "linear."))}
    FOLDER.mkdir(exist_ok=True)
    save_file(theirs, FOLDER / "weights.safetensors")
    licence = next(name for name in wheel.namelist() if name.endswith(LICENCE))
    (FOLDER / "LICENSE").write_text(wheel.read(licence).decode().strip() + "\n", encoding="utf-8")
    package = packaged_encoder(wheel)
    package.load_state_dict(theirs)
    write_reference("ge2e_voice", lambda samples: package.embed_utterance(samples, return_partials=True)[1], every=1)


def packaged_encoder(wheel: zipfile.ZipFile) -> torch.nn.Module:
    """Build the package's own network, by its own code, with empty modules for what it imports but does not call."""
    sys.path.insert(0, str(wheel.filename))
    sys.modules["webrtcvad"] = types.ModuleType("webrtcvad")
    sys.modules["scipy.ndimage.morphology"] = types.ModuleType("scipy.ndimage.morphology")
    sys.modules["scipy.ndimage.morphology"].binary_dilation = np.ones  # type: ignore[attr-defined]
    package = types.ModuleType("resemblyzer")
    package.__path__ = [f"{wheel.filename}/resemblyzer"]  # without its __init__, which loads pickled weights
    sys.modules["resemblyzer"] = package
    from resemblyzer.voice_encoder import VoiceEncoder as Packaged

    network = Packaged.__new__(Packaged)
    torch.nn.Module.__init__(network)
    network.device = torch.device("cpu")
    network.lstm, network.linear, network.relu = (
        torch.nn.LSTM(40, 256, 3, batch_first=True),
        torch.nn.Linear(256, 256),
        torch.nn.ReLU(),
    )
    return network.eval()


if __name__ == "__main__":
    main()
