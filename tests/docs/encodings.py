#!/usr/bin/env python3
"""encodings.py ROOT: the table of encodings in docs/plugins.md has every plugin, with the names that suites give it."""
import pathlib
import re
import sys
import tomllib

root = pathlib.Path(sys.argv[1])
section = (root / "docs" / "plugins.md").read_text().split("\n## Encodings that come with pebench\n")[1]
rows = re.findall(r"^\| `(\w+)` \|.*\| (.*?) ?\|$", section, re.M)
listed = {plugin: set(re.findall(r"`(\w+)`", names)) for plugin, names in rows}

built = {folder.name: set() for folder in (root / "plugins").iterdir() if folder.is_dir()}
for suite in (root / "suites").glob("*.toml"):
    for encoding in tomllib.loads(suite.read_text())["encoding"]:
        built[encoding["plugin"]].add(encoding["name"])

wrong = [name for name in sorted(listed.keys() | built.keys()) if listed.get(name) != built.get(name)]
for name in wrong:
    print(f"{name}: listed {listed.get(name)}, in plugins/ and suites/ {built.get(name)}", file=sys.stderr)
print(f"{len(listed)} encodings listed, {len(wrong)} wrong")
sys.exit(1 if wrong or not listed else 0)
