#!/usr/bin/env python3
"""Executable specification of CARCA's scorers under every objective (docs/model.md, Scorers): slow, plain, float64. The model is
reference.py's, the objectives sasrec_reference.py's; scoring by dot products is its own.

    /usr/bin/python3 carca_reference.py --out carca_fixtures        # needs Debian's python3-torch

Shapes: B batch, L window length, d model width, K context features, T real targets, n items held against each, C candidates.
"""
import torch

from reference import CLEAN, Carca, dump, linear
from sasrec_reference import LEARNT, NONE, objective, write_all
import sasrec_reference


class Scored(Carca):
    """`scorer` "cross_attention" is the decoder of reference.py, which its encodings take no part in."""

    def __init__(self, cfg, spec, seed):
        super().__init__({**CLEAN, "n_attributes": 5, "n_context": 6, **cfg}, spec, seed)
        if self.c["scorer"] == "dot_product":
            self.p = {name: value for name, value in self.p.items() if not name.startswith("decoder")}

    def more(self):
        return {"attributes": dump(self.attributes)}

    def row(self, items):
        """e(v, 0) [..., d]; the window's input hook does not see it."""
        z = self.p["item_embedding"][items] * self.c["d"] ** 0.5
        raw = torch.cat([torch.zeros(*items.shape, self.c["n_context"]), self.attributes[items]], -1)
        return linear(self.p, "joint", torch.cat([z, linear(self.p, "feature", raw)], -1))

    def of_context(self, context):
        """What a context adds to any item's embedding: [..., K] -> [..., d]."""
        features = context @ self.p["feature.weight"][:, :self.c["n_context"]].T
        return features @ self.p["joint.weight"][:, self.c["d"]:].T

    def loss(self, x):
        p, mask = self.profile(x["seq"], x["seq_context"])
        real, L = x["target"] != 0, self.c["max_len"]
        if self.c["scorer"] == "dot_product":
            states = (p + self.of_context(x["target_context"]))[real]
            return objective(self.c, x, lambda items: (states[:, None] * self.row(items)).sum(-1)), p
        pos, see = torch.arange(1, L + 1).expand_as(x["seq"]), torch.ones(L, L, dtype=torch.bool)
        see = (see.tril() if self.c["attention"] == "causal" else see).expand(self.c["batch"], L, L)

        def score(items):
            """One after the other: the n items of every target stand in its slot."""
            columns = []
            for column in items.T:
                window = torch.zeros_like(x["target"])
                window[real] = column
                columns.append(Carca.score(self, window, x["target_context"], pos, p, mask, see)[real])
            return torch.stack(columns, -1)

        return objective(self.c, x, score), p

    def rank(self, x):
        p, _ = self.profile(x["seq"], x["seq_context"])
        if self.c["scorer"] == "cross_attention":
            return p, super().rank(x)
        state = p[:, -1] + self.of_context(x["candidate_context"])
        return p, (state[:, None] * self.row(x["candidates"])).sum(-1)


def inputs(c, seed, shared):
    x = sasrec_reference.inputs(c, seed, shared)
    g = torch.Generator().manual_seed(seed + 1)
    times = torch.rand(c["batch"], c["max_len"] + 1, 6, generator=g)      # of a row's events, the newest last
    x["seq_context"] = times[:, :-1] * (x["seq"] != 0)[..., None]
    x["target_context"] = times[:, 1:] * (x["target"] != 0)[..., None]
    x["candidate_context"] = torch.rand(c["batch"], 6, generator=g)
    return x


DOT, CROSS = dict(backbone="carca", scorer="dot_product"), dict(backbone="carca", scorer="cross_attention")
RELATIVE = dict(kind="relative", max_distance=4)
CASES = {
    "dot": (NONE, {**DOT}),
    "dot_softmax": (NONE, {**DOT, "objective": "softmax"}),
    "dot_softmax_learnt_add": (LEARNT, {**DOT, "objective": "softmax", "residual": "add"}),
    "dot_gbce_relative_full": (RELATIVE, {**DOT, "objective": "gbce", "attention": "full"}),
    "dot_sampled": (NONE, {**DOT, "objective": "sampled_softmax"}),
    "dot_sampled_shared": (NONE, {**DOT, "objective": "sampled_softmax", "shared": True}),
    "cross": (NONE, {**CROSS}),
    "cross_gbce_learnt": (LEARNT, {**CROSS, "objective": "gbce"}),
    "cross_sampled": (NONE, {**CROSS, "objective": "sampled_softmax"}),
}

if __name__ == "__main__":
    write_all({name: (spec, {"activation": "leaky_relu", **switches}) for name, (spec, switches) in CASES.items()}, Scored, inputs)
