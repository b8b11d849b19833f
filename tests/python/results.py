#!/usr/bin/env python3
"""results.py ROOT PEBENCH: pebench_results says of published runs, and of one in which trials failed, what `pebench report` and
`pebench export` say, and names what is damaged."""
import gzip
import hashlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import types
import unittest
import unittest.mock

root, program = (pathlib.Path(argument).resolve() for argument in (sys.argv.pop(1), sys.argv.pop(1)))
sys.dont_write_bytecode = True
sys.path.insert(0, str(root / "python"))
import pebench_results  # noqa: E402
from pebench_results.document import _canonical, _Literal  # noqa: E402

scratch = tempfile.TemporaryDirectory()
published = {}
for name in ("study-open-1-length", "carca-strength"):
    with tarfile.open(root / "results" / name / "records.tar.xz") as archive:
        archive.extractall(scratch.name)
    published[name] = pathlib.Path(scratch.name) / name


def pebench(*arguments):
    return subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def copied(name):
    """A run to be changed."""
    return pathlib.Path(shutil.copytree(published[name], pathlib.Path(tempfile.mkdtemp(dir=scratch.name)) / name))


def rewrite(path, change):
    """Changes a document of results, and gives it the digest of what it is then. Its numbers keep their digits."""
    document = json.loads(path.read_text(), parse_float=_Literal)
    del document["digest"]
    change(document)
    document["digest"] = hashlib.sha256(_canonical(document).encode()).hexdigest()
    path.write_text(_canonical(document))


class Numbers(unittest.TestCase):
    def assert_as_reported(self, folder):
        """Every mean, deviation and count of seeds is that of the report."""
        study = pebench_results.open(folder)
        groups = json.loads(pebench("report", folder, "--format", "json"))["suites"][0]["groups"]
        compared = 0
        for metric in study.metric_names:
            rows = iter(study.table(metric))
            for group in groups:
                for encoding in group["encodings"]:
                    row = next(rows)
                    self.assertEqual((row["dataset"], row["sweep"], row["encoding"]),
                                     (group["dataset"], group["sweep"], encoding["encoding"]))
                    reported = encoding["metrics"].get(metric)
                    if reported is None:
                        self.assertEqual((row["seeds"], row["mean"]), (0, None))
                        continue
                    compared += 1
                    self.assertEqual(row["seeds"], reported["seeds"])
                    self.assertAlmostEqual(row["mean"], reported["mean"], delta=1e-12)
                    if reported["standard_deviation"] is None:
                        self.assertIsNone(row["sd"])
                    else:
                        self.assertAlmostEqual(row["sd"], reported["standard_deviation"], delta=1e-12)
            self.assertIsNone(next(rows, None))
        self.assertGreater(compared, 20)
        return study

    def test_published_runs(self):
        self.assert_as_reported(published["study-open-1-length"])
        study = self.assert_as_reported(published["carca-strength"])
        self.assertEqual([trial.status for trial in study.trials].count("missing"), 42)

    def test_failed_trials_and_copies(self):
        folder = copied("study-open-1-length")
        trials = pebench_results.open(folder).trials
        of_one = [trial for trial in trials if (trial.encoding, trial.sweep) == (trials[0].encoding, trials[0].sweep)]
        of_another = [trial for trial in trials if (trial.encoding, trial.sweep) == (trials[1].encoding, trials[1].sweep)]

        def failing(status, signal=None):
            def change(record):
                record["result"].update(status=status, reason="for the test", signal=signal, metrics={}, chance={}, baselines={},
                                        epochs=[], ranks=None)
            return change

        result = json.loads((of_another[0].folder / "record.json").read_text(), parse_float=_Literal)["result"]

        def copying(record):
            record["result"] = result | {"ranks": None}

        for trial, change in zip(of_one, [failing("invalid"), failing("crashed", 11), failing("crashed", 9), failing("timeout")]):
            rewrite(trial.folder / "record.json", change)
        for trial in of_another:
            rewrite(trial.folder / "record.json", copying)
        study = self.assert_as_reported(folder)
        seeds = {(row["encoding"], json.dumps(row["sweep"])): row["seeds"] for row in study.table()}
        self.assertEqual(seeds[of_one[0].encoding, json.dumps(of_one[0].sweep)], len(of_one) - 2, "two are at chance, two nowhere")
        self.assertEqual(seeds[of_another[0].encoding, json.dumps(of_another[0].sweep)], 1, "copies are one trial")

    def test_the_database_has_the_same(self):
        folder = published["study-open-1-length"]
        file = pathlib.Path(scratch.name) / "study.sqlite"
        pebench("export", folder, "--format", "sqlite", "--ranks", "--out", file)
        database = sqlite3.connect(file)
        self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])
        study = pebench_results.open(folder)
        for number, trial in enumerate(study.trials, 1):
            row = database.execute("SELECT id, dataset, encoding, variant, sweep, seed, status, chosen_epoch, source_commit FROM trial "
                                   "WHERE trial = ?", (number,)).fetchone()
            self.assertEqual(row[:4] + row[5:], (trial.id, trial.dataset, trial.encoding, trial.variant, trial.seed, trial.status,
                                                 trial.chosen_epoch, trial.run["commit"]))
            self.assertEqual(json.loads(row[4]), trial.sweep)
            metrics = {name: (value, chance)
                       for name, value, chance in database.execute("SELECT name, value, chance FROM metric WHERE trial = ?", (number,))}
            self.assertEqual(metrics, {name: (value, trial.chance.get(name)) for name, value in trial.metrics.items()})
            losses = database.execute("SELECT loss FROM epoch WHERE trial = ? ORDER BY epoch", (number,)).fetchall()
            self.assertEqual([loss for loss, in losses], [epoch["loss"] for epoch in trial.epochs])
            settings = dict(database.execute("SELECT key, value FROM setting WHERE trial = ?", (number,)))
            self.assertEqual(settings["train.lr"], trial.settings["train"]["lr"])
            ranks = trial.ranks("full")
            columns = zip(*database.execute("SELECT user, better, tied, pool FROM rank WHERE trial = ? ORDER BY user", (number,)))
            self.assertEqual([list(column) for column in columns], [ranks.users, ranks.better, ranks.tied, ranks.pool])


class Tables(unittest.TestCase):
    def test_a_row_per_trial(self):
        study = pebench_results.open(published["carca-strength"])
        results = study.results()
        self.assertEqual([row["id"] for row in results], [trial.id for trial in study.trials])
        self.assertEqual([row["test.full.mrr"] for row in results], [trial.metrics.get("test.full.mrr") for trial in study.trials])

    def test_pandas_gets_rows_and_columns(self):
        table = pebench_results.open(published["carca-strength"]).table()
        frames = types.SimpleNamespace(DataFrame=lambda rows, columns: (rows, columns))
        with unittest.mock.patch.dict(sys.modules, pandas=frames):
            self.assertEqual(table.to_pandas(), (table.rows, table.columns))
        with unittest.mock.patch.dict(sys.modules, pandas=None), self.assertRaises(ImportError):
            table.to_pandas()

    def test_print_in_columns(self):
        table = pebench_results.Table(["sweep", "mean", "sd"], [{"sweep": {"a": 1, "b": 2}, "mean": 0.5, "sd": None}])
        self.assertEqual(str(table), "sweep         mean    sd\na = 1, b = 2  0.5000")


class Ranks(unittest.TestCase):
    def test_their_means_are_the_metrics(self):
        for trial in pebench_results.open(published["study-open-1-length"]).trials[::15]:
            for ranks in trial.rank_sets:
                for measure in ranks.measures:
                    if measure == "tie_rate":
                        continue
                    values = ranks.values(measure)
                    self.assertAlmostEqual(sum(values) / len(values), trial.metrics[f"test.{ranks.candidates}.{measure}"], delta=1e-9)

    def test_ties(self):
        of = {"candidates": "full", "epoch": 1, "measures": ["mrr"], "users": [0], "better": [1], "tied": [1], "pool": [9]}
        expected, first = pebench_results.Ranks(ties="expected", **of), pebench_results.Ranks(ties="first_wins", **of)
        self.assertEqual((expected.values("hr@2"), first.values("hr@2")), ([0.5], [1.0]))
        self.assertEqual((expected.values("mrr"), first.values("mrr")), ([(1 / 2 + 1 / 3) / 2], [0.5]))
        for wrong in ("hr", "mrr@10", "ndcg@x", "auc"):
            with self.assertRaisesRegex(pebench_results.ResultsError, "no measure of ranks"):
                expected.values(wrong)

    def test_a_set_that_is_not_there(self):
        with self.assertRaisesRegex(pebench_results.ResultsError, r"no ranks of uniform:9; it has: full \("):
            pebench_results.open(published["study-open-1-length"]).trials[0].ranks("uniform:9")


class Damage(unittest.TestCase):
    def setUp(self):
        self.folder = copied("carca-strength")
        self.trial = next(trial for trial in pebench_results.open(self.folder).trials if trial.record)

    def again(self):
        return next(trial for trial in pebench_results.open(self.folder).trials if trial.id == self.trial.id)

    def assert_damaged(self, path, call):
        with self.assertRaises(pebench_results.Damaged) as raised:
            call()
        self.assertIn(str(path), str(raised.exception))

    def test_a_record(self):
        path = self.trial.folder / "record.json"
        text = path.read_text()
        value = repr(self.trial.metrics["test.full.mrr"])
        self.assertIn(value, text)
        for damaged in (text.replace(value, value[:-1] + str((int(value[-1]) + 1) % 10), 1), text[: len(text) // 2], "[]"):
            path.write_text(damaged)
            self.assert_damaged(path, lambda: self.again().metrics)
            self.assert_damaged(path, lambda: pebench_results.open(self.folder).table())
        path.write_text(text.replace("\n", "\r\n "))  # other blanks are no damage
        self.assertEqual(self.again().metrics, self.trial.metrics)

    def test_another_trials_record(self):
        other = next(trial for trial in pebench_results.open(self.folder).trials if trial.record and trial.id != self.trial.id)
        shutil.copy(other.folder / "record.json", self.trial.folder)
        self.assert_damaged(self.trial.folder / "record.json", lambda: self.again().status)

    def test_a_lock(self):
        path = self.folder / "suite.lock.json"
        path.write_text(path.read_text().replace('"baseline": "none"', '"baseline": "nona"', 1))
        self.assert_damaged(path, lambda: pebench_results.open(self.folder))

    def test_ranks(self):
        path = self.trial.folder / "ranks.bin.gz"
        content = bytearray(gzip.decompress(path.read_bytes()))
        content[-1] ^= 1
        path.write_bytes(gzip.compress(bytes(content)))
        self.assert_damaged(path, lambda: self.again().ranks("full"))
        path.write_bytes(path.read_bytes()[:-20])
        self.assert_damaged(path, lambda: self.again().ranks("full"))
        path.unlink()
        self.assert_damaged(path, lambda: self.again().ranks("full"))

    def keep_recommendations(self, **changes):
        """Of the users 3 and 7, the latter with one item of two; as a program of a newer version than the published run."""
        header = {"epoch": 5, "places": 2, "schema": 1, "trial": self.trial.id, "users": 2} | changes
        # Users 3 and 7 as steps 3 and 3; the first place in two planes (300 = 1 * 256 + 44), the second in one.
        content = json.dumps(header).encode() + b"\n" + bytes([1, 3, 3]) + bytes([2, 44, 9, 1, 0]) + bytes([1, 8, 0])
        (self.trial.folder / "recommendations.bin.gz").write_bytes(gzip.compress(content))
        kept = {"digest": hashlib.sha256(content).hexdigest(), "users": 2, "places": 2}
        rewrite(self.trial.folder / "record.json", lambda record: record["result"].update(recommendations=kept))

    def test_recommendations(self):
        self.assertEqual(self.trial.recommendations, {})
        self.keep_recommendations()
        self.assertEqual(self.again().recommendations, {3: [300, 8], 7: [9]})
        path = self.trial.folder / "recommendations.bin.gz"
        for changes in ({"trial": "another"}, {"places": 1}, {"places": 3}):
            self.keep_recommendations(**changes)
            self.assert_damaged(path, lambda: self.again().recommendations)
        path.write_bytes(gzip.compress(b"else"))
        self.assert_damaged(path, lambda: self.again().recommendations)
        self.keep_recommendations(schema=2)
        with self.assertRaisesRegex(pebench_results.ResultsError, "has the schema 2"):
            self.again().recommendations

    def test_another_version(self):
        path = self.trial.folder / "record.json"
        rewrite(path, lambda record: record.update(schema=4))
        with self.assertRaisesRegex(pebench_results.ResultsError, "has the schema 4") as raised:
            self.again().metrics
        self.assertNotIsInstance(raised.exception, pebench_results.Damaged)

    def test_what_is_no_results(self):
        with self.assertRaisesRegex(pebench_results.ResultsError, "holds no suite.lock.json"):
            pebench_results.open(self.folder / "trials")
        with self.assertRaisesRegex(pebench_results.ResultsError, r"has the metric test.full.auc; there are: test.full.hr@10"):
            pebench_results.open(self.folder).table("test.full.auc")


try:
    unittest.main(verbosity=1)
finally:
    scratch.cleanup()
