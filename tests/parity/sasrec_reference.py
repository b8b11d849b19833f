#!/usr/bin/env python3
"""Executable specification of the SASRec backbone and of the objectives (docs/model.md): slow, plain, float64. Beside
reference.py, whose encodings it uses.

    /usr/bin/python3 sasrec_reference.py --out sasrec_fixtures        # needs Debian's python3-torch

Shapes: B batch, L window length, d model width, H heads, N items, n negatives of a target, C candidates.
"""
import argparse
import json
import math
import os

import torch
import torch.nn.functional as F

from reference import Encoding, dump, layer_norm, linear

SIZE = dict(n_items=20, d=8, heads=2, layers=2, max_len=6, inner=16, batch=3, candidates=5, negatives=3)
BASE = dict(norm_place="after", attention="causal", activation="gelu", objective="bce", calibration=0.75)


def objective(c, x, score):
    """Mean over the T real targets; score(items [T, n]) -> [T, n] is of any items in their places."""
    real = x["target"] != 0
    target = x["target"][real]                                           # [T]
    row = torch.arange(c["batch"])[:, None].expand_as(real)[real]        # [T]
    s = score(target[:, None])[:, 0]
    if c["objective"] == "softmax":
        everything = torch.arange(1, c["n_items"] + 1).expand(len(s), -1)
        return (torch.logsumexp(score(everything), -1) - s).mean()
    shared = "shared_negatives" in x
    negatives = x["shared_negatives"].expand(len(s), -1) if shared else x["negatives"][real]      # [T, n]
    n = negatives.shape[1]
    counts = ~(negatives == target[:, None]) if shared else torch.ones_like(negatives, dtype=torch.bool)
    rivals = score(negatives)                                             # [T, n]
    if c["objective"] == "sampled_softmax":
        q = x["probabilities"][negatives]
        if not shared:
            q = q / x["drawn_from"][row][:, None]
        z = s.exp() + ((rivals.exp() / (n * q)) * counts).sum(-1)
        return (z.log() - s).mean()
    beta = 1.0
    if c["objective"] == "gbce":
        alpha = n / (c["n_items"] - 1)
        beta = alpha * (c["calibration"] * (1 - 1 / alpha) + 1 / alpha)
    each = -beta * F.logsigmoid(s) - (F.logsigmoid(-rivals) * counts).sum(-1)
    return each.mean() / (1 + n)


class SasRec:
    special = 1  # rows of the table that are no items: padding

    def __init__(self, cfg, spec, seed):
        self.c, self.enc = cfg, Encoding(spec, cfg)
        g, self.p = torch.Generator().manual_seed(seed), {}

        def new(name, shape, std, mean=0.0):
            self.p[name] = (torch.randn(shape, generator=g) * std + mean).requires_grad_()

        d, inner = cfg["d"], cfg["inner"]
        new("item_embedding", (cfg["n_items"] + self.special, d), 0.7)
        new("norm.weight", (d,), 0.1, 1.0)
        new("norm.bias", (d,), 0.1)
        for i in range(cfg["layers"]):
            for name, out, into in (("projection", 3 * d, d), ("output", d, d), ("inner", inner, d), ("outer", d, inner)):
                new(f"encoder.{i}.{name}.weight", (out, into), 0.4)
                new(f"encoder.{i}.{name}.bias", (out,), 0.1)
            for name in ("norm_attention", "norm_feed_forward"):
                new(f"encoder.{i}.{name}.weight", (d,), 0.1, 1.0)
                new(f"encoder.{i}.{name}.bias", (d,), 0.1)
        self.declare(new)
        self.enc.declare(new)

    def declare(self, new):
        pass

    def more(self):
        """What else a fixture holds."""
        return {}

    def attention(self, i, x, pos, see):
        B, H, h = x.shape[0], self.c["heads"], self.c["d"] // self.c["heads"]
        q, k, v = (y.reshape(B, -1, H, h).transpose(1, 2) for y in linear(self.p, f"encoder.{i}.projection", x).chunk(3, -1))
        q, k = self.enc.rotate(q, k, pos, pos, i)
        s = q @ k.transpose(2, 3) / math.sqrt(h) + self.enc.scores(self.p, q, pos, pos, i)
        w = torch.softmax(s.masked_fill(~see[:, None], -1e10), -1) * see[:, None]
        y = w @ v + self.enc.context(self.p, w, pos, pos, i)
        y = self.enc.output(self.p, y.transpose(1, 2).reshape(B, -1, self.c["d"]), i)
        return linear(self.p, f"encoder.{i}.output", y)

    def feed_forward(self, i, x):
        inner = linear(self.p, f"encoder.{i}.inner", x)
        inner = F.gelu(inner) if self.c["activation"] == "gelu" else F.relu(inner)
        return linear(self.p, f"encoder.{i}.outer", inner)

    def states(self, seq):
        """seq [B, L] -> [B, L, d]; arbitrary at padding."""
        c, mask = self.c, seq != 0
        pos = torch.arange(c["max_len"]).expand_as(seq)
        x = self.p["item_embedding"][seq] * mask.unsqueeze(-1)
        x = self.enc.input(self.p, x, pos)
        if c["norm_place"] == "after":
            x = layer_norm(self.p, "norm", x)
        x = x * mask.unsqueeze(-1)
        see = mask[:, :, None] & mask[:, None, :]
        if c["attention"] == "causal":
            see = see & torch.ones(c["max_len"], c["max_len"], dtype=torch.bool).tril()
        for i in range(c["layers"]):
            norm = lambda name, y: layer_norm(self.p, f"encoder.{i}.{name}", y)
            if c["norm_place"] == "after":
                y = norm("norm_attention", x + self.attention(i, x, pos, see))
                x = norm("norm_feed_forward", y + self.feed_forward(i, y))
            else:
                y = x + self.attention(i, norm("norm_attention", x), pos, see)
                x = y + self.feed_forward(i, norm("norm_feed_forward", y))
            x = x * mask.unsqueeze(-1)
        return layer_norm(self.p, "norm", x) if c["norm_place"] == "before" else x

    def score(self, state, items):
        """Of items [T, n] behind states [T, d] -> [T, n]."""
        return (state[:, None] * self.p["item_embedding"][items]).sum(-1)

    def loss(self, x):
        """Mean over real targets, and states [B, L, d]."""
        p, real = self.states(x["seq"]), x["target"] != 0
        return objective(self.c, x, lambda items: self.score(p[real], items)), p

    def rank(self, x):
        """States of the windows to rank behind [B, L, d], scores of candidates [B, C]."""
        states = self.states(x.get("ranked", x["seq"]))
        return states, self.score(states[:, -1], x["candidates"])


def inputs(c, seed, shared):
    g = torch.Generator().manual_seed(seed)
    B, L, n = c["batch"], c["max_len"], c["negatives"]
    draw = lambda *shape: torch.randint(1, c["n_items"] + 1, shape, generator=g)
    x = {k: torch.zeros(B, L, dtype=torch.long) for k in ("seq", "target")}
    x["negatives"] = torch.zeros(B, L, n, dtype=torch.long)
    for b in range(B):
        length = [2, L, L - 2][b % 3]
        events = draw(length + 1)
        x["seq"][b, L - length:], x["target"][b, L - length:] = events[:-1], events[1:]
        x["negatives"][b, L - length:] = draw(length, n)
    if shared:
        x["shared_negatives"] = x["target"][1, :n].clone()               # some of them are targets
        del x["negatives"]
    weights = torch.rand(c["n_items"] + 1, generator=g)
    weights[0] = 0
    x["probabilities"] = weights / weights.sum()
    x["drawn_from"] = 1 - 0.5 * torch.rand(B, generator=g)
    x["candidates"] = draw(B, c["candidates"])
    return x


NONE, LEARNT = dict(kind="none"), dict(kind="learnt")
CASES = {
    "none": (NONE, {}),
    "learnt": (LEARNT, {}),
    "learnt_before": (LEARNT, dict(norm_place="before", activation="relu")),
    "relative_softmax": (dict(kind="relative", max_distance=4), dict(objective="softmax")),
    "rope_full": (dict(kind="rope", base=10000.0), dict(attention="full", objective="softmax")),
    "none_gbce": (NONE, dict(objective="gbce")),
    "none_sampled": (NONE, dict(objective="sampled_softmax")),
    "none_shared": (NONE, dict(shared=True)),
    "none_sampled_shared": (NONE, dict(objective="sampled_softmax", shared=True)),
}


def write(path, name, model, x):
    loss, _ = model.loss(x)
    loss.backward()
    with torch.no_grad():
        states, logits = model.rank(x)
    document = {
        "encoding": name, "options": model.enc.spec, "config": model.c, **model.more(), "inputs": {k: dump(v) for k, v in x.items()},
        "parameters": {k: dump(v) for k, v in model.p.items()},
        "outputs": {"states": dump(states), "loss": float(loss), "candidate_logits": dump(logits)},
        "gradients": {k: dump(v.grad if v.grad is not None else torch.zeros_like(v)) for k, v in model.p.items()},
    }
    with open(os.path.join(path, f"{name}.json"), "w") as f:
        json.dump(document, f, separators=(",", ":"))
        f.write("\n")


def write_all(cases, model, inputs):
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=11)
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    for name, (spec, switches) in cases.items():
        switches = dict(switches)
        shared = switches.pop("shared", False)
        cfg = {**SIZE, **BASE, **switches}
        write(arguments.out, name, model(cfg, spec, arguments.seed), inputs(cfg, arguments.seed + 1, shared))


if __name__ == "__main__":
    write_all(CASES, SasRec, inputs)
