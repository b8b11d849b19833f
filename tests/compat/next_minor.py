"""next_minor.py HEADER OUTPUT: the header as a next minor version could be: every struct that may grow has one more member, every
enum of operations one more code. Tests build a host and plugins from it."""

import re
import sys
from pathlib import Path

from contract import Contract


def grow(text, contract):
    for struct in contract.structs:
        if struct in contract.frozen:
            continue
        member = "uint64_t in_next_minor"
        if struct == "peb_ops":
            member = "peb_tensor (*in_next_minor)(peb_scope *, peb_tensor)"
        text = text.replace(f"}} {struct};", f"  {member};\n}} {struct};")
    codes = contract.enums["peb_unary_op"]
    last, number = codes[-1]
    text = re.sub(rf"\b{last} = {number}\b", f"{last} = {number}, PEB_UNARY_IN_NEXT_MINOR = {number + 1}", text)
    minor = contract.minor
    return text.replace(f"#define PEB_ABI_MINOR {minor}", f"#define PEB_ABI_MINOR {minor + 1}\n#define PEB_NEXT_MINOR {minor + 1}")


if __name__ == "__main__":
    header, output = sys.argv[1:]
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    grown = grow(Path(header).read_text(encoding="utf-8"), Contract(header))
    if not Path(output).exists() or Path(output).read_text(encoding="utf-8") != grown:
        Path(output).write_text(grown, encoding="utf-8")
