#!/usr/bin/env python3
"""commands.py PAGE PEBENCH: commands shown in a page work as they stand there, and print what stands there.

The ```sh blocks run one after the other in one empty folder, with PEBENCH's folder on the path. A ```text block right
after one of them is what it prints, to the letter. With --write, PAGE gets what was printed. Where they read the records of a
published run, results/NAME/records.tar.xz, the folder has the repository's results and python, as its root has.

A page whose commands name $STUDY_LOGS needs the folder study_logs in a folder of PEBENCH_DATA, or without that variable in
../shared/data beside the source, and is skipped (exit code 77) where it is not.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

write = "--write" in sys.argv
page, program = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
block = re.compile(r"^```sh\n(?P<commands>.*?)^```\n(?:```text\n(?P<output>.*?)^```\n)?", re.M | re.S)
content = page.read_text()

def study_logs():
    """The folder of published numbers that this repository does not hold, as tests/unit/support/real_data.h looks for it."""
    beside = pathlib.Path(__file__).resolve().parents[2] / "../shared/data"
    folders = os.environ.get("PEBENCH_DATA", str(beside)).split(":")
    return next((logs for logs in (pathlib.Path(folder) / "study_logs" for folder in folders) if logs.is_dir()), None)


variables = {}
if "$STUDY_LOGS" in content:
    if (logs := study_logs()) is None:
        print("skipped: study_logs is not here; set PEBENCH_DATA to the folder that holds it")
        sys.exit(77)
    variables["STUDY_LOGS"] = str(logs.resolve())
errors, ran, pieces, copied = [], 0, [], 0
with tempfile.TemporaryDirectory() as scratch:
    home = pathlib.Path(scratch) / "home" / "you"
    folder = home / "work"
    folder.mkdir(parents=True)
    if re.search(r"\bresults/[\w-]+/records\.tar\.xz", content):
        for name in ("results", "python"):
            (folder / name).symlink_to(pathlib.Path(__file__).resolve().parents[2] / name)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PEBENCH_", "XDG_"))}
    environment.update(variables, HOME=str(home), PATH=f"{program.parent}:{os.environ['PATH']}")
    for found in block.finditer(content):
        ran += 1
        place = f"{page.name}:{content.count(chr(10), 0, found.start()) + 1}"
        run = subprocess.run(["bash", "-euo", "pipefail", "-c", found["commands"]], cwd=folder, env=environment,
                             text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        printed = run.stdout.replace(scratch, "")
        if run.returncode != 0:
            errors.append(f"{place}: exit code {run.returncode}\n{printed}")
        elif found["output"] is not None and found["output"] != printed:
            errors.append(f"{place}: this prints\n{printed}")
            pieces += [content[copied : found.start("output")], printed]
            copied = found.end("output")
        elif found["output"] is None and printed:
            errors.append(f"{place}: the page does not show that this prints\n{printed}")
if write:
    page.write_text("".join(pieces) + content[copied:])
for error in errors:
    print(error, file=sys.stderr)
print(f"{ran} blocks run, {len(errors)} wrong")
sys.exit(1 if errors or ran == 0 else 0)
