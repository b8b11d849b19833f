package pebench

// #include "border.h"
// #include "calls.h"
// #include <stdlib.h>
import "C"

import (
	"fmt"
	"math"
	"runtime/cgo"
	"unsafe"
)

// Config is the model an instance is created for; see peb_config.
type Config struct {
	Layers    int // encoder blocks
	Sites     int // attention calls of one forward pass that run hooks
	Heads     int // H
	DModel    int // D = H * h
	DHead     int // h
	MaxLen    int // slots of a profile
	Positions int // MaxLen + 1: the extra one is the position of candidates
}

// Build declares the parameters of an instance. The host owns, initialises, trains and saves them. Names are
// [a-z0-9_.]+ and unique in the instance: the key in checkpoints and of the parameter's random stream. Every method
// panics when the host refuses the declaration, which fails the creation.
type Build struct {
	host     *C.peb_host
	build    *C.peb_build
	instance *instance
	flags    C.uint32_t
}

// Frozen declares parameters that are saved but never trained: build.Frozen().Data(...).
func (b *Build) Frozen() *Build {
	return &Build{b.host, b.build, b.instance, b.flags | C.PEB_PARAM_FROZEN}
}

// NoDecay declares parameters that are never subject to L2.
func (b *Build) NoDecay() *Build {
	return &Build{b.host, b.build, b.instance, b.flags | C.PEB_PARAM_NO_DECAY}
}

func (b *Build) Zeros(name string, dims Dims) Parameter {
	return b.declare(name, dims, C.PEB_INIT_ZERO, 0, 0, nil)
}

func (b *Build) Constant(name string, dims Dims, value float64) Parameter {
	return b.declare(name, dims, C.PEB_INIT_CONST, value, 0, nil)
}

// Normal draws with mean 0.
func (b *Build) Normal(name string, dims Dims, deviation float64) Parameter {
	return b.NormalAround(name, dims, 0, deviation)
}

func (b *Build) NormalAround(name string, dims Dims, mean, deviation float64) Parameter {
	return b.declare(name, dims, C.PEB_INIT_NORMAL, mean, deviation, nil)
}

// TruncatedNormal redraws outside mean +- 2 deviations.
func (b *Build) TruncatedNormal(name string, dims Dims, mean, deviation float64) Parameter {
	return b.declare(name, dims, C.PEB_INIT_TRUNC_NORMAL, mean, deviation, nil)
}

// Uniform draws from [low, high).
func (b *Build) Uniform(name string, dims Dims, low, high float64) Parameter {
	return b.declare(name, dims, C.PEB_INIT_UNIFORM, low, high, nil)
}

// Xavier draws uniformly from +- gain sqrt(6 / (rows + columns)) over the last two dimensions.
func (b *Build) Xavier(name string, dims Dims, gain float64) Parameter {
	return b.declare(name, dims, C.PEB_INIT_XAVIER, gain, 0, nil)
}

// Data takes given values, row-major.
func (b *Build) Data(name string, dims Dims, values []float64) Parameter {
	requireCount(dims, len(values), "parameter '"+name+"'")
	return b.declare(name, dims, C.PEB_INIT_DATA, 0, 0, values)
}

// Level is how much a line of the log matters.
type Level uint32

const (
	Debug Level = iota
	Information
	Warning
	Error
)

// Log writes a line for the trial's log.
func (b *Build) Log(level Level, message string) {
	text := C.CString(message)
	defer C.free(unsafe.Pointer(text))
	C.peb_call_log(b.host, C.uint32_t(level), text)
}

func (b *Build) declare(name string, dims Dims, init C.uint32_t, first, second float64, data []float64) Parameter {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	sizes := sizesOf(dims)
	id := C.peb_call_declare(b.host, b.build, b.flags, text, pointer[int64, C.int64_t](sizes), C.uint32_t(len(sizes)), init,
		C.double(first), C.double(second), pointer[float64, C.double](data))
	if id == 0 {
		panic(fmt.Errorf("the host refused parameter '%s'", name))
	}
	return Parameter{b.instance, id}
}

// Linear is y = x W^T + b with parameters <name>.weight [to, from] and <name>.bias [to], both uniform +- 1/sqrt(from).
type Linear struct{ weight, bias Parameter }

// NewLinear declares the parameters.
func NewLinear(build *Build, name string, from, to int) Linear {
	bound := 1 / math.Sqrt(float64(from))
	return Linear{build.Uniform(name+".weight", Dims{to, from}, -bound, bound),
		build.Uniform(name+".bias", Dims{to}, -bound, bound)}
}

// Apply takes x [..., from] to [..., to].
func (l Linear) Apply(x Tensor) Tensor {
	return MatMul(x, l.weight.Tensor().Permute(1, 0)).Add(l.bias)
}

// Custom makes an operation of the plugin's own runnable. It lives as long as the instance. name: for messages.
func (b *Build) Custom(name string, operation Operation) Custom {
	handle := cgo.NewHandle(&called{b.instance.ops, operation})
	custom := C.peb_go_new_custom(C.CString(name), C.uintptr_t(handle))
	b.instance.free = append(b.instance.free, func() {
		C.peb_go_free_custom(custom)
		handle.Delete()
	})
	return Custom{custom}
}
