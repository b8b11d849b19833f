"""Reads the results of `pebench run` (docs/records.md) with Python's standard library alone.

    import pebench_results

    study = pebench_results.open("results/quick")
    print(study.table("test.full.ndcg@10"))
    for trial in study.trials:
        print(trial.encoding, trial.seed, trial.status, trial.metrics.get("test.full.ndcg@10"))

Every file that is read is held against its digest: one that is not as it was written raises Damaged, naming it.
"""
from .errors import Damaged, ResultsError
from .ranks import Ranks
from .study import Study, open_study as open
from .table import Table
from .trial import Trial

__all__ = ["Damaged", "Ranks", "ResultsError", "Study", "Table", "Trial", "open"]
