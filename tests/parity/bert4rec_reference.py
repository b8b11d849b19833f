#!/usr/bin/env python3
"""Executable specification of the BERT4Rec backbone (docs/model.md): slow, plain, float64. Its blocks and objectives are those
of sasrec_reference.py; windows, table and output layer are its own.

    /usr/bin/python3 bert4rec_reference.py --out bert4rec_fixtures        # needs Debian's python3-torch

Shapes: B batch, L window length, d model width, N items, T masked events, n items that a state is held against.
"""
import torch
import torch.nn.functional as F

from reference import layer_norm, linear
from sasrec_reference import LEARNT, NONE, SasRec, write_all
import sasrec_reference


class Bert4Rec(SasRec):
    special = 2  # padding is row 0, [mask] row N+1

    def declare(self, new):
        d = self.c["d"]
        new("output.weight", (d, d), 0.4)
        new("output.bias", (d,), 0.1)
        new("norm_output.weight", (d,), 0.1, 1.0)
        new("norm_output.bias", (d,), 0.1)
        new("item_bias", (self.c["n_items"] + 2, 1), 0.5)

    def score(self, state, items):
        """Equation 7 before its softmax, with the norm of the paper's code."""
        x = linear(self.p, "output", state)
        x = layer_norm(self.p, "norm_output", F.gelu(x) if self.c["activation"] == "gelu" else F.relu(x))
        return (x[:, None] * self.p["item_embedding"][items]).sum(-1) + self.p["item_bias"][items, 0]


def inputs(c, seed, shared):
    x = sasrec_reference.inputs(c, seed, shared)
    g = torch.Generator().manual_seed(seed + 1)
    mask, L = c["n_items"] + 1, c["max_len"]
    events = x["seq"]
    x["ranked"] = torch.cat([events[:, 1:], torch.full((c["batch"], 1), mask)], 1)   # the newest L - 1, then [mask]
    masked = (events != 0) & (torch.rand(events.shape, generator=g) < 0.4)
    masked[:, -2] = events[:, -2] != 0                                               # one in every row at least
    masked[2, 3] = False                                                             # and one in sight
    x["target"] = events * masked
    x["seq"] = torch.where(masked, mask, events)
    if shared:
        x["shared_negatives"] = x["target"][x["target"] != 0][:c["negatives"]].clone()   # some of them are targets
    else:
        x["negatives"] *= masked[:, :, None]
    return x


MASKED = dict(backbone="bert4rec", attention="masked")
CASES = {
    "none": (NONE, {}),
    "learnt_softmax": (LEARNT, dict(objective="softmax")),
    "learnt_before": (LEARNT, dict(norm_place="before", activation="relu")),
    "relative_softmax": (dict(kind="relative", max_distance=4), dict(objective="softmax")),
    "rope_gbce": (dict(kind="rope", base=10000.0), dict(objective="gbce")),
    "none_sampled": (NONE, dict(objective="sampled_softmax")),
    "none_sampled_shared": (NONE, dict(objective="sampled_softmax", shared=True)),
    "none_shared": (NONE, dict(shared=True)),
}

if __name__ == "__main__":
    write_all({name: (spec, {**MASKED, **switches}) for name, (spec, switches) in CASES.items()}, Bert4Rec, inputs)
