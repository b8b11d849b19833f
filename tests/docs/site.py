#!/usr/bin/env python3
"""site.py ROOT FOLDER: the site of tools/site.sh builds into FOLDER; its links lead to pages and anchors that are there.

Nothing in it is loaded from elsewhere, and every page of docs/ is in the navigation. Skipped (exit code 77) without mkdocs.
"""
import collections
import html.parser
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse

root, folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
if shutil.which("mkdocs") is None:
    print("skipped: there is no mkdocs here; it runs where tools/setup.sh --test has installed it, on Debian 12 or 13")
    sys.exit(77)
built = subprocess.run([root / "tools" / "site.sh", folder], capture_output=True, text=True)
if built.returncode:
    sys.exit(f"{built.stdout}{built.stderr}the site does not build")

elsewhere = re.compile(r"(?:[a-z]+:)?//")
LOADS = {"src", "srcset", "data", "poster", "action", "background"}  # attributes by which a browser fetches


class Page(html.parser.HTMLParser):
    """What a page refers to: links to follow, files that it loads, and the anchors that it has."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loaded, self.anchors, self.navigated = [], [], set(), set()
        self.inside = collections.Counter()
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        self.inside[tag] += 1
        for name, value in attributes:
            if name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value)
            elif name == "href" and tag in ("a", "area"):
                self.links.append(value)
                if self.inside["nav"]:
                    self.navigated.add(value)
            elif name in LOADS or (name == "href" and not (tag == "link" and ("rel", "canonical") in attributes)):
                self.loaded.append(value)
            elif name == "style":
                self.loaded += addresses(value)

    def handle_endtag(self, tag):
        self.inside[tag] -= 1

    def handle_data(self, data):
        if self.inside["style"]:
            self.loaded += addresses(data)


def addresses(css):
    return [found[2] for found in re.finditer(r"(?:url\(|@import\s)\s*(['\"]?)([^'\")]+)\1", css)]


def target_of(path, link):
    """(file, anchor) that a link within the site leads to."""
    address = urllib.parse.urlsplit(link)
    to = path if not address.path else (path.parent / urllib.parse.unquote(address.path)).resolve()
    return (to / "index.html" if to.is_dir() else to), urllib.parse.unquote(address.fragment)


errors, links = [], 0
pages = {path: Page(path) for path in sorted(folder.rglob("*.html"))}
for path, page in pages.items():
    for link in page.loaded + page.links:
        if elsewhere.match(link) or link.startswith(("mailto:", "data:")):
            if link in page.loaded and not link.startswith("data:"):
                errors.append(f"{path.relative_to(folder)}: is loaded from elsewhere: {link}")
            continue
        links += 1
        to, anchor = target_of(path, link)
        if folder not in to.parents or not to.is_file():
            errors.append(f"{path.relative_to(folder)}: {link} leads nowhere")
        elif anchor and to.suffix == ".html" and anchor not in pages[to].anchors:
            errors.append(f"{path.relative_to(folder)}: {link} leads to no anchor")
for path in folder.rglob("*.css"):
    errors += [f"{path.relative_to(folder)}: is loaded from elsewhere: {link}" for link in addresses(path.read_text()) if elsewhere.match(link)]

start = folder / "index.html"
navigated = {target_of(start, link)[0] for link in pages[start].navigated} if start in pages else set()
for page in sorted((root / "docs").rglob("*.md")):
    if folder / page.relative_to(root / "docs").with_suffix(".html") not in navigated:
        errors.append(f"{page.relative_to(root)} is not in the navigation of mkdocs.yml")
for error in errors:
    print(error, file=sys.stderr)
print(f"{len(pages)} pages with {links} links read, {len(errors)} errors")
sys.exit(1 if errors or not links else 0)
