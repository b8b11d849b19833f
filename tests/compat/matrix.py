"""matrix.py OWN_RUNNER NEXT_RUNNER SHIPPED_MINORS READS_BEYOND GROUP=LIBRARY[,LIBRARY...]...: every plugin under every host.

A plugin runs if it gives the same bits as under this host's own table. Columns: own, this host; 1.<minor>, this host offering only
what that version shipped; next, a host built from a header that has grown (next_minor.py). The table is printed; the exit status
is 0 if every cell is as expected. READS_BEYOND is a plugin that the host 1.0 must crash, or these hosts prove nothing."""

import signal
import subprocess
import sys
from pathlib import Path

# What is not "runs": encoder -> (words of the refusal, the hosts that refuse).
EXPECTED = {
    "operations_index_outside": ("index 2 is outside [0, 2)", {"own", "shipped", "next"}),
    "operations_unknown_code": ("there is no unary operation 1000", {"own", "shipped", "next"}),
    "python_value": ("plugin 'python_value', create:", {"own", "shipped", "next"}),  # its file has no value()
    **{name: ("it needs minor version 1 of the plugin interface 1, this pebench has 0", {"1.0"})
       for name in ("hidden_needed", "fox", "path")},
    "needs_newer": ("of the plugin interface 1, this pebench has", {"own", "shipped"}),
}


def run(runner, host, libraries):
    """{(library, encoder): (word, text)} of the lines that the runner prints."""
    result = subprocess.run([runner, host, *libraries], capture_output=True, text=True, check=False)
    cells = {}
    for line in result.stdout.splitlines():
        library, encoder, word, text = line.split("\t") if line.count("\t") == 3 else [*line.split("\t")[:2], "crash", ""]
        cells[library, encoder] = (word, text)
    if result.returncode < 0:
        last = next(reversed(cells), None)
        if last is None or cells[last][0] != "crash":
            sys.exit(f"{result.stderr}{runner} {host} crashes while it loads a library, after {last}")
        cells[last] = ("crash", signal.Signals(-result.returncode).name)
        rest = libraries[[Path(library.partition("?")[0]).stem for library in libraries].index(last[0]) + 1:]
        if rest:
            cells.update(run(runner, host, rest))
    elif result.returncode != 0:
        sys.exit(f"{result.stderr}{runner} {host} exits with {result.returncode}")
    return cells


def judge(encoder, kinds, cell, reference):
    """(what the table shows, whether it is as expected)"""
    word, text = cell
    words, refusing = EXPECTED.get(encoder, ("", set()))
    if word == "refused":
        return f"refused: {text}", bool(kinds & refusing) and words in text
    if word == "runs" and reference[0] == "runs" and text != reference[1]:
        return "runs, other numbers", False
    return (word if word == "runs" else f"{word}: {text}"), word == "runs" and not kinds & refusing


def main(own, following, minors, reads_beyond, groups):
    hosts = {"own": (own, "own")}
    hosts.update({f"1.{minor}": (own, f"1.{minor}") for minor in minors.split(",")})
    hosts["next"] = (following, "garbage")

    rows, footnotes, wrong = [], [], 0
    for group in groups:
        name, _, libraries = group.partition("=")
        cells = {host: run(*where, libraries.split(",")) for host, where in hosts.items()}
        for key, reference in cells["own"].items():
            row = [name, key[0], key[1]]
            for host, found in cells.items():
                kinds = {host} if host in ("own", "next") else {host, "shipped"}
                shown, right = judge(key[1], kinds, found.get(key, ("crash", "never reached")), reference)
                wrong += not right
                if shown.startswith("refused"):
                    if shown not in footnotes:
                        footnotes.append(shown)
                    shown = f"refused [{footnotes.index(shown) + 1}]"
                row.append(shown + ("" if right else " (!)"))
            rows.append(row)

    titles = ["built from", "library", "encoder", *(f"host {host}" for host in hosts)]
    widths = [max(len(row[i]) for row in [titles, *rows]) for i in range(len(titles))]
    for row in [titles, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    for i, note in enumerate(footnotes):
        print(f"[{i + 1}] {note}")

    beyond = run(own, "1.0", [reads_beyond])
    if list(beyond.values()) != [("crash", "SIGSEGV")]:
        print(f"a plugin that reads beyond the structs of 1.0 is not noticed: {beyond}")
        wrong += 1
    print(f"{len(rows)} encoders, {len(hosts)} hosts: " + ("as expected" if wrong == 0 else f"{wrong} not as expected (!)"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5], sys.argv[5:]))
