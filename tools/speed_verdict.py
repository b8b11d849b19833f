#!/usr/bin/env python3
"""Of two commits' times, which is faster.

usage: tools/speed_verdict.py FOLDER

FOLDER has before.N.json and after.N.json as Google Benchmark writes them, five or more of each. The ratio of times of the
processor is by Hodges and Lehmann (1963) on logarithms, with Moses' 95 % interval by its normal approximation, as the report
has it; a difference is told where the interval leaves out all within 1 % of 1. Each benchmark is a comparison for itself.
"""
import json
import math
import pathlib
import re
import statistics
import sys

NOISE = 0.01


def times(folder, side):
    """{benchmark: [seconds of the processor]}"""
    found = {}
    for path in sorted(folder.glob(side + ".*.json")):
        # A spread of nothing is NaN there.
        text = re.sub(r": -?(nan|inf)", ": null", path.read_text(), flags=re.IGNORECASE)
        for row in json.loads(text)["benchmarks"]:
            if row["run_type"] == "iteration":
                unit = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}[row["time_unit"]]
                found.setdefault(row["run_name"], []).append(row["cpu_time"] * unit)
    return found


def ratio(after, before):
    """(ratio, low, high) of after to before."""
    differences = sorted(math.log(a) - math.log(b) for a in after for b in before)
    n, m = len(after), len(before)
    z = statistics.NormalDist().inv_cdf(0.975)
    k = math.floor(n * m / 2 - z * math.sqrt(n * m * (n + m + 1) / 12))
    left_out = max(0, k - 1)
    return tuple(map(math.exp, (statistics.median(differences), differences[left_out], differences[-1 - left_out])))


def verdict(low, high):
    if low > 1 + NOISE:
        return "slower"
    return "faster" if high < 1 - NOISE else "within noise"


def main(folder):
    before, after = times(folder, "before"), times(folder, "after")
    if not before or not after:
        sys.exit(f"{folder} has no times of both sides: before.1.json, after.1.json and so on")
    rows = [("benchmark", "before, ms", "after, ms", "ratio", "95 % interval", "")]
    for name in before:
        if min(len(before[name]), len(after.get(name, []))) < 5:
            rows.append((name, "", "", "", "", "fewer than five times of one side"))
            continue
        middle, low, high = ratio(after[name], before[name])
        rows.append((name, *(f"{1000 * statistics.median(side[name]):.4g}" for side in (before, after)),
                     f"{middle:.3f}", f"[{low:.3f}, {high:.3f}]", verdict(low, high)))
    rows += [(name, "", "", "", "", "new") for name in after if name not in before]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths)]
        print("  ".join([row[0].ljust(widths[0]), *cells[1:-1], row[-1]]).rstrip())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__.split("\n\n")[1])
    main(pathlib.Path(sys.argv[1]))
