package main

import peb "pebench"

// encoding is learned absolute positions: y = x + table[position].
type encoding struct {
	table peb.Parameter // [Positions, DModel]
}

func create(build *peb.Build, config peb.Config, values peb.Values) (*encoding, error) {
	size := peb.Dims{config.Positions, config.DModel}
	return &encoding{table: build.Normal("table", size, values.Real("init_std"))}, nil
}

// Input takes x [B, L, D] to [B, L, D]. The other hooks are Begin, Rotate, Bias, Value and Output: see encoder.go of the
// package.
func (e *encoding) Input(sequence *peb.Sequence, x peb.Tensor) peb.Tensor {
	return x.Add(peb.Embedding(e.table, sequence.Position))
}

func init() {
	peb.Register(peb.Info{
		ID:      "@NAME@",
		Version: "0.1.0",
		Cite:    "",                // the paper, "arXiv:..."
		Flags:   peb.IsAffineInput, // a claim that `pebench check` puts to the test
		Options: []peb.Option{
			peb.Real("init_std", 0.02, 0, 10, "standard deviation of the initial table"),
		},
	}, create)
}

func main() {}
