"""What pebench.h declares, comments aside: structs with their members, enums with their codes, and the rest."""

import re
import sys
from pathlib import Path


class Contract:
    """structs: name -> [(member, declaration)]; enums: name -> [(constant, number)]; others: the remaining declarations and
    directives; frozen: the structs that never grow; minor: PEB_ABI_MINOR."""

    def __init__(self, path):
        text = Path(path).read_text(encoding="utf-8")
        self.frozen = {
            match[2]
            for match in re.finditer(r"/\*((?:(?!\*/).)*)\*/\s*typedef struct (\w+) \{", text, re.DOTALL)
            if re.search(r"\bFrozen\b", match[1])
        }
        text = re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)
        self.structs, self.enums = {}, {}
        text = re.sub(r"typedef struct (\w+) \{(.*?)\} \1;", self._take_struct, text, flags=re.DOTALL)
        text = re.sub(r"enum (\w+) \{(.*?)\};", self._take_enum, text, flags=re.DOTALL)
        self.minor = int(re.search(r"#define PEB_ABI_MINOR (\d+)", text)[1])
        text = re.sub(r"#define PEB_ABI_MINOR \d+", "", text)
        self.others = [" ".join(line.split()) for line in text.splitlines() if line.strip()]

    def _take_struct(self, match):
        self.structs[match[1]] = [
            pair for declaration in match[2].split(";") if declaration.strip() for pair in members(declaration)
        ]
        return ""

    def _take_enum(self, match):
        codes = [code.split("=") for code in match[2].split(",")]
        self.enums[match[1]] = [(name.strip(), int(number)) for name, number in codes]
        return ""


def members(declaration):
    """`int64_t *shape, *strides` -> (shape, "int64_t *shape"), (strides, "int64_t *strides")."""
    declaration = " ".join(declaration.split())
    if pointer := re.search(r"\(\*(\w+)\)", declaration):
        return [(pointer[1], declaration)]
    head, *more = declaration.split(",")
    base, first = re.fullmatch(r"(.*?\w) ?(\*.*|\w+)", head).groups()
    return [(re.search(r"\w+$", declarator)[0], f"{base} {declarator.strip()}") for declarator in [first, *more]]


def verdict(complaints):
    """Prints them; the exit status, which is not that of a script that died."""
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 2 if complaints else 0
