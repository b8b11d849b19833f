// An encoder that fails where the suite says, in the ways that Go has; see languages_test.cc.
package main

import (
	"fmt"

	. "pebench"
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
		panic(Unsupported("thrown in %s", here))
	case "index":
		fmt.Println([]int{1, 2}[len(here)])
	case "nil":
		var nobody *failure
		fmt.Println(nobody.place)
	default:
		panic(Invalid("thrown in %s", here))
	}
}

type probe struct {
	failure
	product Custom
	kept    Tensor
}

func create(build *Build, _ Config, values Values) (*probe, error) {
	if values.Integer("whole") != 3 || !values.Boolean("flag") || values.Text("file") != "" {
		return nil, fmt.Errorf("options do not arrive")
	}
	failing := failure{values.Text("place"), values.Word("way")}
	if failing.place == "create" && failing.way == "unsupported" {
		return nil, Unsupported("thrown in create")
	}
	failing.at("create")
	return &probe{failure: failing, product: build.Custom("product", product{failing})}, nil
}

func (p *probe) Begin(pass Pass) {
	if p.kept.IsNone() {
		p.kept = pass.Full(1, Dims{1}, Model)
	}
	p.at("begin")
}

// Input makes x^2 + x, or the sum with a tensor of the first pass.
func (p *probe) Input(_ *Sequence, x Tensor) Tensor {
	p.at("input")
	if p.way == "stale" {
		return p.kept.Add(x)
	}
	return p.product.Run(1, x, x.AddScalar(1))[0]
}

func (p *probe) Rotate(_ *Site, q, k Tensor) (Tensor, Tensor) {
	p.at("rotate")
	return q, k
}

func (p *probe) Bias(*Site) Tensor {
	p.at("bias")
	return Tensor{}
}

func (p *probe) Value(*Site) Tensor {
	p.at("value")
	return Tensor{}
}

func (p *probe) Output(_ *Site, y Tensor) Tensor {
	p.at("output")
	return y
}

// product is a * b, elementwise.
type product struct{ failure }

func (p product) Infer(inputs, outputs []View) {
	p.at("infer")
	outputs[0].Like(inputs[0])
}

func (p product) Forward(inputs, outputs []View) {
	p.at("forward")
	multiply(inputs[0], inputs[1], outputs[0])
}

func (p product) Backward(inputs, _, outputGradients, inputGradients []View) {
	p.at("backward")
	for i, gradient := range inputGradients {
		if gradient.Wanted() {
			multiply(outputGradients[0], inputs[1-i], gradient)
		}
	}
}

func multiply(a, b, to View) {
	if Holds[float32](a) {
		multiplied(Elements[float32](a), Elements[float32](b), Elements[float32](to))
	} else {
		multiplied(Elements[float64](a), Elements[float64](b), Elements[float64](to))
	}
}

func multiplied[T Number](a, b, to []T) {
	for i := range to {
		to[i] = a[i] * b[i]
	}
}

func init() {
	Register(Info{ID: "probe_go", Version: "1.0.0", Cite: "none", Options: []Option{
		Text("place", "nowhere", "the hook or callback that fails"),
		Choice("way", "panic|unsupported|invalid|index|nil|stale", "how it fails"),
		Integer("whole", 3, -5, 7, "unused"),
		Boolean("flag", true, "unused"),
		File("file", "", "unused"),
	}}, create)
}

func main() {}
