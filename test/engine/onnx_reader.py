"""Reads a model with the onnx package, computes its nodes in PyTorch, prints the first output's elements as JSON."""
import json
import sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional as F

model = onnx.load(sys.argv[1])
onnx.checker.check_model(model)
graph = model.graph


def convolve(a, x, w, b=None):
    top, left, bottom, right = a.get("pads", [0, 0, 0, 0])
    return F.conv2d(F.pad(x, (left, right, top, bottom)), w, b, tuple(a["strides"]), 0, tuple(a["dilations"]))


def pool(a, x):
    assert not any(a.get("pads", [0]))
    return F.max_pool2d(x, tuple(a["kernel_shape"]), tuple(a["strides"]))


def product(a, x, w, c=0):
    x, w = x.t() if a.get("transA") else x, w.t() if a.get("transB") else w
    return a.get("alpha", 1) * (x @ w) + a.get("beta", 1) * c


operators = {
    "Add": lambda a, x, y: x + y,
    "Conv": convolve,
    "Div": lambda a, x, y: x / y,
    "Gemm": product,
    "MaxPool": pool,
    "Mul": lambda a, x, y: x * y,
    "Relu": lambda a, x: F.relu(x),
    "Reshape": lambda a, x, shape: x.reshape(shape.tolist()),
    "Softmax": lambda a, x: F.softmax(x, a.get("axis", -1)),
    "Sqrt": lambda a, x: torch.sqrt(x),
    "Sub": lambda a, x, y: x - y,
    "Transpose": lambda a, x: x.permute(a["perm"]),
}

values = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
shape = [d.dim_value for d in graph.input[0].type.tensor_type.shape.dim]
values[graph.input[0].name] = torch.from_numpy(np.fromfile(sys.argv[2], np.float32).reshape(shape))
for node in graph.node:
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    values[node.output[0]] = operators[node.op_type](attributes, *[values[name] for name in node.input])
print(json.dumps({
    "metadata": {p.key: p.value for p in model.metadata_props},
    "outputs": values[graph.output[0].name].ravel().tolist(),
}))
