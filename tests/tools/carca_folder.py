#!/usr/bin/env python3
"""A folder as CARCA's authors publish it, converted and imported. Skipped (77) without numpy.

usage: carca_folder.py SOURCE PEBENCH
"""

import os
import pathlib
import pickle
import shlex
import subprocess
import sys
import tempfile

try:
    import numpy
except ImportError:
    print("skipped: python3-numpy is not installed; tools/setup.sh --test installs it")
    sys.exit(77)

source, pebench = pathlib.Path(sys.argv[1]), sys.argv[2]
script = source / "tools" / "carca_folder.py"


def run(command, code=0):
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == code, (command, done.returncode, done.stdout, done.stderr)
    return done


class Harmful:
    def __reduce__(self):
        return os.system, ("touch harmed",)


with tempfile.TemporaryDirectory() as name:
    os.chdir(name)
    folder = pathlib.Path("Data")
    folder.mkdir()
    events = "".join(f"{user} {1 + (user + place) % 4} {1300000000 + 86400 * place}\n" for user in (1, 2, 3) for place in range(4))
    for data_set in ("Men", "Beauty", "Bad", "Names"):
        (folder / f"{data_set}_cxt.txt").write_text(events)
    for file, content in (("Men_imgs.dat", numpy.arange(8.0).reshape(4, 2) / 4), ("Beauty_feat_cat.dat", numpy.eye(4)[:, :3]),
                          ("Bad_feat.dat", Harmful()), ("Names_feat.dat", numpy.array([["a", 1.0]], dtype=object))):
        with open(folder / file, "wb") as out:
            pickle.dump(content, out)

    def converted(data_set):
        command = run([sys.executable, script, folder, "--name", data_set, "--out", data_set]).stdout.strip()
        words = shlex.split(command.replace("DATA_SET", f"set_{data_set}"))
        return run([pebench] + words[1:]).stdout

    men = converted("Men")
    assert "features: 4 of 4 items have a vector of 2 numbers of 16 bits" in men, men
    assert "2 dense" in men, men
    beauty = converted("Beauty")
    assert "3 sparse" in beauty and "4 of 4 items have a row" in beauty, beauty

    refused = run([sys.executable, script, folder, "--name", "Bad", "--out", "Bad"], 2).stderr
    assert "only arrays of numpy are read" in refused, refused
    assert not pathlib.Path("harmed").exists() and not pathlib.Path("Bad").exists()
    refused = run([sys.executable, script, folder, "--name", "Names", "--out", "Names"], 2).stderr
    assert "not all of it is numbers" in refused, refused
    refused = run([sys.executable, script, folder, "--name", "Woman", "--out", "Woman"], 2).stderr
    assert "Woman_cxt.txt is not there" in refused, refused
