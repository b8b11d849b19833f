package pebench

// #include "calls.h"
// #include <stdlib.h>
import "C"

import "unsafe"

// pass is the forward pass of the hook that runs in an instance; without ops between hooks.
type pass struct {
	ops   *C.peb_ops
	scope *C.peb_scope
}

func (p *pass) valid() *pass {
	if p == nil || p.ops == nil {
		panic("a tensor or parameter was used that was never set, or outside a hook")
	}
	return p
}

// Tensor is a tensor of the host: a handle, copied freely, freed by the host when the pass ends. Operations return new
// tensors; after the first failure of a pass they all return a failed one, and the host reports the first. Axes may be
// negative and then count from the end. Number types never mix: use Cast. The zero value is none: what Bias and Value
// may return to add nothing.
type Tensor struct {
	pass   *pass
	handle C.peb_tensor
}

// Operand is a Tensor or a Parameter.
type Operand interface{ Tensor() Tensor }

// Tensor is the tensor itself.
func (t Tensor) Tensor() Tensor { return t }

// IsNone says whether there is no tensor, or only a failed one.
func (t Tensor) IsNone() bool { return t.handle == 0 }

// Parameter is declared through Build. Inside a hook it stands wherever a tensor does.
type Parameter struct {
	instance *instance
	id       C.peb_param
}

// Tensor is the current value, in the model's type, attached to its gradient.
func (p Parameter) Tensor() Tensor {
	if p.instance == nil {
		panic("a parameter was used that was never declared")
	}
	current := (&p.instance.pass).valid()
	return Tensor{current, C.peb_call_parameter(current.ops, current.scope, p.id)}
}

func (t Tensor) made(handle C.peb_tensor) Tensor { return Tensor{t.pass, handle} }

func (t Tensor) host() (*C.peb_ops, *C.peb_scope) {
	p := t.pass.valid()
	return p.ops, p.scope
}

// Shape is the sizes of all dimensions. It unwinds the hook once the pass has failed.
func (t Tensor) Shape() Dims {
	ops, scope := t.host()
	sizes := make([]int64, 8)
	rank := int(C.peb_call_shape(ops, scope, t.handle, pointer[int64, C.int64_t](sizes), C.uint32_t(len(sizes))))
	if rank > len(sizes) {
		sizes = make([]int64, rank)
		C.peb_call_shape(ops, scope, t.handle, pointer[int64, C.int64_t](sizes), C.uint32_t(rank))
	}
	if C.peb_call_status(ops, scope) != C.PEB_OK {
		panic(failed)
	}
	dims := make(Dims, rank)
	for i := range dims {
		dims[i] = int(sizes[i])
	}
	return dims
}

// Dim is the size along an axis.
func (t Tensor) Dim(axis int) int {
	dims := t.Shape()
	return dims[place(axis, len(dims))]
}

// Dtype is 0 for a failed tensor.
func (t Tensor) Dtype() Dtype {
	ops, scope := t.host()
	return Dtype(C.peb_call_dtype(ops, scope, t.handle))
}

// Cast converts; real to I64 truncates toward zero.
func (t Tensor) Cast(dtype Dtype) Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_cast(ops, scope, t.handle, C.uint32_t(dtype)))
}

// Detach has the same values, cut off from the gradient.
func (t Tensor) Detach() Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_detach(ops, scope, t.handle))
}

// Dropout zeroes with probability p and scales the rest, while training.
func (t Tensor) Dropout(p float64) Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_dropout(ops, scope, t.handle, C.double(p)))
}

func (t Tensor) Clamp(low, high float64) Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_clamp(ops, scope, t.handle, C.double(low), C.double(high)))
}

// Release drops the handle early, to save memory.
func (t Tensor) Release() {
	ops, scope := t.host()
	C.peb_call_release(ops, scope, t.handle)
}

func (t Tensor) unary(op C.uint32_t) Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_unary(ops, scope, op, t.handle))
}

func (t Tensor) Neg() Tensor      { return t.unary(C.PEB_NEG) }
func (t Tensor) Abs() Tensor      { return t.unary(C.PEB_ABS) }
func (t Tensor) Exp() Tensor      { return t.unary(C.PEB_EXP) }
func (t Tensor) Log() Tensor      { return t.unary(C.PEB_LOG) }
func (t Tensor) Sin() Tensor      { return t.unary(C.PEB_SIN) }
func (t Tensor) Cos() Tensor      { return t.unary(C.PEB_COS) }
func (t Tensor) Sqrt() Tensor     { return t.unary(C.PEB_SQRT) }
func (t Tensor) Tanh() Tensor     { return t.unary(C.PEB_TANH) }
func (t Tensor) Sigmoid() Tensor  { return t.unary(C.PEB_SIGMOID) }
func (t Tensor) Relu() Tensor     { return t.unary(C.PEB_RELU) }
func (t Tensor) Softplus() Tensor { return t.unary(C.PEB_SOFTPLUS) }

// Floor has gradient 0, as Ceil and Sign.
func (t Tensor) Floor() Tensor { return t.unary(C.PEB_FLOOR) }
func (t Tensor) Ceil() Tensor  { return t.unary(C.PEB_CEIL) }
func (t Tensor) Sign() Tensor  { return t.unary(C.PEB_SIGN) }

func binary(op C.uint32_t, a, b Operand) Tensor {
	left, right := a.Tensor(), b.Tensor()
	ops, scope := left.host()
	return left.made(C.peb_call_binary(ops, scope, op, left.handle, right.handle))
}

func (t Tensor) Add(other Operand) Tensor { return binary(C.PEB_ADD, t, other) }
func (t Tensor) Sub(other Operand) Tensor { return binary(C.PEB_SUB, t, other) }
func (t Tensor) Mul(other Operand) Tensor { return binary(C.PEB_MUL, t, other) }

// Div rounds toward minus infinity on I64.
func (t Tensor) Div(other Operand) Tensor     { return binary(C.PEB_DIV, t, other) }
func (t Tensor) Pow(other Operand) Tensor     { return binary(C.PEB_POW, t, other) }
func (t Tensor) Minimum(other Operand) Tensor { return binary(C.PEB_MIN, t, other) }
func (t Tensor) Maximum(other Operand) Tensor { return binary(C.PEB_MAX, t, other) }

// Less and the other comparisons give BOOL tensors, elementwise.
func (t Tensor) Less(other Operand) Tensor           { return binary(C.PEB_LT, t, other) }
func (t Tensor) LessOrEqual(other Operand) Tensor    { return binary(C.PEB_LE, t, other) }
func (t Tensor) Greater(other Operand) Tensor        { return binary(C.PEB_LT, other, t) }
func (t Tensor) GreaterOrEqual(other Operand) Tensor { return binary(C.PEB_LE, other, t) }
func (t Tensor) Equal(other Operand) Tensor          { return binary(C.PEB_EQ, t, other) }

func (t Tensor) scalar(op C.uint32_t, value float64) Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_scalar(ops, scope, op, t.handle, C.double(value)))
}

// AddScalar and its siblings take a number as the second operand; on an I64 tensor it must be integral.
func (t Tensor) AddScalar(value float64) Tensor         { return t.scalar(C.PEB_ADD, value) }
func (t Tensor) SubScalar(value float64) Tensor         { return t.scalar(C.PEB_SUB, value) }
func (t Tensor) MulScalar(value float64) Tensor         { return t.scalar(C.PEB_MUL, value) }
func (t Tensor) DivScalar(value float64) Tensor         { return t.scalar(C.PEB_DIV, value) }
func (t Tensor) PowScalar(value float64) Tensor         { return t.scalar(C.PEB_POW, value) }
func (t Tensor) MinimumScalar(value float64) Tensor     { return t.scalar(C.PEB_MIN, value) }
func (t Tensor) MaximumScalar(value float64) Tensor     { return t.scalar(C.PEB_MAX, value) }
func (t Tensor) LessScalar(value float64) Tensor        { return t.scalar(C.PEB_LT, value) }
func (t Tensor) LessOrEqualScalar(value float64) Tensor { return t.scalar(C.PEB_LE, value) }
func (t Tensor) EqualScalar(value float64) Tensor       { return t.scalar(C.PEB_EQ, value) }

// Like is a scalar of the tensor's number type, for numbers that stand first: x.Like(1).Div(x).
func (t Tensor) Like(value float64) Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_full(ops, scope, C.double(value), nil, 0, C.peb_call_dtype(ops, scope, t.handle)))
}

func (t Tensor) along(op C.uint32_t, axis int) Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_along(ops, scope, op, t.handle, C.int32_t(axis)))
}

// Sum keeps the dimension with size 1, as Mean and AMax.
func (t Tensor) Sum(axis int) Tensor     { return t.along(C.PEB_SUM, axis) }
func (t Tensor) Mean(axis int) Tensor    { return t.along(C.PEB_MEAN, axis) }
func (t Tensor) AMax(axis int) Tensor    { return t.along(C.PEB_AMAX, axis) }
func (t Tensor) CumSum(axis int) Tensor  { return t.along(C.PEB_CUMSUM, axis) }
func (t Tensor) Softmax(axis int) Tensor { return t.along(C.PEB_SOFTMAX, axis) }

// Reshape takes one -1 among dims.
func (t Tensor) Reshape(dims ...int) Tensor {
	ops, scope := t.host()
	sizes := sizesOf(dims)
	return t.made(C.peb_call_reshape(ops, scope, t.handle, pointer[int64, C.int64_t](sizes), C.uint32_t(len(sizes))))
}

func (t Tensor) Permute(axes ...int) Tensor {
	ops, scope := t.host()
	places := make([]int32, len(axes))
	for i, axis := range axes {
		places[i] = int32(axis)
	}
	return t.made(C.peb_call_permute(ops, scope, t.handle, pointer[int32, C.int32_t](places), C.uint32_t(len(places))))
}

// Transpose swaps two dimensions.
func (t Tensor) Transpose(first, second int) Tensor {
	rank := len(t.Shape())
	axes := make([]int, rank)
	for i := range axes {
		axes[i] = i
	}
	one, other := place(first, rank), place(second, rank)
	axes[one], axes[other] = other, one
	return t.Permute(axes...)
}

// Unsqueeze inserts a dimension of size 1 that stands at axis afterwards.
func (t Tensor) Unsqueeze(axis int) Tensor {
	dims := t.Shape()
	at := place(axis, len(dims)+1)
	widened := append(append(append(Dims{}, dims[:at]...), 1), dims[at:]...)
	return t.Reshape(widened...)
}

// Expand broadcasts to dims; -1 keeps a size.
func (t Tensor) Expand(dims ...int) Tensor {
	ops, scope := t.host()
	sizes := sizesOf(dims)
	return t.made(C.peb_call_expand(ops, scope, t.handle, pointer[int64, C.int64_t](sizes), C.uint32_t(len(sizes))))
}

// Slice takes elements start, start+1, ... before stop.
func (t Tensor) Slice(axis, start, stop int) Tensor { return t.SliceBy(axis, start, stop, 1) }

// SliceBy takes elements start, start+step, ... before stop.
func (t Tensor) SliceBy(axis, start, stop, step int) Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_slice(ops, scope, t.handle, C.int32_t(axis), C.int64_t(start), C.int64_t(stop), C.int64_t(step)))
}

// Gather is out[..., j, ...] = t[..., index[..., j, ...], ...] along axis; the index broadcasts elsewhere.
func (t Tensor) Gather(axis int, index Tensor) Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_gather(ops, scope, t.handle, C.int32_t(axis), index.handle))
}

// ScatterAdd is the transpose of Gather: it sums t[..., j, ...] into entry index[..., j, ...] of `size` along axis.
func (t Tensor) ScatterAdd(axis int, index Tensor, size int) Tensor {
	ops, scope := t.host()
	return t.made(C.peb_call_scatter_add(ops, scope, t.handle, C.int32_t(axis), index.handle, C.int64_t(size)))
}

// Choose is condition (BOOL) ? a : b, elementwise.
func Choose(condition Tensor, a, b Operand) Tensor {
	ops, scope := condition.host()
	return condition.made(C.peb_call_choose(ops, scope, condition.handle, a.Tensor().handle, b.Tensor().handle))
}

// MatMul is [..., n, k] x [..., k, m] -> [..., n, m]; leading dimensions broadcast.
func MatMul(a, b Operand) Tensor {
	left, right := a.Tensor(), b.Tensor()
	ops, scope := left.host()
	return left.made(C.peb_call_matmul(ops, scope, left.handle, right.handle))
}

// Einsum is Einstein summation with an explicit output: Einsum("bhqd,qkd->bhqk", q, table).
func Einsum(spec string, operands ...Operand) Tensor {
	first, handles := handlesOf(operands)
	ops, scope := first.host()
	text := C.CString(spec)
	defer C.free(unsafe.Pointer(text))
	return first.made(C.peb_call_einsum(ops, scope, text, &handles[0], C.uint32_t(len(handles))))
}

// Embedding takes table [N, D] and index I64 [...] to [..., D].
func Embedding(table Operand, index Tensor) Tensor {
	ops, scope := index.host()
	return index.made(C.peb_call_embedding(ops, scope, table.Tensor().handle, index.handle))
}

// Concat joins along an existing dimension; the others must agree.
func Concat(axis int, operands ...Operand) Tensor {
	first, handles := handlesOf(operands)
	ops, scope := first.host()
	return first.made(C.peb_call_concat(ops, scope, &handles[0], C.uint32_t(len(handles)), C.int32_t(axis)))
}

// Stack joins tensors of one shape along a new dimension that stands at axis afterwards.
func Stack(axis int, operands ...Operand) Tensor {
	widened := make([]Operand, len(operands))
	for i, operand := range operands {
		widened[i] = operand.Tensor().Unsqueeze(axis)
	}
	return Concat(axis, widened...)
}

// Pass makes tensors out of nothing.
type Pass struct{ pass *pass }

// Constant takes values in row-major order to dims.
func (p Pass) Constant(values []float64, dims Dims, dtype Dtype) Tensor {
	requireCount(dims, len(values), "constant")
	sizes := sizesOf(dims)
	v := p.pass.valid()
	return Tensor{v, C.peb_call_constant(v.ops, v.scope, pointer[float64, C.double](values), pointer[int64, C.int64_t](sizes),
		C.uint32_t(len(sizes)), C.uint32_t(dtype))}
}

// Full is the same value everywhere; Dims{} makes a scalar.
func (p Pass) Full(value float64, dims Dims, dtype Dtype) Tensor {
	sizes := sizesOf(dims)
	v := p.pass.valid()
	return Tensor{v, C.peb_call_full(v.ops, v.scope, C.double(value), pointer[int64, C.int64_t](sizes), C.uint32_t(len(sizes)),
		C.uint32_t(dtype))}
}

// Arange is start + i * step -> [count].
func (p Pass) Arange(start, step float64, count int, dtype Dtype) Tensor {
	v := p.pass.valid()
	return Tensor{v, C.peb_call_arange(v.ops, v.scope, C.double(start), C.double(step), C.int64_t(count), C.uint32_t(dtype))}
}

// Normal draws normal numbers of the host's stream, in the model's type.
func (p Pass) Normal(mean, deviation float64, dims Dims) Tensor {
	sizes := sizesOf(dims)
	v := p.pass.valid()
	return Tensor{v, C.peb_call_normal(v.ops, v.scope, C.double(mean), C.double(deviation), pointer[int64, C.int64_t](sizes),
		C.uint32_t(len(sizes)))}
}

func handlesOf(operands []Operand) (Tensor, []C.peb_tensor) {
	if len(operands) == 0 {
		panic(Invalid("an operation on no tensors"))
	}
	handles := make([]C.peb_tensor, len(operands))
	for i, operand := range operands {
		handles[i] = operand.Tensor().handle
	}
	return operands[0].Tensor(), handles
}

func sizesOf(dims []int) []int64 {
	sizes := make([]int64, len(dims))
	for i, size := range dims {
		sizes[i] = int64(size)
	}
	return sizes
}

// pointer is the address of the first number, of the same type in C.
func pointer[G, T any](numbers []G) *T {
	if len(numbers) == 0 {
		return nil
	}
	return (*T)(unsafe.Pointer(&numbers[0]))
}

func place(axis, rank int) int {
	at := axis
	if axis < 0 {
		at += rank
	}
	if at < 0 || at >= rank {
		panic(Invalid("axis %d of a tensor with %d dimensions", axis, rank))
	}
	return at
}

func requireCount(dims Dims, values int, what string) {
	count := 1
	for _, size := range dims {
		count *= size
	}
	if count != values {
		panic(Invalid("%s: %d values for %d places", what, values, count))
	}
}
