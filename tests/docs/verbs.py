#!/usr/bin/env python3
"""verbs.py PROGRAM PAGE [--renew]: the reference of the command line in docs/commands.md is what --help prints of every verb.

--renew writes it there anew. Help is read as words, not as columns, so that no version of CLI11 and no terminal decides where lines end.
"""
import difflib
import pathlib
import re
import subprocess
import sys

BEGIN, END = (f"<!-- {word} of what pebench --help prints of every verb -->\n" for word in ("begin", "end"))
COLUMN = 30  # where CLI11 begins what it says of an argument


def help_of(verb):
    return subprocess.run([program, *verb, "--help"], check=True, capture_output=True, text=True).stdout.splitlines()


def as_text(words):
    """As Markdown, outside of code."""
    pieces = re.split(r"(`[^`]*`)", words)
    return "".join(piece if piece.startswith("`") else re.sub(r"([*|\[\]\\])", r"\\\1", piece).replace("<", "&lt;") for piece in pieces)


def items(lines):
    """What stands below a title: pairs of an argument and what is said of it."""
    found = []
    for line, following in zip(lines, [*lines[1:], ""]):
        line = re.sub(r"\]  (?=Excludes:|Needs:|REQUIRED|\.\.\.)", "] ", line)  # behind a default, from CLI11 2.4 on
        if line.startswith(" " * COLUMN):
            found[-1][1] = f"{found[-1][1]} {line.strip()}".strip()
        elif pair := re.match(r"  (\S+(?: \S+)*) {2,}(\S.*)", line):
            found.append([pair[1], pair[2]])
        elif following.startswith(" " * COLUMN):
            found.append([line.strip(), ""])
        else:
            found.append([line[:COLUMN].strip(), line[COLUMN:].strip()])
    return found


def row(argument, meaning):
    """| what is typed | what it means, and with which others it goes |"""
    typed, *others = re.split(r" (REQUIRED|Excludes:|Needs:)(?: |$)", argument)
    said = [as_text(meaning)] if meaning else []
    for word, names in zip(others[::2], others[1::2]):
        listed = ", ".join(f"`{name}`" for name in names.split())
        said.append({"REQUIRED": "required", "Excludes:": f"not with {listed}", "Needs:": f"only with {listed}"}[word])
    typed = re.sub(r"\b([A-Z]+):\1 in ", r"\1 in ", typed)
    typed = re.sub(r"(?<! in) \[(.*)\]", r"=\1", typed)  # a default, as CLI11 writes it from 2.4 on
    return f"| `{typed}` | {'; '.join(said)} |"


def sections(lines):
    """(title, lines) below each title, up to where the examples begin."""
    title, below = "", []
    for line in lines:
        if re.match(r"\S.*:$", line):
            yield title, below
            title, below = line[:-1], []
        elif line.strip():
            below.append(line)
    yield title, below


def examples(lines):
    """What stands below the arguments: sentences, and blocks of commands."""
    for line, before in zip(lines, ["", *lines]):
        indented, was = line.startswith("  "), before.startswith("  ")
        if was and not indented:
            yield "```"
        if indented and not was:
            yield "```"
        elif not indented and line:
            yield ""
        yield line.strip() if indented else as_text(line)
    if lines[-1].startswith("  "):
        yield "```"


def describe(verb):
    """The verb, and those below it."""
    lines = help_of(verb)
    about, usage, *rest = lines
    end = next((at for at, line in enumerate(rest) if re.match(r"(Examples?|Exit status):|\S.*[^:]$", line)), len(rest))
    yield from ["", "#" * (1 + max(1, len(verb))) + " " + " ".join(["pebench", *verb]), as_text(about) + "."] if verb else []
    yield from ["```", usage.removeprefix("Usage: "), "```"] if verb else []
    below = []
    for title, arguments in sections(rest[:end]):
        if title.lower() == "subcommands":
            below = [argument for argument, _ in items(arguments)]
            yield from ["", "| verb | |", "|---|---|"]
            for name, meaning in items(arguments):
                yield f"| [`{name}`](#{'-'.join(['pebench', *verb, name])}) | {as_text(meaning)} |"
            continue
        rows = [row(*item) for item in items(arguments) if not item[0].startswith("-h,")]
        if rows:
            heading = title if title.lower() not in ("positionals", "options") else {"p": "argument", "o": "option"}[title[0].lower()]
            yield from ["", f"| {heading} | |", "|---|---|", *rows]
    if verb and rest[end:]:
        yield from examples([line for line in rest[end:] if line.strip()])
    for name in below:
        yield from describe([*verb, name])


if __name__ == "__main__":
    program, page, *renew = sys.argv[1:]
    printed = "\n".join(describe([])).lstrip("\n") + "\n"
    path = pathlib.Path(page)
    before, mark, rest = path.read_text().partition(BEGIN)
    written, end, after = rest.partition(END)
    if not mark or not end:
        sys.exit(f"{page} should have the lines {BEGIN}and {END}")
    if renew == ["--renew"]:
        path.write_text(before + BEGIN + printed + END + after)
    elif written != printed:
        print("\n".join(difflib.unified_diff(written.splitlines(), printed.splitlines(), page, "pebench --help", lineterm="", n=0)))
        sys.exit(f"{page} is not what pebench --help prints of every verb; renew it: {sys.argv[0]} {program} {page} --renew")
