#!/usr/bin/env python3
"""published.py PEBENCH RESULTS [--replay N]: the published runs in RESULTS/*/records.tar.xz are whole, give the report.md beside
them to the byte and together docs/leaderboard.md, and N (1) of the trials of each that took less than a minute give the same when they are run again.

Another processor, BLAS kernel or LibTorch moves last digits, and with them the rank of a user here and there: there the difference is
printed and no fault, since a record does not tell all of these apart. What is not replayed is said: runs of another numeric contract,
whose numbers are those of the version they were published with, runs whose data set is not here, and tunings from elsewhere."""
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import leaderboard  # noqa: E402

program, results = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
replays = int(sys.argv[4]) if sys.argv[3:4] == ["--replay"] else 1
failures, tables = [], {}


def pebench(*arguments):
    return subprocess.run([program, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def look_at(archive, folder):
    with tarfile.open(archive) as tar:
        tar.extractall(folder)
    suite = next(pathlib.Path(folder).iterdir())
    verified = pebench("verify", suite)
    print(verified.stdout, end="")
    if verified.returncode != 0:
        yield f"{archive}: pebench verify ended with {verified.returncode}"
        return
    leaderboard.add(tables, suite, leaderboard.report_of(program, suite))
    report = pebench("report", suite, "--format", "markdown")
    if report.stdout != (archive.parent / "report.md").read_text():
        yield f"{archive.parent / 'report.md'} is not what `pebench report --format markdown` prints: tools/publish.sh writes it anew"
    ids = sorted(path.parent.name for path in suite.glob("trials/*/*/record.json")
                 if json.loads(path.read_text())["run"]["seconds"]["total"] < 60)
    for id in ids[:: max(1, len(ids) // replays)][:replays]:
        again = pebench("replay", id, suite)
        if again.returncode == 2 and any(reason in again.stderr for reason in ("numeric_contract", "PEBENCH_DATA", "one of a tuning")):
            print(f"{archive}: not replayed: {again.stderr.strip()}")
            return
        print(again.stdout, end="")
        if again.returncode == 2 and "cannot be told" in again.stdout:  # another processor, as said above
            continue
        if again.returncode not in (0, 1):
            yield f"{archive}: {again.stderr.strip()}"


archives = sorted(results.glob("*/records.tar.xz"))
if not archives:
    sys.exit(f"there is no published run in {results}")
for archive in archives:
    with tempfile.TemporaryDirectory() as folder:
        failures += look_at(archive, folder)
if not failures and leaderboard.PAGE.read_text() != leaderboard.page_of(tables):
    failures.append(f"{leaderboard.PAGE} is not what the runs give: tools/leaderboard.py {sys.argv[1]} --write writes it anew")
sys.exit("\n".join(failures) if failures else 0)
