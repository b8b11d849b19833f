// An encoder that fails where the suite says, in the ways that Go has; see languages_test.cc.
package main

import (
	"fmt"
	"math"

	peb "pebench"
)

type failure struct{ place, way string }

func (f failure) at(here string) {
	if f.place != here {
		return
	}
	switch f.way {
	case "panic":
		panic("thrown in " + here)
	case "unsupported":
		panic(peb.Unsupported("thrown in %s", here))
	case "index":
		fmt.Println([]int{1, 2}[len(here)])
	case "nil":
		var nobody *failure
		fmt.Println(nobody.place)
	default:
		panic(peb.Invalid("thrown in %s", here))
	}
}

type probe struct {
	failure
	product peb.Custom
	kept    peb.Tensor
}

func create(build *peb.Build, _ peb.Config, values peb.Values) (*probe, error) {
	if values.Integer("whole") != 3 || !values.Boolean("flag") || values.Text("file") != "" {
		return nil, fmt.Errorf("options do not arrive")
	}
	failing := failure{values.Text("place"), values.Word("way")}
	if failing.place == "create" && failing.way == "unsupported" {
		return nil, peb.Unsupported("thrown in create")
	}
	failing.at("create")
	return &probe{failure: failing, product: build.Custom("product", product{failing})}, nil
}

func (p *probe) Begin(pass peb.Pass) {
	if p.kept.IsNone() {
		p.kept = pass.Full(1, peb.Dims{1}, peb.Model)
	}
	p.at("begin")
}

// Input makes x^2 + x, or the sum with a tensor of the first pass.
func (p *probe) Input(_ *peb.Sequence, x peb.Tensor) peb.Tensor {
	p.at("input")
	if p.way == "stale" {
		return p.kept.Add(x)
	}
	return p.product.Run(1, x, x.AddScalar(1))[0]
}

func (p *probe) Rotate(_ *peb.Site, q, k peb.Tensor) (peb.Tensor, peb.Tensor) {
	p.at("rotate")
	return q, k
}

// Bias makes products of hidden states, or nothing without them; and a bound that is none on the way there.
func (p *probe) Bias(site *peb.Site) peb.Tensor {
	p.at("bias")
	site.KeyPosition.Clamp(math.Inf(-1), 5)
	if site.KeyHidden.IsNone() {
		return peb.Tensor{}
	}
	return peb.MatMul(site.QueryHidden, site.KeyHidden.Transpose(1, 2)).Unsqueeze(1)
}

func (p *probe) Value(*peb.Site) peb.Tensor {
	p.at("value")
	return peb.Tensor{}
}

func (p *probe) Output(_ *peb.Site, y peb.Tensor) peb.Tensor {
	p.at("output")
	return y
}

// product is a * b, elementwise.
type product struct{ failure }

func (p product) Infer(inputs, outputs []peb.View) {
	p.at("infer")
	outputs[0].Like(inputs[0])
}

func (p product) Forward(inputs, outputs []peb.View) {
	p.at("forward")
	multiply(inputs[0], inputs[1], outputs[0])
}

func (p product) Backward(inputs, _, outputGradients, inputGradients []peb.View) {
	p.at("backward")
	for i, gradient := range inputGradients {
		if gradient.Wanted() {
			multiply(outputGradients[0], inputs[1-i], gradient)
		}
	}
}

func multiply(a, b, to peb.View) {
	if peb.Holds[float32](a) {
		multiplied(peb.Elements[float32](a), peb.Elements[float32](b), peb.Elements[float32](to))
	} else {
		multiplied(peb.Elements[float64](a), peb.Elements[float64](b), peb.Elements[float64](to))
	}
}

func multiplied[T peb.Number](a, b, to []T) {
	for i := range to {
		to[i] = a[i] * b[i]
	}
}

func init() {
	peb.Register(peb.Info{ID: "probe_go", Version: "1.0.0", Cite: "none", Flags: peb.NeedHidden | peb.IsCausal, Options: []peb.Option{
		peb.Text("place", "nowhere", "the hook or callback that fails"),
		peb.Choice("way", "panic|unsupported|invalid|index|nil|stale", "how it fails"),
		peb.Integer("whole", 3, -5, 7, "unused"),
		peb.Boolean("flag", true, "unused"),
		peb.File("file", "", "unused"),
	}}, create)
}

func main() {}
