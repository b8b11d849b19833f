"""frozen.py SHIPPED CURRENT: the current header says what a shipped one said. Comments may differ. While both have the same
minor version every declaration is equal; a newer one only appends members, codes and declarations."""

import sys

from contract import Contract, verdict


def compare(shipped, current):
    same_minor = shipped.minor == current.minor
    if current.minor < shipped.minor:
        yield f"PEB_ABI_MINOR is {current.minor}, {shipped.minor} was shipped"
    for name, members in shipped.structs.items():
        now = current.structs.get(name, [])
        for i, (member, declaration) in enumerate(members):
            if i >= len(now) or now[i] != (member, declaration):
                yield f"{name}, member {i}: shipped was `{declaration}`, now it is `{now[i][1] if i < len(now) else ''}`"
                break  # those behind it have moved
        added = [member for member, _ in now if member not in dict(members)]
        if added and (same_minor or name in shipped.frozen):
            yield f"{name} has grown: " + ", ".join(added)
        if (name in shipped.frozen) != (name in current.frozen):
            yield f"{name} is marked frozen in one of the headers alone"
    for name, codes in shipped.enums.items():
        now = current.enums.get(name, [])
        for code in codes:
            if code not in now:
                yield f"{name}: shipped was {code[0]} = {code[1]}, now it is not"
        if same_minor and len(now) > len(codes):
            yield f"{name} has grown: " + ", ".join(constant for constant, _ in now[len(codes):])
        numbers = [number for _, number in now]
        if len(set(numbers)) != len(numbers):
            yield f"{name} uses a number twice"
    for line in shipped.others:
        if line not in current.others:
            yield f"shipped was `{line}`, now it is not"
    if same_minor:
        for line in current.others:
            if line not in shipped.others:
                yield f"new without a new minor version: `{line}`"
        for name in [*current.structs, *current.enums]:
            if name not in shipped.structs and name not in shipped.enums:
                yield f"new without a new minor version: {name}"


if __name__ == "__main__":
    sys.exit(verdict(list(compare(Contract(sys.argv[1]), Contract(sys.argv[2])))))
