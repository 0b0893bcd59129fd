"""Int8 matrices whose results are the same in every batch, on any number of threads, on every machine.

ONNX Runtime's own dynamic quantisation takes one range over the whole tensor, so a sentence's vectors change with the
sentences that stand in its batch (by as much as 0.7 of a standard deviation here), and one outlying piece costs all
others their precision. Here each row of the input, one piece, has a scale of its own (token-wise, as in ZeroQuant, Yao
et al. 2022), each column of the matrix another; the sum between them is of integers, and exact:

    x W = (row scale) (column scale) (int8 x)(int8 W)

Weights keep 7 of 8 bits: processors without VNNI add two products in 16 bits and clip, and 2 * 255 * 63 fits.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from train.errors import TrainError

__all__ = ["quantise"]

_WEIGHT = 63
_INPUT = 127
_MIDDLE = 128  # what stands for zero: the kernels are quickest for unsigned input
_MICROSOFT = "com.microsoft"


def quantise(source: Path, out: Path) -> int:
    """Write the float graph `source` with int8 matrices; how many were made so is returned.

    Every product of (batch, pieces, K) with a constant (K, N) is replaced. The first input of the graph must be
    (batch, pieces). Raises TrainError if there is nothing to replace.
    """
    model = onnx.load(source)
    done = _Rewriting(model.graph).run()
    if not done:
        raise TrainError(f"{source}: no product with a constant matrix")
    if all(opset.domain != _MICROSOFT for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid(_MICROSOFT, 1))
    onnx.checker.check_model(model)
    onnx.save(model, out)
    return done


class _Rewriting:
    """Takes a graph's nodes one by one into a new list; shapes that several need are made once, at its head."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.graph = graph
        self.matrices = {tensor.name: tensor for tensor in graph.initializer}
        self.head: list[onnx.NodeProto] = []
        self.nodes: list[onnx.NodeProto] = []
        self.rows: dict[str, tuple[str, str]] = {}
        self.constants: set[str] = set()

    def run(self) -> int:
        self._shapes()
        products = 0
        for node in self.graph.node:
            if node.op_type == "MatMul" and node.input[1] in self.matrices:
                self._product(node)
                products += 1
            else:
                self.nodes.append(node)
        del self.graph.node[:]
        self.graph.node.extend([*self.head, *self.nodes])
        return products

    def _shapes(self) -> None:
        """(batch, pieces), and a zero point for each of their product."""
        self._add("Shape", [self.graph.input[0].name], "q.shape", at=self.head)
        self._add("ReduceProd", ["q.shape"], "q.count", at=self.head, axes=[0], keepdims=1)
        middle = numpy_helper.from_array(np.array([_MIDDLE], np.uint8))
        self._add("ConstantOfShape", ["q.count"], "q.middles", at=self.head, value=middle)

    def _product(self, node: onnx.NodeProto) -> None:
        tensor = self.matrices[node.input[1]]
        weight = numpy_helper.to_array(tensor)
        self.graph.initializer.remove(tensor)
        quantised, columns = _columns(weight)
        name, width = node.name, weight.shape[1]
        integers, scales = self._rounded(node.input[0], weight.shape[0])
        weights = [self._constant(f"{name}.int8", quantised), self._constant("q.one", np.float32(1))]
        rest = [self._constant(f"{name}.scale", columns), self._constant("q.middle", np.uint8(_MIDDLE))]
        self._add("MatMulIntegerToFloat", [integers, *weights, *rest], f"{name}.raw", domain=_MICROSOFT)
        self._add("Mul", [f"{name}.raw", scales], f"{name}.flat")
        self._add("Reshape", [f"{name}.flat", self._shape_of(width)], node.output[0])

    def _rounded(self, name: str, width: int) -> tuple[str, str]:
        """The uint8 rows of an input, and their scales as a column; made once for all who take it."""
        if name not in self.rows:
            flat = self._constant(f"q.rows{width}", np.array([-1, width], np.int64))
            self._add("Reshape", [name, flat], f"{name}.rows")
            self._add("ReduceMax", [f"{name}.rows"], f"{name}.high", axes=[1], keepdims=0)
            self._add("ReduceMin", [f"{name}.rows"], f"{name}.low", axes=[1], keepdims=0)
            self._add("Neg", [f"{name}.low"], f"{name}.depth")
            least = self._constant("q.least", np.float32(1e-9))
            self._add("Max", [f"{name}.high", f"{name}.depth", least], f"{name}.reach")
            step = self._constant("q.step", np.float32(1 / _INPUT))
            self._add("Mul", [f"{name}.reach", step], f"{name}.steps")
            self._add("QuantizeLinear", [f"{name}.rows", f"{name}.steps", "q.middles"], f"{name}.uint8", axis=0)
            second = self._constant("q.second", np.array([1], np.int64))
            self._add("Unsqueeze", [f"{name}.steps", second], f"{name}.column")
            self.rows[name] = (f"{name}.uint8", f"{name}.column")
        return self.rows[name]

    def _shape_of(self, width: int) -> str:
        """The shape (batch, pieces, width)."""
        name = f"q.shape{width}"
        if name not in self.constants:
            last = self._constant(f"q.width{width}", np.array([width], np.int64))
            self._add("Concat", ["q.shape", last], name, at=self.head, axis=0)
            self.constants.add(name)
        return name

    def _constant(self, name: str, value: NDArray[np.generic] | np.generic) -> str:
        if name not in self.constants:
            self.graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
            self.constants.add(name)
        return name

    def _add(
        self, kind: str, inputs: list[str], output: str, *, at: list[onnx.NodeProto] | None = None, domain: str = "",
        **more: object,
    ) -> None:  # fmt: skip
        made = helper.make_node(kind, inputs, [output], name=output, domain=domain, **more)
        (self.nodes if at is None else at).append(made)


def _columns(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix (K, N) as int8, and the scale of each of its N columns."""
    scale = np.maximum(np.abs(weight).max(axis=0), 1e-9).astype(np.float32) / np.float32(_WEIGHT)
    return np.clip(np.rint(weight / scale), -_WEIGHT, _WEIGHT).astype(np.int8), scale
