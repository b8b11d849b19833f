"""Declares the parameters of an encoding, in its __init__()."""

import math

from pebench import _host
from pebench._operations import flattened
from pebench._tensor import Parameter, sizes


class Build:
    """The host owns, initialises, trains and saves parameters. Names are [a-z0-9_.]+ and unique in the encoding: the key in
    checkpoints and of the parameter's random stream. frozen: saved, never trained; decay=False: never subject to L2."""

    def zeros(self, name, shape, *, frozen=False, decay=True):
        return _declare(name, shape, _host.INIT_ZERO, frozen=frozen, decay=decay)

    def constant(self, name, shape, value, *, frozen=False, decay=True):
        return _declare(name, shape, _host.INIT_CONST, value, frozen=frozen, decay=decay)

    def normal(self, name, shape, deviation, mean=0.0, *, frozen=False, decay=True):
        return _declare(name, shape, _host.INIT_NORMAL, mean, deviation, frozen=frozen, decay=decay)

    def truncated_normal(self, name, shape, deviation, mean=0.0, *, frozen=False, decay=True):
        """Redrawn outside mean +- 2 deviations."""
        return _declare(name, shape, _host.INIT_TRUNC_NORMAL, mean, deviation, frozen=frozen, decay=decay)

    def uniform(self, name, shape, low, high, *, frozen=False, decay=True):
        """In [low, high)."""
        return _declare(name, shape, _host.INIT_UNIFORM, low, high, frozen=frozen, decay=decay)

    def xavier(self, name, shape, gain=1.0, *, frozen=False, decay=True):
        """Uniform +- gain sqrt(6 / (rows + columns)) over the last two dimensions."""
        return _declare(name, shape, _host.INIT_XAVIER, gain, frozen=frozen, decay=decay)

    def data(self, name, values, shape=None, *, frozen=False, decay=True):
        """Given values: nested sequences, a NumPy array, or a flat row of numbers with a shape."""
        flat, found = flattened(values)
        return _declare(name, found if shape is None else shape, _host.INIT_DATA, data=flat, frozen=frozen, decay=decay)


def _declare(name, shape, initial, a=0.0, b=0.0, *, frozen, decay, data=()):
    flags = (_host.PARAM_FROZEN if frozen else 0) | (0 if decay else _host.PARAM_NO_DECAY)
    return Parameter(name, _host.declare(name, sizes((shape,)), flags, initial, a, b, data))


class Linear:
    """y = x W^T + b with parameters <name>.weight [to, from] and <name>.bias [to], both uniform +- 1/sqrt(from)."""

    def __init__(self, build, name, from_width, to_width):
        bound = 1 / math.sqrt(from_width)
        self.weight = build.uniform(f"{name}.weight", (to_width, from_width), -bound, bound)
        self.bias = build.uniform(f"{name}.bias", (to_width,), -bound, bound)

    def __call__(self, x):
        """x [..., from] -> [..., to]"""
        return x @ self.weight.permute(1, 0) + self.bias
