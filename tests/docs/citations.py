#!/usr/bin/env python3
"""citations.py ROOT: what the tree cites is there.

- A page named in any file of the tree by its path below docs/, in code and comments too, exists.
- Where a capital letter follows the page and a comma, as in (docs/protocol.md, Ranks and ties), a heading of the page does.
- Relative links in Markdown lead to a file or folder, and their #fragment to a heading.
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
folders = ["abi", "docs", "examples", "host", "plugins", "python", "suites", "templates", "tests", "tools"]
frozen = root / "abi" / "compat"


def sources():
    yield from (path for path in sorted(root.iterdir()) if path.is_file())
    for folder in folders:
        yield from (path for path in sorted((root / folder).rglob("*")) if path.is_file() and frozen not in path.parents)


def without_code(markdown):
    """Fenced blocks and code spans blanked, lines kept."""
    blank = lambda found: re.sub(r"[^\n]", " ", found[0])
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", blank, re.sub(r"^```.*?^```$", blank, markdown, flags=re.M | re.S))


def headings(page, known={}):
    """Titles of a page, without markup."""
    if page not in known:
        text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.M | re.S)
        titles = re.findall(r"^#+ +(.+?) *$", text, re.M)
        known[page] = [re.sub(r"\[(.+?)\]\(.*?\)", r"\1", title).replace("`", "") for title in titles]
    return known[page]


def fragments(page):
    """As GitHub makes them of headings."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings(page)}


def unwrapped(text):
    """Lines joined, without the marks of comments."""
    return re.sub(r"\s*\n[ \t]*(?://[/!]?<?|#|\*|!)*[ \t]*", " ", text)


def check_pages(path, text):
    for found in re.finditer(r"\bdocs/[\w/-]+\.md\b(,\s)?", text):
        page = root / found[0].rstrip(", \n")
        if not page.is_file():
            yield found.start(), f"there is no {page.relative_to(root)}"
            continue
        # From the page on, so that no wrap of lines stands in the way.
        cited = re.match(r"\S+?\.md, ([A-Z].*)", unwrapped(text[found.start() : found.start() + 300]))
        if cited and not any(re.match(re.escape(title) + r"\b", cited[1]) for title in headings(page)):
            yield found.start(), f'{page.relative_to(root)} has no heading as in ", {cited[1][:40]}"'


def check_links(path, text):
    for found in re.finditer(r"\[[^\]]*\]\(([^)\s]+)\)", without_code(text)):
        target, _, fragment = found[1].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        page = (path.parent / target).resolve() if target else path
        if not page.exists():
            yield found.start(), f"the link {found[1]} leads nowhere"
        elif fragment and (page.suffix != ".md" or fragment not in fragments(page)):
            yield found.start(), f"the link {found[1]} leads to no heading"


errors, files = [], 0
for path in sources():
    try:
        text = path.read_text()
    except UnicodeDecodeError:  # not a text
        continue
    files += 1
    checks = [check_pages, check_links] if path.suffix == ".md" else [check_pages]
    for check in checks:
        for at, error in check(path, text):
            errors.append(f"{path.relative_to(root)}:{text.count(chr(10), 0, at) + 1}: {error}")
for error in errors:
    print(error, file=sys.stderr)
print(f"{files} files read, {len(errors)} citations wrong")
sys.exit(1 if errors or files == 0 else 0)
