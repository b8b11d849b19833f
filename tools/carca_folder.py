#!/usr/bin/env python3
"""Converts what CARCA's authors publish of a data set into what `pebench data import` reads. Needs numpy alone.

CARCA (arXiv 2204.06519) has of each data set NAME, beside what can be computed anew:
  NAME_cxt.txt              a user, an item and a unix time a line: read by pebench as it is
  NAME_feat*.dat, *_imgs.dat  a pickled array, row i of item i + 1

Written into the folder --out, of the array alone: where all of it is zeros and ones items.jsonl, with the columns
that are one as categories, else vectors.npy (16 bits a number, or 32 with --float32) and vector_items.txt.
The command to import it all is printed.

example: tools/carca_folder.py CARCA/Data --name Beauty --out beauty
"""

import argparse
import json
import pathlib
import pickle
import sys

import numpy


class Arrays(pickle.Unpickler):
    """A pickle may run any program; this one makes arrays and nothing else."""

    allowed = {
        ("numpy", "dtype"), ("numpy", "ndarray"),
        ("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct"),
        ("numpy.core.multiarray", "scalar"), ("numpy._core.multiarray", "scalar"),
        ("_codecs", "encode"),
    }

    def find_class(self, module, name):
        if (module, name) in self.allowed:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"it asks for {module}.{name}, and only arrays of numpy are read")


def fail(message):
    print(f"carca_folder.py: {message}", file=sys.stderr)
    sys.exit(2)


def array_of(path):
    try:
        with open(path, "rb") as file:
            array = Arrays(file, encoding="latin1").load()
    except (pickle.UnpicklingError, EOFError, OSError, ValueError, AttributeError, IndexError) as error:
        fail(f"{path}: {error}")
    array = numpy.asarray(array)
    if array.ndim != 2 or array.size == 0:
        fail(f"{path}: an array [items, attributes] was expected, this one has the shape {array.shape}")
    try:
        array = array.astype(numpy.float32)
    except (TypeError, ValueError) as error:
        fail(f"{path}: not all of it is numbers ({error})")
    if not numpy.isfinite(array).all():
        fail(f"{path}: item {int(numpy.argwhere(~numpy.isfinite(array))[0][0]) + 1} has a number that is not finite")
    return array


def features_of(folder, name):
    found = sorted({*folder.glob(f"{name}_feat*.dat"), *folder.glob(f"{name}_imgs*.dat")})
    if len(found) > 1:
        fail(f"{folder} has {', '.join(path.name for path in found)}: choose one with --features")
    return found[0] if found else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--name", required=True, help="of the data set: Men, Fashion, Video_Games, Beauty, SubMen ...")
    parser.add_argument("--features", type=pathlib.Path, help="the pickled array, where it is called otherwise")
    parser.add_argument("--float32", action="store_true", help="keep 32 bits a number, not 16")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    arguments = parser.parse_args()

    events = arguments.folder / f"{arguments.name}_cxt.txt"
    if not events.is_file():
        fail(f"{events} is not there: name the data set as its files are named")
    if arguments.out.exists():
        fail(f"{arguments.out} exists already: name another folder")
    command = f"pebench data import {events}"
    options = " --columns user=1,item=2,timestamp=3"
    features = arguments.features or features_of(arguments.folder, arguments.name)
    if features is None:
        print(f"no array of attributes in {arguments.folder}: the events alone", file=sys.stderr)
    else:
        array = array_of(features)
        arguments.out.mkdir(parents=True)
        if numpy.isin(array, (0.0, 1.0)).all():
            with open(arguments.out / "items.jsonl", "w", encoding="utf-8") as file:
                for row, values in enumerate(array):
                    print(json.dumps({"item": str(row + 1), "features": numpy.flatnonzero(values).tolist()}), file=file)
            command += f" {arguments.out / 'items.jsonl'}"
        else:
            numpy.save(arguments.out / "vectors.npy",
                       numpy.ascontiguousarray(array, dtype=numpy.float32 if arguments.float32 else numpy.float16))
            lines = "".join(f"{row + 1}\n" for row in range(len(array)))
            (arguments.out / "vector_items.txt").write_text(lines, encoding="utf-8")
            options += f" --vectors features={arguments.out / 'vectors.npy'} --vector-items {arguments.out / 'vector_items.txt'}"
    print(f"{command}{options} --out DATA_SET")


if __name__ == "__main__":
    main()
