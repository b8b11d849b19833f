from __future__ import annotations

import functools
import pathlib

from .columns import kept_content
from .document import read_document
from .errors import Damaged, ResultsError
from .ranks import Ranks, read_ranks
from .recommendations import read_recommendations

_SCHEMAS = (2, 3)


def _numbers(values):
    """JSON writes null for what is not finite."""
    return {name: float("nan") if value is None else value for name, value in values.items()}


class Trial:
    """A planned trial: an encoding on a data set at a point of the sweep with a seed. Its record is read when something of it
    is first asked for, and then raises Damaged or ResultsError where it cannot be."""

    def __init__(self, folder: pathlib.Path, planned: dict):
        self.folder = folder  #: trials/<ab>/<id>
        self.id: str = planned["id"]
        self.dataset: str = planned["dataset"]
        self.encoding: str = planned["encoding"]
        self.sweep: dict = planned["sweep"]  #: {"variant": "clean", "model.max_len": 20}; {} without a sweep
        self.seed: int = planned["seed"]

    def __repr__(self):
        return f"<Trial {self.id[:12]} {self.dataset} {self.encoding} {self.sweep} seed {self.seed}>"

    @functools.cached_property
    def record(self) -> dict | None:
        """record.json; None where the trial has not been run."""
        path = self.folder / "record.json"
        if not path.exists():
            return None
        record = read_document(path, _SCHEMAS)
        if record.get("id") != self.id:
            raise Damaged(f"{path} is the record of another trial, {record.get('id')}")
        for name in ("ranks", "recommendations"):  # a record without what belongs to it is damaged
            if kept := record["result"].get(name):
                kept_content(self.folder / f"{name}.bin.gz", kept["digest"])
        return record

    @property
    def variant(self) -> str | None:
        return self.sweep.get("variant")

    @property
    def status(self) -> str:
        """"ok", how it failed ("invalid", "crashed", ..), or "missing"."""
        return self.record["result"]["status"] if self.record else "missing"

    @property
    def reason(self) -> str:
        """Why it failed; empty where it did not."""
        return self.record["result"]["reason"] if self.record else ""

    def _result(self, key, default):
        return self.record["result"][key] if self.record else default

    @functools.cached_property
    def metrics(self) -> dict[str, float]:
        """{"test.full.ndcg@10": 0.05}, of the chosen epoch."""
        return _numbers(self._result("metrics", {}))

    @functools.cached_property
    def chance(self) -> dict[str, float]:
        """What guessing reaches of the same metrics."""
        return _numbers(self._result("chance", {}))

    @property
    def baselines(self) -> dict[str, dict[str, float]]:
        """What recommenders that count reach: {"popularity": {"test.full.ndcg@10": 0.01}}."""
        return {name: _numbers(metrics) for name, metrics in self._result("baselines", {}).items()}

    @property
    def chosen_epoch(self) -> int | None:
        return self._result("chosen_epoch", None)

    @property
    def epochs(self) -> list[dict]:
        """{"epoch": 1, "loss": .., "gradient_norm": .., "oscillation": .., "validation": {metric: value}}, .."""
        return self._result("epochs", [])

    @property
    def settings(self) -> dict:
        """{"model": {"blocks": 2, ..}, "protocol": .., "train": .., "eval": ..}"""
        return self.record["identity"].get("settings", {}) if self.record else {}

    @property
    def run(self) -> dict:
        """Under which circumstances: seconds, memory_peak_bytes, host, commit, cpu, .."""
        return self.record["run"] if self.record else {}

    @functools.cached_property
    def rank_sets(self) -> list[Ranks]:
        """The ranks of all candidate sets; [] where the trial kept none."""
        kept = self._result("ranks", None) if self.record and self.record["schema"] != 2 else None
        return [] if kept is None else read_ranks(self.folder / "ranks.bin.gz", self.id, kept["digest"])

    @functools.cached_property
    def recommendations(self) -> dict[int, list[int]]:
        """What the trial recommends to a few test users, the best item first: {user: [item, ..]}, numbers in the data set, users
        from 0 and items from 1. {} where it kept nothing."""
        kept = self.record["result"].get("recommendations") if self.record else None
        return {} if kept is None else read_recommendations(self.folder / "recommendations.bin.gz", self.id, kept["digest"])

    def ranks(self, candidates: str, measure: str | None = None) -> Ranks:
        """The ranks in a candidate set, "full". Under protocol.selection = "max_test" a set has several, and `measure`,
        "ndcg@10", says which metric's are meant."""
        found = [ranks for ranks in self.rank_sets
                 if ranks.candidates == candidates and (measure is None or measure in ranks.measures)]
        if len(found) == 1:
            return found[0]
        there = ", ".join(f"{ranks.candidates} ({' '.join(ranks.measures)})" for ranks in self.rank_sets) or "none"
        raise ResultsError(f"{self.folder} has {'no' if not found else 'several'} ranks of {candidates}"
                           f"{'' if measure is None else ' for ' + measure}; it has: {there}")
