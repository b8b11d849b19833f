"""Figures for papers: `pebench report --figures` draws every chart of the page, in colours that paper has, with a caption that says of how many
seeds it is. usage: figures.py PEBENCH RESULTS RUN; exit code 77 without node."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

pebench, results, run = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
if not shutil.which("node"):
    print("skipped: needs Debian's nodejs (tools/setup.sh --test installs it)")
    sys.exit(77)
failures = []


def expect(holds, sentence):
    if not holds:
        failures.append(sentence)


with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    subprocess.run(["tar", "-xJf", results / run / "records.tar.xz", "-C", folder], check=True)
    figures = folder / "figures"
    command = [pebench, "report", folder / run, "--figures", figures]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    expect(sorted(listed) == sorted(file.name for file in figures.iterdir()), f"not what is there: {listed}")
    captions = (figures / "captions.md").read_text(encoding="utf-8")
    drawn = sorted(figures.glob("*.svg"))
    expect(len(drawn) >= 5, f"{len(drawn)} figures")
    for file in drawn:
        text = file.read_text(encoding="utf-8")
        specification = json.loads(file.with_suffix(".vega.json").read_text(encoding="utf-8"))
        expect("var(" not in text, f"{file.name}: a colour of the page's own")
        marks = [mark for mark in xml.etree.ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}g") if "means" in mark.get("class", "").split()]
        rows = next((data["values"] for data in specification["data"] if data["name"] in ("rows", "marks")), None)
        if rows is not None:
            expect(sum(len(list(mark)) for mark in marks) == len(rows), f"{file.name}: not {len(rows)} means")
        expect(f"**{file.stem}**" in captions, f"{file.name}: no caption")
        if shutil.which("rsvg-convert"):
            expect(file.with_suffix(".pdf").read_bytes().startswith(b"%PDF"), f"{file.stem}.pdf is none")
    again = subprocess.run(command, capture_output=True, text=True)
    expect(again.returncode == 2 and "exists already" in again.stderr, f"a second time: {again.returncode}, {again.stderr}")
    broken = folder / "broken"
    broken.mkdir()
    (broken / "node").write_text("#!/bin/sh\nexit 1\n")
    (broken / "node").chmod(0o755)
    failed = subprocess.run([*command[:-1], folder / "none"], capture_output=True, text=True, env={**os.environ, "PATH": f"{broken}:{os.environ['PATH']}"})
    expect(failed.returncode == 2 and not (folder / "none").exists(), f"where node fails: {failed.returncode}, {failed.stderr}")
    print(f"{len(drawn)} figures of {run}; PDF: {'yes' if shutil.which('rsvg-convert') else 'rsvg-convert is not here'}")
if failures:
    sys.exit("\n".join(failures))
