#!/usr/bin/env python3
"""leaderboard.py PEBENCH [--write]: docs/leaderboard.md from the published runs in results/, a row per encoding and data set, each
with the command that runs one of its trials again. Without --write, says whether the page is what the runs give (exit code 1)."""
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "leaderboard.md"
HEAD = """# Leaderboard
What published runs say of encodings where all items compete: one table per data set, a row per encoding and setting, made by
`tools/leaderboard.py` from [results/](../results/) and held against them by the tests. How to add a row: [submitting.md](submitting.md).

A table is sorted by the mean over seeds, and its order is no verdict: neighbours differ by chance as a rule. What can be told from the encoding that
a run compares with stands under "verdict" (docs/statistics.md, Comparison with the baseline); nothing is said of rows of two settings. A dash: too few seeds.
Rows without seeds need no training: a model below them has not learnt what can be counted.

The last column runs a trial of the row again, and says whether it is the same. It asks for the records, extracted where you are:
```sh
tar -xJf results/position-is-not-time/records.tar.xz
```
"""


def report_of(program, suite):
    run = subprocess.run([program, "report", suite, "--format", "json"], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)["suites"][0]


def setting_text(sweep):
    values = [str(value) if key == "variant" else f"{key} = {value}" for key, value in sweep.items()]
    return ", ".join(values) or "as the suite says"


def verdict_text(encoding, dataset):
    for pair in dataset["against_baseline"]:
        if pair["first"] == encoding:
            if pair["strength"] == "none":
                return "-"
            if pair["direction"] == "undecided":
                return "undecided"
            weak = " (weak)" if pair["strength"] == "weak" else ""
            return f"{pair['direction']} than {pair['second']}{weak}"
    return ""


def trial_of(lock, dataset, sweep, encoding, suite):
    """The first trial of a row that went well, and the data set's hash."""
    for trial in lock["trials"]:
        if (trial["dataset"], trial["sweep"], trial["encoding"]) != (dataset, sweep, encoding):
            continue
        record = suite / "trials" / trial["id"][:2] / trial["id"] / "record.json"
        if record.exists():
            record = json.loads(record.read_text())
            if record["result"]["status"] == "ok":
                return trial["id"], record["identity"]["data_hash"]
    return None


def reference_rows(report, dataset):
    """What needs no training, once where it is the same in all settings."""
    values = {}  # {(name, value): settings}
    groups = [group for group in report["groups"] if group["dataset"] == dataset and group["references"]]
    for group in groups:
        for name, metrics in group["references"].items():
            if name != "chance" and report["primary"] in metrics:
                values.setdefault((name, metrics[report["primary"]]), []).append(setting_text(group["sweep"]))
    run = f"[{report['suite']}](../results/{report['suite']}/)"
    return [{"mean": value,
             "cells": [f"*{name}*", "all" if len(settings) == len(groups) else "; ".join(settings), f"{value:.4f}", "", "", "", "", run]}
            for (name, value), settings in values.items()]


def rows_of(suite, report):
    """Of a run whose primary metric ranks all items: {(whether the data are generated, their name and hash, metric): rows}."""
    rows = {}
    if not report["primary"].startswith("test.full."):
        return rows
    lock = json.loads((suite / "suite.lock.json").read_text())
    generated = {answer["dataset"] for answer in lock.get("reachable", [])}
    for analysis in report["analyses"]:
        for dataset in analysis["datasets"]:
            for encoding in dataset["encodings"]:
                found = trial_of(lock, dataset["dataset"], analysis["sweep"], encoding["encoding"], suite)
                if encoding["mean"] is None or found is None:
                    continue
                id, data_hash = found
                key = dataset["dataset"] in generated, dataset["dataset"], data_hash, report["primary"]
                rows.setdefault(key, reference_rows(report, dataset["dataset"]))
                interval = encoding["mean_interval"]
                rows[key].append({
                    "mean": encoding["mean"],
                    "cells": [encoding["encoding"], setting_text(analysis["sweep"]), f"{encoding['mean']:.4f}",
                              f"[{interval[0]:.4f}, {interval[1]:.4f}]" if interval else "-",
                              "-" if encoding["sd"] is None else f"{encoding['sd']:.4f}", str(encoding["seeds"]),
                              verdict_text(encoding["encoding"], dataset), f"`pebench replay {id[:12]} {report['suite']}`"]})
    return rows


def page_of(tables):
    """`tables`: those of all runs."""
    text = HEAD
    for (generated, name, data_hash, metric), rows in sorted(tables.items()):
        measure = metric.rsplit(".", 1)[1].upper()
        text += f"\n## {name}\n{'Generated data' if generated else 'Data'} {data_hash[:12]}, {measure} among all items.\n\n"
        text += f"| encoding | setting | {measure} | 95 % interval | SD | seeds | verdict | again |\n|---|---|---|---|---|---|---|---|\n"
        for row in sorted(rows, key=lambda row: -row["mean"]):
            text += "| " + " | ".join(row["cells"]) + " |\n"
    return text


def add(tables, suite, report):
    """The rows of one run."""
    for key, rows in rows_of(suite, report).items():
        tables.setdefault(key, []).extend(rows)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    tables = {}
    for archive in sorted((ROOT / "results").glob("*/records.tar.xz")):
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(archive) as tar:
                tar.extractall(folder)
            suite = next(pathlib.Path(folder).iterdir())
            add(tables, suite, report_of(program, suite))
    page = page_of(tables)
    if sys.argv[2:] == ["--write"]:
        PAGE.write_text(page)
    elif not PAGE.exists() or PAGE.read_text() != page:
        sys.exit(f"{PAGE} is not what the runs in results/ give: {pathlib.Path(__file__).name} PEBENCH --write writes it anew")


if __name__ == "__main__":
    main()
