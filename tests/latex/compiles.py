"""The LaTeX of `pebench report` and `pebench judge` is set by pdflatex: with the packages that its head asks for and no other, every table and
figure is on a page with its caption, and no character is missing. With the lines that docs/report.md has for wide tables, none is wider than
the text. usage: compiles.py PEBENCH SOURCE RUN...; exit code 77 without pdflatex."""
import csv
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

pebench, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
if not shutil.which("pdflatex"):
    print("skipped: needs pdflatex, of Debian's texlive-latex-recommended (tools/setup.sh --test installs it)")
    sys.exit(77)
failures = []

NAMES = ["plain", "a & b % c _ d # e ~ f ^ g", r"\input{h} $i$ {j", "[äöüß ÄÖÜ é] µ μ β ± × † ∞ ≤", "5 < 6 > 4 * -- | `k` 'l' \"m\" @ ?` !` n''"]


def expect(holds, sentence):
    if not holds:
        failures.append(sentence)


def as_latex(*arguments):
    return subprocess.run([pebench, *map(str, arguments), "--format", "latex"], check=True, stdout=subprocess.PIPE, text=True).stdout


def judged(folder):
    """A table of results whose every name is hard to set."""
    file = folder / "results.csv"
    with open(file, "w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["model", "seed", "data", "a_b & 50 % #1", "loss <$^~>"])
        for data in (r"{d_1} & \x", "[d 2]"):
            for place, name in enumerate(NAMES):
                rows.writerows([name, seed, data, 0.05 + 0.001 * ((place + 1) * seed % 7), 2 - 0.1 * place] for seed in range(1, 11))
    return as_latex("judge", file, "--baseline", "plain", "--claim", "mean(plain) > 0.01")


def set_by_latex(folder, name, text, preamble):
    """The log of a document that has nothing but the text."""
    (folder / "text.tex").write_text(text, encoding="utf-8")
    (folder / "document.tex").write_text(f"\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\n\\input{{text}}\n\\end{{document}}\n",
                                         encoding="utf-8")
    subprocess.run(["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "document.tex"], cwd=folder, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, timeout=60)
    log = (folder / "document.log").read_text(encoding="utf-8", errors="replace")
    if fatal := re.search(r"^!.*?(?=^\?|^Here is how|\Z)", log, re.M | re.S):
        failures.append(f"{name}: pdflatex says\n{fatal[0][:500]}")
        return log
    # A caption is in the .aux once its page is out.
    pages = (folder / "document.aux").read_text(encoding="utf-8", errors="replace")
    for kind, listed in (("table", "lot"), ("figure", "lof")):
        begun, out = text.count(f"\\begin{{{kind}}}"), pages.count(f"\\@writefile{{{listed}}}{{\\contentsline")
        expect(begun > 0 and out == begun, f"{name}: {out} of {begun} {kind}s are on a page")
    for sign in ("Missing character", "Undefined control", "too large for page"):
        expect(sign not in log, f"{name}: {[line for line in log.splitlines() if sign in line][:3]}")
    return log


def look_at(name, text):
    packages = "\n".join(re.findall(r"^% (\\usepackage\{.*\})$", text, re.M))
    with tempfile.TemporaryDirectory() as temporary:
        log = set_by_latex(pathlib.Path(temporary), name, text, packages)
    overfull = [float(points) for points in re.findall(r"Overfull \\hbox \((.*?)pt too wide\)", log)]
    with tempfile.TemporaryDirectory() as temporary:
        log = set_by_latex(pathlib.Path(temporary), f"{name}, narrowed", text, packages + "\n" + narrowing)
    # What is in a line of its own and has no words is a table.
    wide = re.findall(r"Overfull \\hbox \(.*\n \[\]", log)
    expect(not wide, f"{name}: {len(wide)} tables are wider than the text with the lines of docs/report.md")
    print(f"{name}: {text.count(chr(92) + 'begin{table}')} tables and {text.count(chr(92) + 'begin{figure}')} figures, overfull boxes: "
          f"{len(overfull)}, the widest by {max(overfull, default=0):.0f} pt; of tables with the lines of docs/report.md: {len(wide)}")


shown = re.search(r"^```latex\n(.*?)^```\n", (source / "docs" / "report.md").read_text(encoding="utf-8"), re.M | re.S)
if not shown:
    sys.exit("docs/report.md has no LaTeX for wide tables")
narrowing = shown[1]
with tempfile.TemporaryDirectory() as scratch:
    look_at("names", judged(pathlib.Path(scratch)))
    for run in sys.argv[3:]:
        subprocess.run(["tar", "-xJf", source / "results" / run / "records.tar.xz", "-C", scratch], check=True)
        look_at(run, as_latex("report", pathlib.Path(scratch) / run))
if failures:
    sys.exit("\n".join(failures))
