// Attention with linear biases: Press, Smith and Lewis 2022, "Train short, test long: attention with linear biases
// enables input length extrapolation", arXiv:2108.12409, section 3.
//
//	bias_hij = -m_h |i - j|        i query, j key, h head
//
// The paper attends to the past alone, where |i - j| = i - j.
package main

import (
	"math"

	peb "pebench"
)

type alibi struct {
	slopes []float64 // [H]
}

// slopes are the m of the authors' get_slopes: 2^(-8/n), 2^(-16/n), ... for n heads if n is a power of two; otherwise those
// of the next smaller power, and then every other one of the next larger.
func slopes(heads int) []float64 {
	power := 1
	for 2*power <= heads {
		power *= 2
	}
	var made []float64
	for i := 1; i <= power; i++ {
		made = append(made, math.Exp2(-8*float64(i)/float64(power)))
	}
	for i := 1; len(made) < heads; i += 2 {
		made = append(made, math.Exp2(-8*float64(i)/float64(2*power)))
	}
	return made
}

func create(_ *peb.Build, config peb.Config, _ peb.Values) (*alibi, error) {
	return &alibi{slopes(config.Heads)}, nil
}

// Bias makes [1 or B, H, Lq, Lk].
func (a *alibi) Bias(site *peb.Site) peb.Tensor {
	distance := site.RelativePosition().Abs().Cast(peb.Model)
	return site.Constant(a.slopes, peb.Dims{site.Heads, 1, 1}, peb.Model).Mul(distance).Neg()
}

func init() {
	peb.Register(peb.Info{ID: "alibi_go", Version: "1.0.0", Cite: "arXiv:2108.12409", Name: "Attention with linear biases",
		Flags: peb.IsShiftInvariant | peb.IsExtrapolating}, create)
}

func main() {}
