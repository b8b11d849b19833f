#!/usr/bin/env python3
"""notebook.py NOTEBOOK: its code cells run one after the other in its folder, as Jupyter would run them, and what they say of the
published run is true. It keeps no outputs, which would be those of another day."""
import contextlib
import io
import json
import os
import pathlib
import sys

notebook = pathlib.Path(sys.argv[1]).resolve()
cells = [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
assert not any(cell["outputs"] or cell["execution_count"] for cell in cells), f"{notebook} keeps outputs: clear them"

os.chdir(notebook.parent)
sys.dont_write_bytecode = True
names = {"__name__": "__main__"}
printed = io.StringIO()
with contextlib.redirect_stdout(printed):
    for number, cell in enumerate(cells, 1):
        exec(compile("".join(cell["source"]), f"{notebook.name}, code cell {number}", "exec"), names)

assert len(names["study"].trials) == 240 and len(names["table"]) == 24, names["study"]
report = notebook.parents[2] / "results/length-extrapolation/report.md"
published = report.read_text(encoding="utf-8").translate({ord(mark): None for mark in "*\\"})  # bold, and signs of significance
row = names["best"]
cell = f"{row['mean']:.4f} ± {row['sd']:.4f}"
assert cell in published, f"{cell} of {row['encoding']} is not in {report}"
assert len(names["everything"]) == 240 and "user" in printed.getvalue()
print(printed.getvalue(), f"{len(cells)} cells run", sep="\n")
