"""A BERT's weights -> an ONNX graph in float32, built with onnx alone, the same bytes every time.

The graph takes one text at a time: `ids` and `types`, int64, shape (length,). There is no
padding and no mask, so a text's result never depends on what stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

Weights = Mapping[str, np.ndarray]


class Graph:
    """Collects nodes and weights; each method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []

    def weight(self, name: str, values: np.ndarray) -> str:
        """Keep a constant under a name."""
        from onnx import numpy_helper

        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, *inputs: str, **settings: Any) -> str:
        """Add a node and return the name of its one output."""
        from onnx import helper

        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name

    def linear(self, x: str, weights: Weights, name: str) -> str:
        """Add x W^T + b of the layer called `name`."""
        w = self.weight(f"{name}.w", weights[f"{name}.weight"].T)
        b = self.weight(f"{name}.b", weights[f"{name}.bias"])
        return self.node("Add", self.node("MatMul", x, w), b)

    def norm(self, x: str, weights: Weights, name: str) -> str:
        """Add the layer normalisation called `name`."""
        w = self.weight(f"{name}.w", weights[f"{name}.weight"])
        b = self.weight(f"{name}.b", weights[f"{name}.bias"])
        return self.node("LayerNormalization", x, w, b, axis=-1, epsilon=1e-12)

    def model(self, outputs: Mapping[str, list[str | int]]) -> bytes:
        """Return the finished model; `outputs` maps each output's name to its shape."""
        from onnx import TensorProto, helper

        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["length"])
            for name in ("ids", "types")
        ]
        made = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in outputs.items()
        ]
        graph = helper.make_graph(self.nodes, "bert", inputs, made, self.weights)
        opset = [helper.make_opsetid("", 17)]
        whole = helper.make_model(graph, opset_imports=opset, ir_version=9)
        return bytes(whole.SerializeToString(deterministic=True))


def encoder(weights: Weights, *, heads: int) -> bytes:
    """Return a graph whose output `vector`, shape (hidden,), is the mean of the tokens, length 1.

    Mean pooling as in Reimers and Gurevych 2019, section 3.
    """
    graph = Graph()
    hidden = _body(graph, weights, heads)
    mean = graph.node("ReduceMean", hidden, axes=[0], keepdims=0)
    size = graph.node("ReduceL2", mean, axes=[0], keepdims=1)
    graph.nodes.append(_named("Div", [mean, size], "vector"))
    return graph.model({"vector": [int(weights["embeddings.word_embeddings.weight"].shape[1])]})


def reader(weights: Weights, *, heads: int) -> bytes:
    """Return a graph whose output `logits`, shape (length, 2), marks an answer's start and end."""
    graph = Graph()
    hidden = _body(graph, weights, heads)
    w = graph.weight("qa_outputs.w", weights["qa_outputs.weight"].T)
    b = graph.weight("qa_outputs.b", weights["qa_outputs.bias"])
    graph.nodes.append(_named("Add", [graph.node("MatMul", hidden, w), b], "logits"))
    return graph.model({"logits": ["length", 2]})


def _named(kind: str, inputs: list[str], output: str) -> NodeProto:
    from onnx import helper

    return helper.make_node(kind, inputs, [output])


def _body(graph: Graph, weights: Weights, heads: int) -> str:
    words = graph.weight("words", weights["embeddings.word_embeddings.weight"])
    kinds = graph.weight("kinds", weights["embeddings.token_type_embeddings.weight"])
    places = graph.weight("places", weights["embeddings.position_embeddings.weight"])
    zero = graph.weight("zero", np.array([0], np.int64))
    length = graph.node("Shape", "ids")
    x = graph.node("Add", graph.node("Gather", words, "ids"), graph.node("Gather", kinds, "types"))
    x = graph.node("Add", x, graph.node("Slice", places, zero, length, zero))
    x = graph.norm(x, weights, "embeddings.LayerNorm")
    width = int(weights["embeddings.word_embeddings.weight"].shape[1])
    split = graph.weight("split", np.array([0, heads, width // heads], np.int64))
    join = graph.weight("join", np.array([0, width], np.int64))
    scale = graph.weight("scale", np.array(1 / np.sqrt(width / heads), np.float32))
    root = graph.weight("root2", np.array(np.sqrt(2.0), np.float32))
    one = graph.weight("one", np.array(1.0, np.float32))
    half = graph.weight("half", np.array(0.5, np.float32))
    layer = 0
    while f"encoder.layer.{layer}.attention.self.query.weight" in weights:
        at = f"encoder.layer.{layer}"
        q, k, v = (
            graph.node(
                "Transpose",
                graph.node("Reshape", graph.linear(x, weights, f"{at}.attention.self.{n}"), split),
                perm=perm,
            )
            for n, perm in (("query", [1, 0, 2]), ("key", [1, 2, 0]), ("value", [1, 0, 2]))
        )
        scores = graph.node("Mul", graph.node("MatMul", q, k), scale)
        mixed = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), v)
        joined = graph.node("Reshape", graph.node("Transpose", mixed, perm=[1, 0, 2]), join)
        out = graph.linear(joined, weights, f"{at}.attention.output.dense")
        x = graph.norm(graph.node("Add", out, x), weights, f"{at}.attention.output.LayerNorm")
        wide = graph.linear(x, weights, f"{at}.intermediate.dense")
        bell = graph.node("Add", graph.node("Erf", graph.node("Div", wide, root)), one)
        wide = graph.node("Mul", graph.node("Mul", wide, bell), half)
        out = graph.linear(wide, weights, f"{at}.output.dense")
        x = graph.norm(graph.node("Add", out, x), weights, f"{at}.output.LayerNorm")
        layer += 1
    return x
