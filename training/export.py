"""A torch network as int8 ONNX, the same way for every set of weights."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn


def write(
    net: nn.Module,
    inputs: dict[str, Tensor],
    axes: dict[str, dict[int, str]],
    out: Path,
    *,
    full: Sequence[str] = (),
) -> None:
    """Quantised per channel; nodes with one of the names `full` in theirs stay in full precision."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/full.onnx"
        torch.onnx.export(
            net.eval(),
            tuple(inputs.values()),
            path,
            input_names=list(inputs),
            output_names=["out"],
            dynamic_axes=axes,
            dynamo=False,
            opset_version=17,
        )
        nodes = onnx.load(path).graph.node
        kept = [node.name for node in nodes if any(f"/{name}/" in node.name for name in full)]
        quantize_dynamic(path, out, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=kept)
