"""mutants.py HEADER FOLDER: writes FOLDER/<name>/pebench.h, each the header with one break of the contract, and
FOLDER/comment/pebench.h with a difference that is none. Prints the names."""

import sys
from pathlib import Path

MUTANTS = {
    "comment": ("/* encoder blocks */", "/* blocks of the encoder */"),
    "inserted_member": ("  int64_t batch, length, width;", "  int64_t early;\n  int64_t batch, length, width;"),
    "appended_member": ("is the position of candidates */\n", "is the position of candidates */\n  uint32_t more, still_more;\n"),
    "removed_member": ("  void (*release)(peb_scope *, peb_tensor);", ""),
    "swapped_members": ("double a, b;", "double b, a;"),
    "renamed_member": ("uint32_t layer;", "uint32_t block;"),
    "retyped_member": ("  uint32_t n_layers;", "  int32_t  n_layers;"),
    "retyped_argument": ("(*dropout)(peb_scope *, peb_tensor, double p)", "(*dropout)(peb_scope *, peb_tensor, float p)"),
    "mutable_argument": ("peb_status, const char *message", "peb_status, char *message"),
    "retyped_typedef": ("typedef uint32_t peb_param;", "typedef int32_t peb_param;"),
    "changed_code": ("PEB_COS = 6", "PEB_COS = 60"),
    "renamed_code": ("PEB_SIGMOID = 9", "PEB_LOGISTIC = 9"),
    "appended_code": ("PEB_EQ = 10", "PEB_EQ = 10, PEB_NE = 11"),
}


def main(header, folder):
    text = Path(header).read_text(encoding="utf-8")
    for name, (old, new) in MUTANTS.items():
        if text.count(old) != 1:
            sys.exit(f"mutants.py: {old!r} occurs {text.count(old)} times in {header}: adapt the mutant {name}")
        path = Path(folder) / name / "pebench.h"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
