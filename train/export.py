"""From a trained encoder to an ONNX graph in float32; `train.quantise` makes the one with int8 matrices from it.

The table of pieces is int8 by row in both.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from train.bert import Layer, Stack
from train.modern import ModernLayer

__all__ = ["OPSET", "SmallTable", "export_onnx", "ready"]

OPSET = 17


class SmallTable(nn.Module):
    """An embedding table of int8 rows, each with its scale: a quarter of the size, within 0.4 % of a row's largest."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Rows as float32."""
        found: Tensor = self.rows[ids].float() * self.scale[ids]  # type: ignore[index]
        return found


def ready(model: nn.Module) -> nn.Module:
    """A copy to export: no dropout, small tables of pieces, the attention's scale in the weights of Q."""
    model = copy.deepcopy(model).float().eval()
    with torch.no_grad():
        for module in list(model.modules()):
            if isinstance(module, Stack):
                module.words = SmallTable(module.words.weight.detach())  # type: ignore[assignment]
            elif isinstance(module, Layer | ModernLayer):
                width = module.qkv.in_features
                for parameter in module.qkv.parameters():
                    parameter[:width] *= module.scale
                module.scale = 1.0
    return model


def export_onnx(model: nn.Module, inputs: Mapping[str, Tensor], axes: Mapping[str, Sequence[str]], out: Path) -> None:
    """Write `ready(model)` as a float graph.

    `inputs` are examples by name, in the order of `model.forward`; the one output is `hidden`. `axes` names the
    dimensions of inputs and output that vary, in order from the first.
    """
    dynamic = {name: dict(enumerate(names)) for name, names in axes.items()}
    with torch.no_grad(), warnings.catch_warnings():
        # The older exporter is meant: its graphs are the plain ones that the runtime's fusions know.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            ready(model), tuple(inputs.values()), str(out), input_names=list(inputs), output_names=["hidden"],
            dynamic_axes=dynamic, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
