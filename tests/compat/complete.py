"""complete.py HEADER LAYOUT PROBE: layout.c asserts the size of every struct, the place of every member and every code of the
header, and the probe shows every struct and enum to abidiff."""

import re
import sys
from pathlib import Path

from contract import Contract, verdict


def missing(contract, layout, probe):
    for struct, members in contract.structs.items():
        if not re.search(rf"^SIZE\({struct}, \d+\);", layout, re.MULTILINE):
            yield f"layout.c does not assert the size of {struct}"
        for member, _ in members:
            if not re.search(rf"^PLACE\({struct}, {member}, \d+\);", layout, re.MULTILINE):
                yield f"layout.c does not assert the place of {struct}.{member}"
        if f"SHOW_STRUCT({struct});" not in probe:
            yield f"probe.c does not show struct {struct}"
    for enum, codes in contract.enums.items():
        for constant, number in codes:
            if f"CODE({constant}, {number});" not in layout:
                yield f"layout.c does not assert {constant} = {number}"
        if f"SHOW_ENUM({enum});" not in probe:
            yield f"probe.c does not show enum {enum}"


if __name__ == "__main__":
    header, layout, probe = sys.argv[1:]
    sys.exit(verdict(list(missing(Contract(header), Path(layout).read_text(), Path(probe).read_text()))))
