"""Positional encodings for pebench, written in Python over the host's operations.

    class Learnt(pebench.Encoder):
        def __init__(self, build, config, options):
            self.table = build.normal("table", (config.n_positions, config.d_model), 0.02)

        def input(self, sequence, x):
            return x + self.table[sequence.position]

The plugin `python` of pebench runs such a file; it brings this package with it, whose installed copy is for editors.
Tensors are handles of the host: operations work inside a hook only. See pebench.h for what they mean.
"""

from pebench._tensor import (
    Failed, Parameter, Tensor, bfloat16, boolean, float16, float32, float64, int64, model,
)
from pebench._operations import (
    arange, ceil, concat, constant, cos, einsum, embedding, exp, floor, full, log, matmul, maximum, minimum, normal,
    relu, sigmoid, sign, sin, softplus, sqrt, stack, tanh, where,
)
from pebench._build import Build, Linear
from pebench._encoder import Config, Encoder, Sequence, Site, Unsupported

__all__ = [
    "Build", "Config", "Encoder", "Failed", "Linear", "Parameter", "Sequence", "Site", "Tensor", "Unsupported",
    "arange", "bfloat16", "boolean", "ceil", "concat", "constant", "cos", "einsum", "embedding", "exp", "float16",
    "float32", "float64", "floor", "full", "int64", "log", "matmul", "maximum", "minimum", "model", "normal", "relu",
    "sigmoid", "sign", "sin", "softplus", "sqrt", "stack", "tanh", "where",
]
