// Package pebench writes positional encodings for pebench in Go.
//
// An encoder is a type with those hooks that the encoding needs (Inputter, Rotator, Biaser, Valuer, Outputter,
// Beginner), registered in an init function of package main; the others stay NULL in the descriptor.
//
//	package main
//
//	import peb "pebench"
//
//	// Learned absolute positions (Gehring et al. 2017): x + table[position].
//	type learnt struct{ table peb.Parameter }
//
//	func create(build *peb.Build, config peb.Config, values peb.Values) (*learnt, error) {
//		return &learnt{build.Normal("table", peb.Dims{config.Positions, config.DModel}, values.Real("init_std"))}, nil
//	}
//
//	// Input takes x [B, L, D] to [B, L, D].
//	func (l *learnt) Input(sequence *peb.Sequence, x peb.Tensor) peb.Tensor {
//		return x.Add(peb.Embedding(l.table, sequence.Position))
//	}
//
//	func init() {
//		peb.Register(peb.Info{ID: "learnt20", Version: "1.0.0", Cite: "arXiv:1705.03122", Options: []peb.Option{
//			peb.Real("init_std", 0.02, 0, 10, "standard deviation of the initial table")}}, create)
//	}
//	func main() {}
//
// A hook fails the forward pass by panicking: with Unsupported, Invalid or any other value. No panic leaves the library.
package pebench

// #cgo CFLAGS: -I${SRCDIR}/../include
// #include "calls.h"
import "C"

// Dtype is a number type; Model is the model's own.
type Dtype uint32

const (
	F16   Dtype = C.PEB_F16
	BF16  Dtype = C.PEB_BF16
	F32   Dtype = C.PEB_F32
	F64   Dtype = C.PEB_F64
	I64   Dtype = C.PEB_I64
	Bool  Dtype = C.PEB_BOOL
	Model Dtype = C.PEB_MODEL
)

// Flags of an encoder, for Info.Flags: what the host must provide, and claims that it may rely on.
const (
	NeedTime         uint32 = C.PEB_NEED_TIME
	NeedLogits       uint32 = C.PEB_NEED_LOGITS
	NeedProbs        uint32 = C.PEB_NEED_PROBS
	NeedHidden       uint32 = C.PEB_NEED_HIDDEN // hosts of 1.0 refuse a library that asks for it
	IsShiftInvariant uint32 = C.PEB_IS_SHIFT_INVARIANT
	IsExtrapolating  uint32 = C.PEB_IS_EXTRAPOLATING
	IsNull           uint32 = C.PEB_IS_NULL
	IsAffineInput    uint32 = C.PEB_IS_AFFINE_INPUT
	IsCausal         uint32 = C.PEB_IS_CAUSAL
)

// Dims are the sizes of a tensor.
type Dims []int
