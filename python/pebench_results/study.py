from __future__ import annotations

import functools
import os
import pathlib

from .document import read_document
from .errors import ResultsError
from .spread import chance_of, mean, standard_deviation, values_of
from .table import Table
from .trial import Trial

_SCHEMAS = (2, 3)
_LOCK = "suite.lock.json"


class Study:
    """A suite's results: its lock, and the trials that it planned."""

    def __init__(self, folder: pathlib.Path, lock: dict):
        self.folder = folder
        self.lock = lock  #: suite.lock.json
        self.name: str = lock["suite"]
        self.baseline: str = lock["baseline"]  #: encoding that the others are compared with
        self.primary: str = lock["primary"]  #: metric that verdicts are about
        self.trials = [Trial(folder / "trials" / planned["id"][:2] / planned["id"], planned) for planned in lock["trials"]]

    def __repr__(self):
        return f"<Study {self.name}: {len(self.trials)} trials in {self.folder}>"

    @functools.cached_property
    def metric_names(self) -> list[str]:
        """Those that a trial has, sorted."""
        return sorted({name for trial in self.trials for name in trial.metrics})

    def table(self, metric: str | None = None) -> Table:
        """Mean and standard deviation over seeds, as `pebench report` has them: a row for each data set, point of the sweep and
        encoding. Without `metric` the primary one. `mean` is None where no trial has a value, `sd` for a single one."""
        metric = metric or self.primary
        if metric not in self.metric_names:
            raise ResultsError(f"no trial in {self.folder} has the metric {metric}; there are: {', '.join(self.metric_names)}")
        rows = []
        for dataset, sweep, encodings in self._groups():
            chance = chance_of([trial for trials in encodings.values() for trial in trials], metric)
            for encoding, trials in encodings.items():
                values = values_of(trials, metric, chance)
                rows.append({"dataset": dataset, "variant": sweep.get("variant"), "sweep": sweep, "encoding": encoding,
                             "seeds": len(values), "mean": mean(values) if values else None, "sd": standard_deviation(values)})
        return Table(["dataset", "variant", "sweep", "encoding", "seeds", "mean", "sd"], rows)

    def results(self) -> Table:
        """A row per trial, with every metric a column; None where it has none."""
        columns = ["dataset", "variant", "sweep", "encoding", "seed", "id", "status"]
        names = self.metric_names
        rows = [{**{column: getattr(trial, column) for column in columns}, **{name: trial.metrics.get(name) for name in names}}
                for trial in self.trials]
        return Table(columns + names, rows)

    def _groups(self):
        """(data set, sweep, {encoding: trials}) in the plan's order."""
        groups = []
        for trial in self.trials:
            group = next((group for group in groups if group[:2] == (trial.dataset, trial.sweep)), None)
            if group is None:
                groups.append(group := (trial.dataset, trial.sweep, {}))
            group[2].setdefault(trial.encoding, []).append(trial)
        return groups


def open_study(folder: str | os.PathLike) -> Study:
    """The results in a suite's folder. Raises ResultsError where there are none or of another version, Damaged for a lock that is
    not as it was written."""
    folder = pathlib.Path(folder)
    if not (folder / _LOCK).is_file():
        raise ResultsError(f"{folder} holds no {_LOCK}: name a suite's folder that `pebench run` wrote")
    return Study(folder, read_document(folder / _LOCK, _SCHEMAS))
