// Learnable Fourier features: Li, Si, Li, Hsieh and Bengio 2021, "Learnable Fourier features for multi-dimensional spatial
// positional encoding", arXiv:2106.02795, equations 2 and 5, in one dimension:
//
//	r = [cos(p W) | sin(p W)] / sqrt(F)                  p = position / max_len, W [F/2]
//	x' = x + gelu(r W1 + b1) W2 + b2                     W1 [F, hidden], W2 [hidden, D]
//
// The frequencies W are learnt from a normal distribution with deviation 1 / gamma.
package main

import (
	"math"

	peb "pebench"
)

type fourier struct {
	frequencies    peb.Parameter // W
	hidden, output peb.Linear
	maxLen         float64
}

func create(build *peb.Build, config peb.Config, values peb.Values) (*fourier, error) {
	features, hidden := values.Integer("features"), values.Integer("hidden")
	if features%2 != 0 {
		return nil, peb.Unsupported("fourier_go pairs cosines with sines: features must be even")
	}
	return &fourier{
		build.Normal("frequencies", peb.Dims{features / 2}, 1/values.Real("gamma")),
		peb.NewLinear(build, "hidden", features, hidden),
		peb.NewLinear(build, "output", hidden, config.DModel),
		float64(config.MaxLen),
	}, nil
}

// Input adds to x [B, L, D].
func (f *fourier) Input(sequence *peb.Sequence, x peb.Tensor) peb.Tensor {
	position := sequence.Position.Cast(peb.Model).DivScalar(f.maxLen).Unsqueeze(-1) // [1 or B, L, 1]
	angles := position.Mul(f.frequencies)
	features := peb.Concat(-1, angles.Cos(), angles.Sin())
	features = features.DivScalar(math.Sqrt(float64(features.Dim(-1))))
	return x.Add(f.output.Apply(gelu(f.hidden.Apply(features))))
}

// gelu is the usual approximation, Hendrycks and Gimpel 2016, arXiv:1606.08415, section 2.
func gelu(x peb.Tensor) peb.Tensor {
	inner := x.Add(x.PowScalar(3).MulScalar(0.044715)).MulScalar(math.Sqrt(2 / math.Pi))
	return x.Mul(inner.Tanh().AddScalar(1)).MulScalar(0.5)
}

func init() {
	peb.Register(peb.Info{ID: "fourier_go", Version: "1.0.0", Cite: "arXiv:2106.02795", Name: "Learnable Fourier features",
		Flags: peb.IsExtrapolating | peb.IsAffineInput,
		Options: []peb.Option{
			peb.Integer("features", 32, 2, 4096, "cosines and sines of a position, together"),
			peb.Integer("hidden", 32, 1, 4096, "width of the hidden layer"),
			peb.Real("gamma", 0.1, 1e-6, 1e6, "1 / standard deviation of the initial frequencies"),
		}}, create)
}

func main() {}
