"""A metric over seeds, as `pebench report` counts it (docs/statistics.md, What a value is)."""
from __future__ import annotations

import math

from .trial import Trial

# SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGTERM, SIGSTOP, SIGXCPU and SIGPWR of Linux, where trials run. A crash by one of them is the
# machine's doing, and counts nowhere; by another, as SIGSEGV, the encoding's.
_SENT_FROM_OUTSIDE = {1, 2, 3, 9, 15, 19, 24, 30}


def _failed(trial):
    """Whether a trial has no value because of its encoding."""
    if trial.status == "crashed":
        return trial.record["result"]["signal"] not in _SENT_FROM_OUTSIDE
    return trial.status in ("invalid", "failed")


def _same(first, second):
    """But for the rounding of their last digits."""
    if math.isnan(first) or math.isnan(second):
        return math.isnan(first) and math.isnan(second)
    return abs(first - second) <= 1e-9 * max(abs(first), abs(second))


def _losses(trial):
    return _floats(epoch["loss"] for epoch in trial.epochs)


def _floats(values):
    return [math.nan if value is None else value for value in values]


def _are_copies(trials):
    """Whether all gave the same numbers, as when nothing varies between seeds: then they are one trial."""
    first = trials[0]
    for other in trials[1:]:
        if first.metrics.keys() != other.metrics.keys() or len(first.epochs) != len(other.epochs):
            return False
        numbers = zip([*first.metrics.values(), *_losses(first)], [*other.metrics.values(), *_losses(other)])
        if not all(_same(a, b) for a, b in numbers):
            return False
    return len(trials) > 1


def chance_of(trials: list[Trial], metric: str) -> float | None:
    """What guessing reaches, the mean over the trials that tell."""
    values = [value for trial in trials if math.isfinite(value := trial.chance.get(metric, math.nan))]
    return sum(values) / len(values) if values else None


def values_of(trials: list[Trial], metric: str, chance: float | None) -> list[float]:
    """The values of one encoding's trials, a seed each: failed trials at chance, copies once, those that were stopped or have not
    been run not at all. Empty where no trial has the metric."""
    measured = [trial for trial in trials if trial.status == "ok"]
    if not any(metric in trial.metrics for trial in measured):
        return []
    counted = measured[:1] if _are_copies(measured) else measured
    values = []
    for trial in trials:
        if trial in counted and math.isfinite(value := trial.metrics.get(metric, math.nan)):
            values.append(value)
        elif _failed(trial) and chance is not None:
            values.append(chance)
    return values


def mean(values: list[float]) -> float:
    """Around the first value, so that equal values have exactly that mean."""
    return values[0] + sum(value - values[0] for value in values) / len(values)


def standard_deviation(values: list[float]) -> float | None:
    """Of the sample; None for one value."""
    if len(values) < 2:
        return None
    center = mean(values)
    return math.sqrt(sum((value - center) ** 2 for value in values) / (len(values) - 1))
