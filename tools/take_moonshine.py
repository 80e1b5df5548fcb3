"""Take the encoder of Moonshine tiny out of its package: weights as safetensors, and vectors to compare ours with.

Needs the package's wheel (`pip download "moonshine-voice>=0.0.49,<0.1" --no-deps`), not its installation, and
`pip install onnx onnxruntime`. The file that the package brings is in the runtime's own format. It is read as a graph,
in which every dense layer of 8 bits is replaced by one in float32 with the same weights; what onnxruntime computes with
that graph is the reference. How far the package's own graph lies from it is printed.
"""

import argparse
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.tools.ort_format_model.ort_flatbuffers_py.fbs.InferenceSession import InferenceSession
from safetensors.torch import save_file

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.pretrained import MoonshineEncoder
from ser_core.types import FloatArray
from tools.reference_clips import write_reference

FOLDER = MoonshineEncoder.weights.path.parent
GRAPH, LICENCE = "assets/tiny-en/encoder_model.ort", "dist-info/licenses/LICENSE"
OPSET = 18
TYPES = {1: np.float32, 2: np.uint8, 7: np.int64}  # of the format's tensors
QUANTISED = ("MatMulIntegerToFloat", "DynamicQuantizeMatMul")  # second input: the matrix, in 8 bits
DENSE = {
    "q_proj": "query", "k_proj": "key", "v_proj": "value", "o_proj": "out", "fc1": "dense1", "fc2": "dense2"
}  # fmt: skip
OTHERS = {
    "conv1.weight_add_tensor": "convolution1.weight",
    "conv2.weight_add_tensor": "convolution2.weight",
    "conv2.bias": "convolution2.bias",
    "conv3.weight_add_tensor": "convolution3.weight",
    "conv3.bias": "convolution3.bias",
    "onnx::Mul_2080": "norm1.weight",
    "onnx::Add_2081": "norm1.bias",
    "layer_norm.weight": "norm.weight",
}
IN_LAYERS = {
    "input_layernorm.weight": "norm1.weight",
    "post_attention_layernorm.weight": "norm2.weight",
    "mlp.fc1.bias": "dense1.bias",
    "mlp.fc2.bias": "dense2.bias",
}


def main() -> None:
    """Write the weights, the licence and the reference vectors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="moonshine_voice-*.whl")
    wheel = zipfile.ZipFile(parser.parse_args().wheel)
    content, licence = (
        wheel.read(next(name for name in wheel.namelist() if name.endswith(end))) for end in (GRAPH, LICENCE)
    )
    graph = InferenceSession.GetRootAs(content, 0).Model().Graph()
    arrays = {array.name: onnx.numpy_helper.to_array(array) for array in initialisers(graph)}
    FOLDER.mkdir(exist_ok=True)
    save_file(dict(our_tensors(graph, arrays)), FOLDER / "weights.safetensors")
    (FOLDER / "LICENSE").write_text(licence.decode().strip() + "\n", encoding="utf-8")
    in_float = onnxruntime.InferenceSession(float_model(graph, arrays).SerializeToString())
    write_reference("moonshine_tiny", lambda samples: answers(in_float, samples), every=8)
    manifest = open_corpus("emodb-clips")
    samples = read_audio(manifest.path(manifest.utterances[0])).samples
    theirs, ours = answers(onnxruntime.InferenceSession(content), samples), answers(in_float, samples)
    cosines = (theirs * ours).sum(axis=1) / np.linalg.norm(theirs, axis=1) / np.linalg.norm(ours, axis=1)
    print(f"Cosine of the package's own vectors to these: mean {cosines.mean():.5f}, least {cosines.min():.5f}.")


def answers(session: onnxruntime.InferenceSession, samples: FloatArray) -> FloatArray:
    """Ask a graph about one utterance, ``(T, 288)``."""
    given = {"input_values": samples[None], "attention_mask": np.ones((1, len(samples)), np.int64)}
    vectors: FloatArray = session.run(None, given)[0][0]
    return vectors


def our_tensors(graph: Any, arrays: dict[str, np.ndarray]) -> Iterator[tuple[str, torch.Tensor]]:
    """Name every weight as our network does; matrices are turned as torch has them, and stay in 8 bits."""
    for theirs, ours in OTHERS.items():
        value = arrays[theirs]
        yield ours, tensor(value[:, 0] if theirs.startswith("onnx::") else value)
    for name, value in arrays.items():
        if found := re.fullmatch(r"layers\.(\d)\.(.*)", name):
            yield f"layers.{found[1]}.{IN_LAYERS[found[2]]}", tensor(value)
    for node in nodes(graph):
        if node.OpType().decode() in QUANTISED:
            number, layer = re.match(r"/layers\.(\d)/\w+/(\w+)/", node.Outputs(0).decode()).groups()  # type: ignore[union-attr]
            ours, matrix = f"layers.{number}.{DENSE[layer]}", node.Inputs(1).decode()
            yield f"{ours}.weight", tensor(arrays[matrix].T)
            for part in ("scale", "zero_point"):
                yield f"{ours}.{part}", tensor(arrays[matrix.replace("quantized", part)])


def tensor(value: np.ndarray) -> torch.Tensor:
    """Copy an array."""
    return torch.from_numpy(np.array(value, order="C"))


def nodes(graph: Any) -> Iterator[Any]:
    """List the nodes of a graph."""
    return (graph.Nodes(number) for number in range(graph.NodesLength()))


def initialisers(graph: Any) -> Iterator[onnx.TensorProto]:
    """List the constants of a graph."""
    return (constant(graph.Initializers(number)) for number in range(graph.InitializersLength()))


def constant(found: Any) -> onnx.TensorProto:
    """Copy a tensor of the format."""
    shape = [found.Dims(axis) for axis in range(found.DimsLength())]
    values = np.frombuffer(found.RawDataAsNumpy().tobytes(), TYPES[found.DataType()]).reshape(shape)
    return onnx.numpy_helper.from_array(values, (found.Name() or b"").decode())


def float_model(graph: Any, arrays: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Rebuild the graph with dense layers in float32."""
    constants, made = list(initialisers(graph)), []
    unrounded = {
        node.Outputs(0).decode(): node.Inputs(0).decode()
        for node in nodes(graph)
        if node.OpType().decode() == "DynamicQuantizeLinear"
    }
    for node in nodes(graph):
        kind = node.OpType().decode()
        into = [node.Inputs(place).decode() for place in range(node.InputsLength())]
        out = [node.Outputs(place).decode() for place in range(node.OutputsLength())]
        if kind in QUANTISED:
            scale, zero = (arrays[into[1].replace("quantized", part)] for part in ("scale", "zero_point"))
            matrix = (arrays[into[1]].astype(np.float32) - zero.astype(np.float32)) * scale
            constants.append(onnx.numpy_helper.from_array(matrix, f"{out[0]}.matrix"))
            product = onnx.helper.make_node("MatMul", [unrounded.get(into[0], into[0]), f"{out[0]}.matrix"], out)
            made.append(product)
            if into[-1].endswith("bias"):
                product.output[0] += ".product"
                made.append(onnx.helper.make_node("Add", [product.output[0], into[-1]], out))
        elif kind != "DynamicQuantizeLinear":
            given = dict(attribute(node.Attributes(place)) for place in range(node.AttributesLength()))
            made.append(onnx.helper.make_node(kind, into, out, domain=node.Domain().decode(), **given))
    into = [
        onnx.helper.make_tensor_value_info(name, kind, ["batch", "samples"])
        for name, kind in (("input_values", onnx.TensorProto.FLOAT), ("attention_mask", onnx.TensorProto.INT64))
    ]
    out = [onnx.helper.make_tensor_value_info("last_hidden_state", onnx.TensorProto.FLOAT, None)]
    known = {"", *(item.name for item in into), *(item.name for item in constants)}
    return onnx.helper.make_model(
        onnx.helper.make_graph(in_order(made, known), "encoder", into, out, constants),
        opset_imports=[onnx.helper.make_opsetid("", OPSET), onnx.helper.make_opsetid("com.microsoft", 1)],
        ir_version=8,
    )


def attribute(found: Any) -> tuple[str, Any]:
    """Copy an attribute of a node."""
    values = {
        1: found.F,
        2: found.I,
        3: found.S,
        4: lambda: constant(found.T()),
        6: lambda: [found.Floats(place) for place in range(found.FloatsLength())],
        7: lambda: [found.Ints(place) for place in range(found.IntsLength())],
    }
    return found.Name().decode(), values[found.Type()]()


def in_order(found: list[onnx.NodeProto], known: set[str]) -> list[onnx.NodeProto]:
    """Sort nodes so that each comes after what it needs."""
    ordered: list[onnx.NodeProto] = []
    while found:
        ready = [node for node in found if known.issuperset(node.input)]
        ordered += ready
        known.update(name for node in ready for name in node.output)
        found = [node for node in found if not known.issuperset(node.output)]
    return ordered


if __name__ == "__main__":
    main()
