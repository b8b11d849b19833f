"""The page of a report in a real browser: every chart is drawn with as many marks as it has numbers, nothing is asked of the network, the
console is silent, and axe-core, where it is at hand, finds nothing that keeps people out.
usage: browser.py PEBENCH RESULTS RUN...; exit code 77 without Debian's chromium. PEBENCH_AXE names an axe.min.js."""
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

pebench, results = sys.argv[1], pathlib.Path(sys.argv[2])
chromium = shutil.which("chromium")
if not chromium:
    print("skipped: needs Debian's chromium (tools/setup.sh --test installs it)")
    sys.exit(77)
axe = pathlib.Path(os.environ.get("PEBENCH_AXE", ""))
failures = []


def expect(holds, sentence):
    if not holds:
        failures.append(sentence)


PROBE = """
<script>
window.addEventListener("load", async () => {
  pebench.drawAll();
  await new Promise(done => setTimeout(done, 50));
  const found = { figures: pebench.figures, drawn: pebench.drawn, failed: pebench.failed, marks: [], wider: [],
                  scrolls: document.documentElement.scrollWidth > window.innerWidth };
  for (const figure of document.querySelectorAll("figure")) {
    const count = name => figure.querySelectorAll("g." + name + " > path").length;
    found.marks.push({ seeds: count("seeds"), means: count("means"), lines: figure.querySelectorAll("g.mark-line > path").length });
    const svg = figure.querySelector("svg");
    if (!svg || svg.getBoundingClientRect().right > window.innerWidth + 1) found.wider.push(figure.querySelector("figcaption").textContent);
  }
  if (window.axe) {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const checked = await axe.run(document, { resultTypes: ["violations"] });
    found.axe = { rules: checked.passes.length, violations: checked.violations.map(one => one.id + ": " + one.help + ": " + one.nodes[0].html.slice(0, 200)) };
  }
  const probe = document.createElement("pre");
  probe.id = "probe";
  probe.textContent = JSON.stringify(found);
  document.body.append(probe);
});
</script>
"""


class Specifications(html.parser.HTMLParser):
    """What the page's charts are drawn of."""

    def __init__(self):
        super().__init__()
        self.all, self.inside = [], False

    def handle_starttag(self, tag, attributes):
        self.inside = tag == "script" and ("type", "application/json") in attributes

    def handle_data(self, text):
        if self.inside:
            self.all.append(json.loads(text))

    def handle_endtag(self, tag):
        self.inside = False


def in_browser(page, width, scheme):
    """What the probe found, and what the console said."""
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--virtual-time-budget=20000",
               f"--window-size={width},900", f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}", "--dump-dom",
               page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    said = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    match = re.search(r'<pre id="probe">(.*?)</pre>', done.stdout, re.S)
    if not match:
        sys.exit(f"the page did not get so far as to be probed:\n{done.stderr[-2000:]}")
    return json.loads(html.unescape(match[1])), said


def data_of(chart, name):
    return next((data["values"] for data in chart["data"] if data["name"] == name), [])


def look_at(name, page, reported):
    text = page.read_text(encoding="utf-8")
    expect(len(text) < 5_000_000, f"{name}: {len(text)} bytes")
    reader = Specifications()
    reader.feed(text)
    probed = page.with_suffix(".probed.html")
    scripts = f"<script>{axe.read_text(encoding='utf-8')}</script>" if axe.is_file() else ""
    probed.write_text(text.replace("</body>", scripts + PROBE + "</body>"), encoding="utf-8")

    # The primary metric seed by seed, in the report and on the page.
    values = [value for suite in reported["suites"] for analysis in suite["analyses"] for data in analysis["datasets"]
              for encoding in data["encodings"] for value in encoding["values"] if value is not None]
    accuracy = [chart for chart in reader.all if chart["axes"][0]["title"] in ("NDCG@10", "HR@10")]
    drawn = [dot["value"] for chart in accuracy for dot in data_of(chart, "dots")]
    expect(drawn == values, f"{name}: {len(drawn)} dots are not the {len(values)} values of the report")

    for width, scheme in ((1200, "light"), (400, "dark")):
        found, said = in_browser(probed, width, scheme)
        where = f"{name}, {width} wide, {scheme}"
        expect(found["figures"] == len(reader.all) and found["drawn"] == len(reader.all) and not found["failed"],
               f"{where}: {found['drawn']} of {len(reader.all)} charts drawn; {found['failed']}")
        for chart, marks in zip(reader.all, found["marks"]):
            means = len(data_of(chart, "rows")) + len(data_of(chart, "marks"))
            expect(marks["seeds"] == len(data_of(chart, "dots")), f"{where}: {marks} for {len(data_of(chart, 'dots'))} seeds")
            expect(marks["means"] == means, f"{where}: {marks} for {means} means")
            expect(marks["lines"] == len(data_of(chart, "curves")), f"{where}: {marks} for {len(data_of(chart, 'curves'))} curves")
        expect(not found["wider"], f"{where}: wider than the window: {found['wider'][:3]}")
        expect(not found["scrolls"], f"{where}: the page itself scrolls sideways")
        expect(not said, f"{where}: {said[:3]}")
        if "axe" in found:
            expect(not found["axe"]["violations"], f"{where}: {found['axe']['violations']}")
        print(f"{where}: {found['drawn']} charts drawn, {sum(marks['seeds'] for marks in found['marks'])} seeds, "
              f"{sum(marks['lines'] for marks in found['marks'])} curves, {len(text) / 1e6:.1f} MB, "
              + (f"axe: {found['axe']['rules']} rules passed" if "axe" in found else "axe-core was not at hand (PEBENCH_AXE)"))


with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    for run in sys.argv[3:]:
        subprocess.run(["tar", "-xJf", results / run / "records.tar.xz", "-C", folder], check=True)
        page = folder / f"{run}.html"
        subprocess.run([pebench, "report", folder / run, "--format", "html", "--out", page], check=True)
        reported = json.loads(subprocess.run([pebench, "report", folder / run, "--json"], check=True, capture_output=True, text=True).stdout)
        look_at(run, page, reported)
if failures:
    sys.exit("\n".join(failures))
