"""Rank files: where every test user's target came (docs/records.md, Ranks)."""
from __future__ import annotations

import dataclasses
import math
import pathlib

from .columns import read_kept
from .errors import ResultsError

_SCHEMA = 1


@dataclasses.dataclass(frozen=True)
class Ranks:
    """The ranks of a trial's test users in one candidate set; the lists have an entry per user."""

    candidates: str  #: the set, "full"
    epoch: int  #: of the model that ranked
    measures: list[str]  #: of the record's metrics those that are means over these ranks, ["hr@10", ..]
    ties: str  #: protocol.ties; "first_wins": targets win every tie
    users: list[int]  #: numbers in the data set, ascending
    better: list[int]  #: candidates with a strictly higher score
    tied: list[int]  #: others with the target's score
    pool: list[int]  #: candidates, the target included

    def values(self, measure: str) -> list[float]:
        """What every user gets: measure is "hr@K", "ndcg@K" or "mrr" (docs/protocol.md, Metrics)."""
        kind, _, k = measure.partition("@")
        if kind not in ("hr", "ndcg", "mrr") or (kind == "mrr") != (k == "") or not (k == "" or k.isdecimal()):
            raise ResultsError(f'"{measure}" is no measure of ranks: hr@10, ndcg@10 and mrr are ones')
        tied = [0] * len(self.tied) if self.ties == "first_wins" else self.tied
        if kind == "hr":
            return [min(max((int(k) - g) / (e + 1), 0.0), 1.0) for g, e in zip(self.better, tied)]
        if kind == "ndcg":
            return [sum(1 / math.log2(r + 2) for r in range(g, min(g + e + 1, int(k)))) / (e + 1)
                    for g, e in zip(self.better, tied)]
        return [sum(1 / (r + 1) for r in range(g, g + e + 1)) / (e + 1) for g, e in zip(self.better, tied)]


def _parsed(header, columns):
    users = columns.next_ascending()
    sets = []
    for about in header["sets"]:
        better, tied, smaller = columns.next(), columns.next(), columns.next()
        pool = [about["largest_pool"] - value for value in smaller]
        sets.append(Ranks(about["candidates"], about["epoch"], about["measures"], header["ties"], users, better, tied, pool))
    return sets


def read_ranks(path: pathlib.Path, trial: str, digest: str) -> list[Ranks]:
    """All sets of a rank file. Raises as read_kept does."""
    return read_kept(path, trial, digest, _SCHEMA, _parsed)
