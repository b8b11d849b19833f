#!/usr/bin/env python3
"""settings.py PROGRAM PAGE [--renew]: the reference of every key in docs/suite.md is what the program prints.

--renew writes it there anew.
"""
import difflib
import pathlib
import subprocess
import sys

program, page, *renew = sys.argv[1:]
BEGIN, END = (f"<!-- {word} of what pebench settings prints -->\n" for word in ("begin", "end"))

printed = subprocess.run([program, "settings", "--markdown"], check=True, capture_output=True, text=True).stdout
path = pathlib.Path(page)
before, mark, rest = path.read_text().partition(BEGIN)
written, end, after = rest.partition(END)
if not mark or not end or not printed:
    sys.exit(f"{page} should have the lines {BEGIN}and {END}")
if renew == ["--renew"]:
    path.write_text(before + BEGIN + printed + END + after)
elif written != printed:
    difference = difflib.unified_diff(written.splitlines(), printed.splitlines(), page, "pebench settings", lineterm="", n=0)
    print("\n".join(difference))
    sys.exit(f"{page} is not what pebench settings prints; renew it: {sys.argv[0]} {program} {page} --renew")
