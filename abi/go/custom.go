package pebench

// #include "border.h"
// #include "calls.h"
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

// Operation is a differentiable operation with a forward and backward of its own, over contiguous views in the CPU's
// memory (the host copies those of a GPU). Its methods fail by panicking, as hooks do.
type Operation interface {
	// Infer describes every output: Describe or Like.
	Infer(inputs, outputs []View)
	// Forward writes every output.
	Forward(inputs, outputs []View)
	// Backward writes (does not add to) every input gradient that is Wanted. A gradient that reaches none of the outputs
	// arrives as zeros. Runs on a thread of the gradient engine.
	Backward(inputs, outputs, outputGradients, inputGradients []View)
}

// Number is a number type of views.
type Number interface{ float32 | float64 | int64 }

// View is a tensor's memory inside an Operation; valid until the method returns.
type View struct{ view *C.peb_view }

// Shape is the sizes of all dimensions.
func (v View) Shape() Dims {
	dims := make(Dims, v.view.ndim)
	for i, size := range unsafe.Slice(v.view.shape, len(dims)) {
		dims[i] = int(size)
	}
	return dims
}

// Wanted says whether a gradient is asked for.
func (v View) Wanted() bool { return v.view.data != nil }

// Holds says whether the view holds numbers of type T.
func Holds[T Number](v View) bool {
	var example T
	const integer, real = 0, 2 // DLDataTypeCode
	code := real
	if _, is := any(example).(int64); is {
		code = integer
	}
	return int(v.view.code) == code && uintptr(v.view.bits) == 8*unsafe.Sizeof(example)
}

// Elements are the numbers in row-major order. It panics with Unsupported when the view holds another type.
func Elements[T Number](v View) []T {
	if !Holds[T](v) {
		panic(Unsupported("this operation does not serve numbers of DLPack code %d with %d bits", v.view.code, v.view.bits))
	}
	count := 1
	for _, size := range v.Shape() {
		count *= size
	}
	if count == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Add(v.view.data, v.view.byte_offset)), count)
}

// Like gives an output the shape and number type of another view.
func (v View) Like(other View) { v.Describe(other.Shape(), other) }

// Describe gives an output at most 8 sizes, and the number type of another view.
func (v View) Describe(dims Dims, typeOf View) {
	if len(dims) > 8 {
		panic(Invalid("an output of %d dimensions: at most 8", len(dims)))
	}
	v.view.ndim = C.int32_t(len(dims))
	v.view.code = typeOf.view.code
	v.view.bits = typeOf.view.bits
	places := unsafe.Slice(v.view.shape, 8)
	for i, size := range dims {
		places[i] = C.int64_t(size)
	}
}

// Custom is an Operation that the host can run; made by Build.Custom.
type Custom struct{ custom *C.peb_custom }

// Run runs the operation inside a hook.
func (c Custom) Run(outputs int, inputs ...Operand) []Tensor {
	first, handles := handlesOf(inputs)
	ops, scope := first.host()
	results := make([]C.peb_tensor, outputs)
	C.peb_call_custom(ops, scope, c.custom, &handles[0], C.uint32_t(len(handles)), &results[0], C.uint32_t(outputs))
	tensors := make([]Tensor, outputs)
	for i, handle := range results {
		tensors[i] = first.made(handle)
	}
	return tensors
}

// called is what `user` of a peb_custom is a handle of.
type called struct {
	ops       *C.peb_ops
	operation Operation
}

func callback(user C.uintptr_t, scope *C.peb_scope, body func(Operation)) C.peb_status {
	c := cgo.Handle(user).Value().(*called)
	return guarded(func() error {
		body(c.operation)
		return nil
	}, failer(c.ops, scope))
}

func views(first *C.peb_view, count C.uint32_t) []View {
	made := make([]View, count)
	given := unsafe.Slice(first, count)
	for i := range made {
		made[i] = View{&given[i]}
	}
	return made
}

//export peb_go_infer
func peb_go_infer(user C.uintptr_t, scope *C.peb_scope, in *C.peb_view, n_in C.uint32_t, out *C.peb_view,
	n_out C.uint32_t) C.peb_status {
	return callback(user, scope, func(operation Operation) { operation.Infer(views(in, n_in), views(out, n_out)) })
}

//export peb_go_forward
func peb_go_forward(user C.uintptr_t, scope *C.peb_scope, in *C.peb_view, n_in C.uint32_t, out *C.peb_view,
	n_out C.uint32_t) C.peb_status {
	return callback(user, scope, func(operation Operation) { operation.Forward(views(in, n_in), views(out, n_out)) })
}

//export peb_go_backward
func peb_go_backward(user C.uintptr_t, scope *C.peb_scope, in *C.peb_view, n_in C.uint32_t, out, grad_out *C.peb_view,
	n_out C.uint32_t, grad_in *C.peb_view) C.peb_status {
	return callback(user, scope, func(operation Operation) {
		operation.Backward(views(in, n_in), views(out, n_out), views(grad_out, n_out), views(grad_in, n_in))
	})
}
