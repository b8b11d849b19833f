"""Tensors of the host: handles with operators."""

import operator

from pebench import _host
from pebench._host import Failed


class Dtype:
    """A number type. Types never mix in an operation: use Tensor.cast()."""

    def __init__(self, name, code):
        self.name = name
        self.code = code

    def __repr__(self):
        return f"pebench.{self.name}"


float16 = Dtype("float16", _host.F16)
bfloat16 = Dtype("bfloat16", _host.BF16)
float32 = Dtype("float32", _host.F32)
float64 = Dtype("float64", _host.F64)
int64 = Dtype("int64", _host.I64)
boolean = Dtype("boolean", _host.BOOL)
model = Dtype("model", _host.MODEL)  # whatever the model computes in; Tensor.dtype is never this

_BY_CODE = {dtype.code: dtype for dtype in (float16, bfloat16, float32, float64, int64, boolean)}


class Operand:
    """What operators work on: a Tensor, or a Parameter, which stands for the tensor of its current value."""

    __slots__ = ()
    __hash__ = None  # == compares elementwise

    @property
    def handle(self):
        raise NotImplementedError

    @property
    def shape(self):
        return _host.shape(self.handle)

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def dtype(self):
        return _BY_CODE[_host.dtype(self.handle)]

    def __bool__(self):
        raise TypeError("an encoding cannot see the numbers of a tensor, so it has no truth value; use pebench.where()")

    def __iter__(self):
        raise TypeError("a tensor is not iterated over; take slices, or compute on it as a whole")

    def __neg__(self):
        return Tensor(_host.unary(_host.NEG, self.handle))

    def __abs__(self):
        return Tensor(_host.unary(_host.ABS, self.handle))

    def __add__(self, other):
        return apply(_host.ADD, self, other)

    def __radd__(self, other):
        return apply(_host.ADD, self, other)

    def __sub__(self, other):
        return apply(_host.SUB, self, other)

    def __rsub__(self, other):
        return apply(_host.SUB, other, self)

    def __mul__(self, other):
        return apply(_host.MUL, self, other)

    def __rmul__(self, other):
        return apply(_host.MUL, self, other)

    def __truediv__(self, other):
        return divide(self, other)

    def __rtruediv__(self, other):
        return divide(other, self)

    def __floordiv__(self, other):
        return floor_divide(self, other)

    def __rfloordiv__(self, other):
        return floor_divide(other, self)

    def __pow__(self, other):
        return apply(_host.POW, self, other)

    def __rpow__(self, other):
        return apply(_host.POW, other, self)

    def __matmul__(self, other):
        if not isinstance(other, Operand):
            return NotImplemented
        return Tensor(_host.matmul(self.handle, other.handle))

    def __lt__(self, other):
        return apply(_host.LT, self, other)

    def __le__(self, other):
        return apply(_host.LE, self, other)

    def __gt__(self, other):
        return apply(_host.LT, other, self)

    def __ge__(self, other):
        return apply(_host.LE, other, self)

    def __eq__(self, other):
        return apply(_host.EQ, self, other)

    def __getitem__(self, key):
        """table[index]: the rows that an int64 tensor names, [N, D] and [...] -> [..., D]. Otherwise whole numbers,
        slices with a positive step, `...` and None, as in NumPy."""
        if isinstance(key, Operand):
            return Tensor(_host.embedding(self.handle, key.handle))
        return _sliced(self, key if isinstance(key, tuple) else (key,))

    def cast(self, dtype):
        """Real numbers become int64 by truncation toward zero."""
        return Tensor(_host.cast(self.handle, dtype.code))

    def detach(self):
        """The same values, cut off from the gradient."""
        return Tensor(_host.detach(self.handle))

    def dropout(self, p):
        """Zeroes with probability p and scales the rest while training."""
        return Tensor(_host.dropout(self.handle, p))

    def clamp(self, low, high):
        return Tensor(_host.clamp(self.handle, low, high))

    def sum(self, axis):
        """Keeps the dimension with size 1, as mean() and amax() do."""
        return Tensor(_host.along(_host.SUM, self.handle, axis))

    def mean(self, axis):
        return Tensor(_host.along(_host.MEAN, self.handle, axis))

    def amax(self, axis):
        return Tensor(_host.along(_host.AMAX, self.handle, axis))

    def cumsum(self, axis):
        return Tensor(_host.along(_host.CUMSUM, self.handle, axis))

    def softmax(self, axis):
        return Tensor(_host.along(_host.SOFTMAX, self.handle, axis))

    def reshape(self, *shape):
        """One size may be -1."""
        return Tensor(_host.reshape(self.handle, sizes(shape)))

    def permute(self, *axes):
        return Tensor(_host.permute(self.handle, sizes(axes)))

    def transpose(self, first, second):
        axes = list(range(self.ndim))
        axes[first], axes[second] = axes[second], axes[first]
        return self.permute(axes)

    def unsqueeze(self, axis):
        """Inserts a dimension of size 1 that stands at axis afterwards."""
        shape = list(self.shape)
        shape.insert(_place(axis, len(shape) + 1), 1)
        return self.reshape(shape)

    def expand(self, *shape):
        """Broadcasts; -1 keeps a size."""
        return Tensor(_host.expand(self.handle, sizes(shape)))

    def slice(self, axis, start, stop, step=1):
        return Tensor(_host.slice(self.handle, axis, start, stop, step))

    def gather(self, axis, index):
        """out[..., j, ...] = self[..., index[..., j, ...], ...] along axis; the index broadcasts elsewhere."""
        return Tensor(_host.gather(self.handle, axis, index.handle))

    def scatter_add(self, axis, index, size):
        """The transpose of gather: sums self[..., j, ...] into entry index[..., j, ...] of `size` along axis."""
        return Tensor(_host.scatter_add(self.handle, axis, index.handle, size))


class Tensor(Operand):
    """A tensor of the host, valid until the forward pass it was made in ends."""

    __slots__ = ("_handle",)

    def __init__(self, handle):
        self._handle = handle

    @property
    def handle(self):
        return self._handle

    def __repr__(self):
        return f"<pebench.Tensor {self._handle:#x}>"


class Parameter(Operand):
    """A parameter declared through Build: in a hook, the tensor of its current value, attached to its gradient."""

    __slots__ = ("name", "_id")

    def __init__(self, name, id):
        self.name = name
        self._id = id

    @property
    def handle(self):
        return _host.parameter(self._id)

    def __repr__(self):
        return f"<pebench.Parameter {self.name}>"


def sizes(values):
    """(2, 3) and ((2, 3),) -> (2, 3)"""
    if len(values) == 1 and isinstance(values[0], (tuple, list)):
        values = values[0]
    return tuple(operator.index(value) for value in values)


def apply(op, a, b):
    """a OP b, where one of the two may be a plain number."""
    if isinstance(a, Operand) and isinstance(b, Operand):
        return Tensor(_host.binary(op, a.handle, b.handle))
    if isinstance(a, Operand):
        return Tensor(_host.scalar(op, a.handle, _number(b)))
    b = Tensor(b.handle)
    return Tensor(_host.binary(op, _host.full(_number(a), (), b.dtype.code), b.handle))


def divide(a, b):
    """a / b of real numbers."""
    if (a if isinstance(a, Operand) else b).dtype is int64:
        raise TypeError("int64 tensors are divided by //, which rounds down, or after cast(pebench.model)")
    return apply(_host.DIV, a, b)


def floor_divide(a, b):
    """a // b, rounded toward minus infinity."""
    quotient = apply(_host.DIV, a, b)
    return quotient if quotient.dtype is int64 else Tensor(_host.unary(_host.FLOOR, quotient.handle))


def _number(value):
    if isinstance(value, str) or not hasattr(value, "__float__"):
        raise TypeError(f"a tensor is combined with tensors and numbers, not with {type(value).__name__}")
    return float(value)


def _place(axis, ndim):
    if not -ndim <= axis < ndim:
        raise IndexError(f"axis {axis} of a tensor with {ndim} dimensions")
    return axis % ndim


def _sliced(tensor, key):
    """tensor[key] for whole numbers, slices, ... and None: the slices first, then one change of shape."""
    shape = tensor.shape
    named = sum(part is not None and part is not Ellipsis for part in key)
    if named > len(shape) or sum(part is Ellipsis for part in key) > 1:
        raise IndexError(f"too many indices for a tensor of shape {shape}")
    if Ellipsis not in key:
        key += (Ellipsis,)
    axis, result = 0, []
    for part in key:
        if part is None:
            result.append(1)
        elif part is Ellipsis:
            for _ in range(len(shape) - named):
                result.append(shape[axis])
                axis += 1
        elif isinstance(part, slice):
            start, stop, step = part.indices(shape[axis])
            if step < 1:
                raise IndexError("the step of a slice must be positive")
            count = len(range(start, stop, step))
            if count != shape[axis]:
                tensor = tensor.slice(axis, start, max(start, stop), step)
            result.append(count)
            axis += 1
        else:
            start = _place(operator.index(part), shape[axis])
            tensor = tensor.slice(axis, start, start + 1)
            axis += 1
    return tensor if tuple(result) == tensor.shape else tensor.reshape(result)
