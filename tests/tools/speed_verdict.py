#!/usr/bin/env python3
"""Holds tools/speed_verdict.py to R, and to what it says of faster, slower and neither.

usage: speed_verdict.py SOURCE
"""
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv.pop())
# wilcox.test's differences in R: d <- sort(as.vector(outer(x, y, "-"))); median(d); c(d[15], d[58])
X = [1.021, 1.052, 1.013, 1.104, 1.075, 1.036, 1.047, 1.068, 1.029]
Y = [1.0001, 0.9902, 1.0303, 1.0104, 0.9805, 1.0206, 1.0057, 1.0158]


def row(name, milliseconds, kind="iteration"):
    return {"run_name": name, "run_type": kind, "cpu_time": milliseconds, "time_unit": "ms"}


class SpeedVerdict(unittest.TestCase):
    def said(self, before, after):
        """The rows of output by benchmark, for {benchmark: [milliseconds]}."""
        with tempfile.TemporaryDirectory() as folder:
            for side, times in (("before", before), ("after", after)):
                for i in range(max(map(len, times.values()), default=0)):
                    rows = [row(name, values[i]) for name, values in times.items() if i < len(values)]
                    rows.append(row("step", 1e9, "aggregate"))
                    text = json.dumps({"benchmarks": rows}).replace("1000000000.0", "NaN")
                    pathlib.Path(folder, f"{side}.{i}.json").write_text(text)
            done = subprocess.run([sys.executable, str(SOURCE / "tools/speed_verdict.py"), folder],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {line.split()[0]: line for line in done.stdout.splitlines()[1:]}

    def test_agrees_with_r(self):
        said = self.said({"step": [math.exp(y) for y in Y]}, {"step": [math.exp(x) for x in X]})["step"]
        expected = [math.exp(value) for value in (0.03965, 0.0153, 0.0693)]
        self.assertIn("{:.3f}  [{:.3f}, {:.3f}]".format(*expected), said)
        self.assertTrue(said.endswith("slower"), said)

    def test_faster_and_neither(self):
        times = [10 + 0.001 * i for i in range(10)]
        said = self.said({"quicker": times, "same": times},
                         {"quicker": [0.9 * t for t in times], "same": [1.005 * t for t in times]})
        self.assertTrue(said["quicker"].endswith("faster"), said)
        self.assertTrue(said["same"].endswith("within noise"), said)

    def test_what_only_one_side_has(self):
        said = self.said({"old": [1.0] * 5, "few": [1.0] * 4}, {"new": [1.0] * 5, "few": [1.0] * 4})
        self.assertIn("fewer than five times of one side", said["old"])
        self.assertIn("fewer than five times of one side", said["few"])
        self.assertTrue(said["new"].endswith("new"))

    def test_an_empty_folder_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, str(SOURCE / "tools/speed_verdict.py"), folder],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("no times of both sides", done.stderr)


if __name__ == "__main__":
    unittest.main()
