#!/usr/bin/env python3
"""Executable specification of TiSASRec (Li, Wang and McAuley 2020, doi:10.1145/3336191.3371786) as SASRec's blocks with personalised
time intervals and absolute positions in keys and values: slow, plain, float64.

    /usr/bin/python3 tisasrec_reference.py --out tisasrec_fixtures        # needs Debian's python3-torch

Shapes: B batch, L window length, H heads, h width of a head, d = H h.
"""
import math

import torch

from reference import Encoding
from sasrec_reference import SasRec, write_all
import sasrec_reference


class TimeIntervals(Encoding):
    """Equations 3 to 9 of the paper; the smallest interval is that of the events a query sees, docs/plugins.md."""
    time = seen = None  # i64 [B, L], bool [B, Lq, Lk]

    def declare(self, new):
        d, rows, positions = self.cfg["d"], self.spec["max_interval"] + 1, self.cfg["max_len"] + 1
        for name, count in (("key_intervals", rows), ("value_intervals", rows), ("key_positions", positions), ("value_positions", positions)):
            new(f"encoding.{name}", (count, d), 0.5)

    def relation(self):
        """r [B, Lq, Lk]."""
        B, L = self.time.shape
        r = torch.zeros(B, L, L, dtype=torch.long)
        for b in range(B):
            for i in range(L):
                known = [int(self.time[b, j]) for j in range(L) if self.seen[b, i, j]]
                gaps = [abs(s - t) for s in known for t in known if s != t]
                for j in range(L):
                    gap = abs(int(self.time[b, i]) - int(self.time[b, j])) // (min(gaps) if gaps else 1)
                    r[b, i, j] = min(self.spec["max_interval"], gap)
        return r

    def rows(self, params, which, k_pos):
        """Of every query and key, by head [B, Lq, Lk, H, h]."""
        rows = params[f"encoding.{which}_intervals"][self.relation()] + params[f"encoding.{which}_positions"][k_pos][:, None]
        return rows.unflatten(-1, (self.cfg["heads"], -1))

    def scores(self, params, q, q_pos, k_pos, layer):
        return torch.einsum("bhqc,bqkhc->bhqk", q, self.rows(params, "key", k_pos)) / math.sqrt(q.shape[-1])

    def context(self, params, w, q_pos, k_pos, layer):
        return torch.einsum("bhqk,bqkhc->bhqc", w, self.rows(params, "value", k_pos))


class TiSasRec(SasRec):
    def knows(self, x):
        mask = x["seq"] != 0
        self.enc.time = x["time"]
        self.enc.seen = mask[:, :, None] & mask[:, None, :] & torch.ones(mask.shape[1], mask.shape[1], dtype=torch.bool).tril()

    def loss(self, x):
        self.knows(x)
        return super().loss(x)

    def rank(self, x):
        self.knows(x)
        return super().rank(x)


def inputs(c, seed, shared):
    x = sasrec_reference.inputs(c, seed, shared)
    g = torch.Generator().manual_seed(seed + 1)
    gaps = torch.randint(0, 9, x["seq"].shape, generator=g) * 3600          # hours; some events have the same time
    x["time"] = gaps.cumsum(1) * (x["seq"] != 0)
    return x


INTERVALS = dict(kind="time_intervals", max_interval=5)
CASES = {
    "after_softmax": (INTERVALS, dict(objective="softmax")),
    "before": (INTERVALS, dict(norm_place="before", activation="relu")),  # where the paper has its norms, and its activation
}

if __name__ == "__main__":
    sasrec_reference.Encoding = TimeIntervals
    write_all(CASES, TiSasRec, inputs)
