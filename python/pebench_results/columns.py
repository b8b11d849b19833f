"""Files beside a record: gzip, a line of JSON, and then columns of numbers, a number a user (docs/records.md, Ranks)."""
from __future__ import annotations

import gzip
import hashlib
import json
import pathlib
import zlib

from .errors import Damaged, ResultsError


def kept_content(path: pathlib.Path, digest: str) -> bytes:
    """The content, uncompressed. Raises Damaged where the file is missing or is not what the record's digest is of."""
    try:
        content = gzip.decompress(path.read_bytes())
    except FileNotFoundError:
        raise Damaged(f"{path} is missing, to which record.json beside it belongs") from None
    except (OSError, EOFError, zlib.error) as error:
        raise Damaged(f"{path} cannot be read ({error})") from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise Damaged(f"{path} does not fit the digest in record.json beside it")
    return content


def read_kept(path: pathlib.Path, trial: str, digest: str, schema: int, parse):
    """What parse(header, columns) makes of the file. Raises ResultsError for another schema, Damaged where the file is missing, is not
    what the digest is of, is another trial's, or is not what parse reads."""
    line, _, rest = kept_content(path, digest).partition(b"\n")
    try:
        header = json.loads(line)
        if header["schema"] != schema:
            raise ResultsError(f"{path}: it has the schema {header['schema']}, this reads {schema}")
        if header["trial"] != trial:
            raise ValueError(f"it is of the trial {header['trial']}")
        columns = Columns(rest, header["users"])
        found = parse(header, columns)
        columns.finish()
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(f"{path} cannot be read ({error})") from None
    return found


class Columns:
    """Takes columns off the front of what is left of a file."""

    def __init__(self, content, users):
        self.rest, self.users = memoryview(content), users

    def taken(self, size):
        if len(self.rest) < size:
            raise ValueError("it is cut short")
        front, self.rest = self.rest[:size], self.rest[size:]
        return front

    def next(self):
        width = self.taken(1)[0]
        if width > 4:
            raise ValueError("a column is too wide")
        column = [0] * self.users
        for plane in range(width):
            column = [value | byte << 8 * plane for value, byte in zip(column, self.taken(self.users))]
        return column

    def next_ascending(self):
        """Numbers that are kept as the differences to the one before less 1."""
        numbers, last = [], -1
        for step in self.next():
            last += step + 1
            numbers.append(last)
        return numbers

    def finish(self):
        if self.rest:
            raise ValueError("it goes on behind its end")
