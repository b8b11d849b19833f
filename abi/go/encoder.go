package pebench

// #include "calls.h"
import "C"

// Info says who an encoder is.
type Info struct {
	ID      string // [a-z][a-z0-9_]*, what suites call it
	Version string
	Cite    string // a paper, "doi:..." or "arXiv:..."
	Name    string // for people; the ID when absent
	Flags   uint32 // NeedTime | IsShiftInvariant, ...
	Options []Option
}

// Sequence is a sequence of embeddings x [B, L, D]; see peb_sequence.
type Sequence struct {
	Pass
	Candidates, Causal, Training bool
	Batch, Length, Width         int
	Position                     Tensor // I64 [1, L] or [B, L], the slot in the window: never count slots yourself
	Time                         Tensor // I64 [B, L], seconds; none without NeedTime
	Mask                         Tensor // BOOL [B, L], true for real events
}

// Site is one attention call; see peb_site.
type Site struct {
	Pass
	Cross, Causal, Training                bool
	Layer                                  int
	Batch, Heads, Queries, Keys, HeadWidth int
	Scale                                  float64
	Q, K, V                                Tensor // [B, H, Lq or Lk, h]; after Rotate in later hooks
	QueryPosition, KeyPosition             Tensor // I64 [1, L] or [B, L]
	QueryTime, KeyTime                     Tensor // as Sequence.Time
	Visible                                Tensor // BOOL, broadcasts to [B, 1, Lq, Lk]: never derive it from positions
	Logits                                 Tensor // in Bias with NeedLogits
	Probs                                  Tensor // in Value with NeedProbs
	QueryHidden, KeyHidden                 Tensor // [B, Lq or Lk, D], before their projections, with NeedHidden
}

// RelativePosition is key position minus query position of every pair, I64 [1 or B, 1, Lq, Lk].
func (s *Site) RelativePosition() Tensor {
	return s.KeyPosition.Unsqueeze(1).Unsqueeze(2).Sub(s.QueryPosition.Unsqueeze(1).Unsqueeze(3))
}

// Beginner is called once per pass, before any other hook: forget tensors kept from the last one.
type Beginner interface{ Begin(pass Pass) }

// Inputter takes x [B, L, D] to [B, L, D].
type Inputter interface {
	Input(sequence *Sequence, x Tensor) Tensor
}

// Rotator takes q [B, H, Lq, h] and k [B, H, Lk, h] to the same shapes.
type Rotator interface {
	Rotate(site *Site, q, k Tensor) (Tensor, Tensor)
}

// Biaser makes [B, H, Lq, Lk], added to the scaled logits; it may broadcast.
type Biaser interface{ Bias(site *Site) Tensor }

// Valuer makes [B, H, Lq, h], added to probs @ v.
type Valuer interface{ Value(site *Site) Tensor }

// Outputter takes the merged heads y [B, Lq, D] to [B, Lq, D].
type Outputter interface {
	Output(site *Site, y Tensor) Tensor
}

func (p *pass) tensor(handle C.peb_tensor) Tensor {
	if handle == 0 {
		return Tensor{}
	}
	return Tensor{p, handle}
}

func sequenceOf(p *pass, s *C.peb_sequence) *Sequence {
	return &Sequence{
		Pass:       Pass{p},
		Candidates: s.role == C.PEB_CANDIDATES,
		Causal:     s.flags&C.PEB_CAUSAL != 0,
		Training:   s.flags&C.PEB_TRAINING != 0,
		Batch:      int(s.batch),
		Length:     int(s.length),
		Width:      int(s.width),
		Position:   p.tensor(s.position),
		Time:       p.tensor(s.time),
		Mask:       p.tensor(s.mask),
	}
}

func siteOf(p *pass, s *C.peb_site) *Site {
	return &Site{
		Pass:          Pass{p},
		Cross:         s.kind == C.PEB_CROSS,
		Causal:        s.flags&C.PEB_CAUSAL != 0,
		Training:      s.flags&C.PEB_TRAINING != 0,
		Layer:         int(s.layer),
		Batch:         int(s.batch),
		Heads:         int(s.heads),
		Queries:       int(s.queries),
		Keys:          int(s.keys),
		HeadWidth:     int(s.head_width),
		Scale:         float64(s.scale),
		Q:             p.tensor(s.q),
		K:             p.tensor(s.k),
		V:             p.tensor(s.v),
		QueryPosition: p.tensor(s.query_position),
		KeyPosition:   p.tensor(s.key_position),
		QueryTime:     p.tensor(s.query_time),
		KeyTime:       p.tensor(s.key_time),
		Visible:       p.tensor(s.visible),
		Logits:        p.tensor(s.logits),
		Probs:         p.tensor(s.probs),
		QueryHidden:   p.tensor(s.query_hidden),
		KeyHidden:     p.tensor(s.key_hidden),
	}
}
