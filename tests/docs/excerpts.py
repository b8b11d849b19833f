#!/usr/bin/env python3
"""excerpts.py ROOT: code shown in the documentation is code that the tests build.

    <!-- from examples/learnt/learnt20.cc -->
    ```cpp
    ...

The lines of the block stand, one after the other, in the file that the comment names. In docs/plugins.md every block in a
programming language has such a comment.
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
languages = {"c", "cpp", "rust", "fortran", "go", "python", "toml"}
block = re.compile(r"^(?:<!-- from (?P<source>\S+) -->\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)

errors, compared = [], 0
for page in [root / "README.md", *sorted(root.glob("docs/*.md")), *sorted(root.glob("abi/*/README.md"))]:
    name = page.relative_to(root)
    content = page.read_text()
    for found in block.finditer(content):
        place = f"{name}:{content.count(chr(10), 0, found.start()) + 1}"
        source = found["source"]
        if source is None:
            if str(name) == "docs/plugins.md" and found["language"] in languages:
                errors.append(f"{place}: no <!-- from FILE --> names the file that this {found['language']} is from")
            continue
        compared += 1
        path = root / source
        if not path.is_file():
            errors.append(f"{place}: there is no {source}")
        elif found["text"] not in path.read_text():
            errors.append(f"{place}: these lines do not stand in {source}")
for error in errors:
    print(error, file=sys.stderr)
print(f"{compared} blocks compared, {len(errors)} wrong")
sys.exit(1 if errors or compared == 0 else 0)
