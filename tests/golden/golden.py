#!/usr/bin/env python3
"""golden.py PEBENCH GOLDEN.json [--renew]: the arithmetic of trainings is what it was under this numeric contract.

A record is found by its identity, in which the numeric contract stands for the arithmetic. Where the arithmetic changes and
the contract does not, old records are taken for what today's program would compute. So small trainings (each engine under each
protocol preset with an encoding of the input and one of the attention) are compared with what they gave:

exact   the data's hash, chance, baselines, numbers of parameters: whole numbers and plain double arithmetic, on every machine
close   loss, norm of the gradient and metrics of every epoch: another BLAS or LibTorch moves the last digits of float32, which
        stay small over so few steps; another formula moves more. All machines take the same kernels
bits    everything to the last bit, on a machine (processor, LibTorch, BLAS) that has an entry: `pebench compare` promises that

--renew writes what the trainings give now, and those of new ones beside. It refuses to cover up a change: numbers that moved need another contract.
"""
import gzip
import hashlib
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

LOSS_TOLERANCE = 2e-4  # relative; other kernels of one processor moved losses by 1e-6
USERS = 120  # of the test; a rank that moves moves a metric by at most one of them
METRIC_TOLERANCE = 2.5 / USERS

program, golden_file = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
renew = sys.argv[3:] == ["--renew"]
# The same kernels on every machine: those of another processor move gradients of these trainings by some per cent in three epochs.
kernels = {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_L2_SIZE": "512", "ATEN_CPU_CAPABILITY": "avx2", "DNNL_MAX_CPU_ISA": "AVX2"}
suite = pathlib.Path(__file__).resolve().parent / "golden.toml"
raise_contract = (
    "Raise numeric_contract in host/contract/trial_spec.h, so that no old record is taken for one of this program, and renew "
    f"the numbers ({pathlib.Path(__file__).name} {sys.argv[1]} {sys.argv[2]} --renew); or restore the arithmetic."
)


def trained():
    """What the trainings give now, in the form of golden.json."""
    found = {"numeric_contract": None, "data": None, "trainings": {}, "bits": {}}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **kernels, "PEBENCH_CACHE": folder + "/cache"}
        run = subprocess.run([program, "run", suite, "--workers", "2", "--results", folder + "/results"], env=environment,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if run.returncode != 0:
            sys.exit(f"the suite did not run:\n{run.stdout}")
        for path in sorted(pathlib.Path(folder).glob("results/golden/trials/*/*/record.json")):
            record = json.loads(path.read_text())
            identity, result, run = record["identity"], record["result"], record["run"]
            found["numeric_contract"] = identity["numeric_contract"]
            found["data"] = identity["data_hash"]
            name = ", ".join([run["sweep"]["train.engine"], run["sweep"]["variant"], run["encoding"]])
            found["trainings"][name] = {
                "exact": {"chance": result["chance"], "parameters": result["parameters"], **result["baselines"]},
                "close": [{key: epoch[key] for key in ("loss", "gradient_norm", "validation")} for epoch in result["epochs"]],
            }
            machine = f"{run['cpu']}, LibTorch {run['libtorch']}, {pathlib.Path(run['blas']).name}"
            found["bits"].setdefault(machine, {})[name] = bits(result, path.parent / "ranks.bin.gz")
    return found


def bits(result, ranks_file):
    """A digest of all that is measured, and of nothing that names the trial."""
    header, columns = gzip.decompress(ranks_file.read_bytes()).split(b"\n", 1)
    header = json.loads(header)
    del header["trial"]
    measured = {key: value for key, value in result.items() if key not in ("ranks", "recommendations")}
    text = json.dumps([measured, header], sort_keys=True).encode()
    return hashlib.sha256(text + columns).hexdigest()


def differences(golden, now):
    if golden["data"] != now["data"]:
        yield f"the generated data set has the hash {now['data']:.12} and had {golden['data']:.12}"
    gone, new = (sorted(a - b) for a, b in itertools.permutations([set(golden["trainings"]), set(now["trainings"])]))
    if gone:
        yield f"{', '.join(gone)}: had numbers, and is trained no more"
    if new and not renew:
        yield f"{'; '.join(new)}: is new and has no numbers yet; --renew writes them"
    for name, training in now["trainings"].items():
        if name not in golden["trainings"]:
            continue
        was = golden["trainings"][name]
        unknown = sorted(set(training["exact"]) - set(was["exact"]))
        if unknown and not renew:
            yield f"{name}: {', '.join(unknown)}: new, without numbers yet; --renew writes them"
        for what, values in training["exact"].items():
            if what in unknown:
                continue
            yield from differing(f"{name}: {what}", was["exact"][what], values, relative=1e-9)
        if len(was["close"]) != len(training["close"]):
            yield f"{name}: {len(training['close'])} epochs, and there were {len(was['close'])}"
        for number, (old, new) in enumerate(zip(was["close"], training["close"]), 1):
            for what in ("loss", "gradient_norm"):
                yield from differing(f"{name}, epoch {number}", {what: old[what]}, {what: new[what]}, relative=LOSS_TOLERANCE)
            yield from differing(f"{name}, epoch {number}", old["validation"], new["validation"], absolute=METRIC_TOLERANCE)
    for machine, digests in now["bits"].items():
        for name, digest in digests.items():
            known = golden["bits"].get(machine, {}).get(name, digest)
            if known != digest:
                yield f"{name}: other bits on {machine}, though within the tolerances perhaps"


def differing(place, old, new, relative=0.0, absolute=0.0):
    if set(old) != set(new):
        yield f"{place}: {sorted(new)}, and there were {sorted(old)}"
        return
    for key, value in new.items():
        if abs(value - old[key]) > max(absolute, relative * abs(old[key])):
            yield f"{place}: {key} is {value!r} and was {old[key]!r}"


now = trained()
golden = json.loads(golden_file.read_text()) if golden_file.exists() else None
same_contract = golden is not None and golden["numeric_contract"] == now["numeric_contract"]
found = list(differences(golden, now)) if same_contract else []
if found:
    print("\n".join(found))
    sys.exit(f"The numbers moved, and the numeric contract is {now['numeric_contract']} as before. {raise_contract}")
if renew:
    if same_contract:  # what is there stays, and this machine's bits come to it
        for name, was in golden["trainings"].items():
            now["trainings"][name] = {**was, "exact": {**now["trainings"][name]["exact"], **was["exact"]}}
        now = {**golden, "trainings": now["trainings"], "bits": {**golden["bits"], **now["bits"]}}
    golden_file.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n")
elif not same_contract:
    was = golden["numeric_contract"] if golden else "absent"
    sys.exit(f"The numeric contract is {now['numeric_contract']}, and the golden numbers are of {was}: renew them with "
             f"{pathlib.Path(__file__).name} {sys.argv[1]} {sys.argv[2]} --renew")
print(f"{len(now['trainings'])} trainings as they were under numeric contract {now['numeric_contract']}")
