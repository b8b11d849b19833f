"""What mkdocs.yml adds to MkDocs: pages and files of the repository that docs/ link to, and GitHub's anchors.

A link that leaves docs/ leads to repository/PATH on the site: Markdown and folders become pages, other files are copied.
"""
import os
import pathlib
import re
import tempfile

from mkdocs.structure.files import File

root = pathlib.Path(__file__).resolve().parent.parent
docs = root / "docs"
# MkDocs wants the path on the site to be the path below a folder.
folder = tempfile.TemporaryDirectory(prefix="pebench-site-")
pathlib.Path(folder.name, "repository").symlink_to(root)

link = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s#]+)(?P<fragment>#[^)\s]*)?\)")
listings = {}  # path on the site -> a folder without a README.md


def slugify(title, separator):
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", separator)


def on_config(config):
    config["mdx_configs"].setdefault("toc", {})["slugify"] = slugify
    for section in config["nav"]:
        for run in sorted(root.glob("results/*/README.md")) if "Findings" in section else []:
            section["Findings"].append({run.parent.name: site_path(run)})
    return config


def without_blocks(markdown):
    """Fenced code made of x, every character in its place."""
    return re.sub(r"^```.*?^```$", lambda found: re.sub(r"[^\n]", "x", found[0]), markdown, flags=re.M | re.S)


def links(markdown):
    """The links outside of code that lead into the repository."""
    text = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", lambda found: re.sub(r"[^\n]", "x", found[0]), without_blocks(markdown), flags=re.S)
    return [found for found in link.finditer(text) if not re.match(r"[a-z]+:", found["target"])]


def as_python_markdown(markdown):
    """What GitHub takes and Python-Markdown does not: lists and tables without a blank line before, items indented by 2 or 3."""
    written, before, indent, block_is_indented = [], "", 0, False
    for line, plain in zip(markdown.split("\n"), without_blocks(markdown).split("\n")):
        item = re.match(r"[-*] |\d+\. " if indent else r"[-*] |1\. ", plain)
        if item:
            if before and (not indent or block_is_indented):
                written.append("")
                block_is_indented = False
            indent = 4 - len(item[0])
        elif plain.startswith("|") and before and before[0] != "|":
            written.append("")
        elif plain.startswith(" ") and indent:
            line = " " * indent + line
        elif plain and not before:
            indent = 0
        if plain and not before:
            block_is_indented = plain.startswith(" ")
        written.append(line)
        before = plain.strip()
    return "\n".join(written)


def site_path(path):
    """Where a file or folder of the repository is on the site; None for what is none of its."""
    if path == docs:
        return "index.md"
    if docs in path.parents:
        return path.relative_to(docs).as_posix()
    if root not in path.parents or not path.exists():
        return None
    return ("repository" / path.relative_to(root) / ("README.md" if path.is_dir() else "")).as_posix()


def real_path(site):
    return pathlib.Path(os.path.normpath(root / site.removeprefix("repository/") if site.startswith("repository/") else docs / site))


def listing(path):
    """A page of a folder that has none of its own."""
    rows = [f"- [{entry.name}]({entry.name})" if entry.is_file() else f"- {entry.name}/"
            for entry in sorted(path.iterdir()) if not entry.name.startswith((".", "__"))]
    return f"# {path.relative_to(root)}/\n\n" + "\n".join(rows) + "\n"


def source(site):
    if site in listings:
        return listing(listings[site])
    return real_path(site).read_text()


def on_files(files, config):
    there = {file.src_path for file in files}
    new = [site_path(path) for path in (root / "README.md", root / "HACKING.md", *root.glob("results/*/README.md"))]
    read = [path for path in there if path.endswith(".md")]
    while new or read:
        for site in sorted(set(new) - there):
            there.add(site)
            if not real_path(site).exists():
                listings[site] = real_path(site).parent
            files.append(File(site, folder.name, config["site_dir"], config["use_directory_urls"]))
            if site.endswith(".md"):
                read.append(site)
        new = []
        while read:
            site = read.pop()
            for found in links(source(site)):
                target = site_path(pathlib.Path(os.path.normpath(real_path(site).parent / found["target"])))
                if target is not None and target.startswith("repository/"):
                    new.append(target)
        new = [site for site in new if site not in there]
    return files


def with_scripts_that_are_there(html, config):
    """Debian 12's theme asks for another jQuery than the one it has, and for scripts that it has not."""
    scripts = [file.name for folder in config["theme"].dirs for file in pathlib.Path(folder, "js").glob("*.js")]

    def mended(found):
        if found["name"] in scripts:
            return found[0]
        instead = next((name for name in scripts if name.startswith("jquery") and found["name"].startswith("jquery")), None)
        return found[0].replace(found["name"], instead) if instead else ""

    return re.sub(r'<script src="[^"]*?js/(?P<name>[^"/]+)"[^>]*></script>', mended, html)


def on_post_page(output, page, config):
    return with_scripts_that_are_there(output, config)


def on_post_template(output_content, template_name, config):
    return with_scripts_that_are_there(output_content, config) if template_name.endswith(".html") else output_content


def on_post_build(config):
    """The page for what is not there is for servers, and the theme's has links that lead nowhere without one."""
    pathlib.Path(config["site_dir"], "404.html").unlink(missing_ok=True)


def on_page_read_source(page, config):
    return listing(listings[page.file.src_path]) if page.file.src_path in listings else None


def on_page_markdown(markdown, page, config, files):
    """Links that leave a page's own tree lead to where their target is on the site."""
    site = page.file.src_path
    here = real_path(site).parent
    for found in reversed(links(markdown)):
        target = site_path(pathlib.Path(os.path.normpath(here / found["target"])))
        if target is not None:
            relative = os.path.relpath(target, os.path.dirname(site) or ".")
            markdown = markdown[: found.start("target")] + relative + markdown[found.end("target") :]
    return as_python_markdown(markdown)
