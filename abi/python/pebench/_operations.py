"""Free functions over tensors, and tensors made out of nothing."""

from pebench import _host
from pebench._tensor import Operand, Tensor, apply, model, sizes


def _unary(op, x):
    return Tensor(_host.unary(op, x.handle))


def exp(x):
    return _unary(_host.EXP, x)


def log(x):
    return _unary(_host.LOG, x)


def sin(x):
    return _unary(_host.SIN, x)


def cos(x):
    return _unary(_host.COS, x)


def sqrt(x):
    return _unary(_host.SQRT, x)


def tanh(x):
    return _unary(_host.TANH, x)


def sigmoid(x):
    return _unary(_host.SIGMOID, x)


def relu(x):
    return _unary(_host.RELU, x)


def softplus(x):
    return _unary(_host.SOFTPLUS, x)


def floor(x):
    """Gradient 0, as ceil() and sign()."""
    return _unary(_host.FLOOR, x)


def ceil(x):
    return _unary(_host.CEIL, x)


def sign(x):
    return _unary(_host.SIGN, x)


def minimum(a, b):
    return apply(_host.MIN, a, b)


def maximum(a, b):
    return apply(_host.MAX, a, b)


def where(condition, a, b):
    """condition (boolean) ? a : b, elementwise. One of a and b may be a plain number."""
    if not isinstance(a, Operand):
        a = full(a, (), b.dtype)
    if not isinstance(b, Operand):
        b = full(b, (), a.dtype)
    return Tensor(_host.choose(condition.handle, a.handle, b.handle))


def matmul(a, b):
    """[..., n, k] x [..., k, m] -> [..., n, m]; leading dimensions broadcast."""
    return Tensor(_host.matmul(a.handle, b.handle))


def einsum(spec, *tensors):
    """Einstein summation with an explicit output: einsum("bhqd,qkd->bhqk", q, table)."""
    return Tensor(_host.einsum(spec, [tensor.handle for tensor in tensors]))


def embedding(table, index):
    """table [N, D], index int64 [...] -> [..., D]; the same as table[index]."""
    return Tensor(_host.embedding(table.handle, index.handle))


def concat(tensors, axis):
    """Joins along an existing dimension; the others must agree."""
    return Tensor(_host.concat([tensor.handle for tensor in tensors], axis))


def stack(tensors, axis):
    """Joins tensors of one shape along a new dimension that stands at axis afterwards."""
    return concat([tensor.unsqueeze(axis) for tensor in tensors], axis)


def constant(values, shape=None, dtype=model):
    """Numbers in nested sequences, or a NumPy array, as a tensor; or a flat row of them in row-major order with a shape."""
    flat, found = flattened(values)
    return Tensor(_host.constant(flat, found if shape is None else sizes((shape,)), dtype.code))


def full(value, shape, dtype=model):
    """The same value everywhere; shape () makes a scalar."""
    return Tensor(_host.full(value, sizes((shape,)), dtype.code))


def arange(count, start=0.0, step=1.0, dtype=model):
    """start + i * step -> [count]"""
    return Tensor(_host.arange(start, step, count, dtype.code))


def normal(shape, mean=0.0, deviation=1.0):
    """Normal numbers of the host's stream, in the model's type: the only random numbers an encoding may use, beside
    Tensor.dropout()."""
    return Tensor(_host.normal(mean, deviation, sizes((shape,))))


def flattened(values):
    """Nested sequences of numbers -> (numbers in row-major order, shape)."""
    if hasattr(values, "tolist"):
        values = values.tolist()
    if not isinstance(values, (list, tuple)):
        return [float(values)], ()
    parts = [flattened(value) for value in values]
    inner = parts[0][1] if parts else ()
    if any(shape != inner for _, shape in parts):
        raise ValueError("the rows of a constant differ in length")
    return [number for numbers, _ in parts for number in numbers], (len(parts), *inner)
