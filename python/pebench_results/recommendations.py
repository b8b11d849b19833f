"""What a trial recommends to a few of its test users (docs/records.md, Recommendations)."""
from __future__ import annotations

import json
import pathlib

from .columns import Columns, kept_content
from .errors import Damaged, ResultsError

_SCHEMA = 1


def _parsed(content, trial):
    line, _, rest = content.partition(b"\n")
    header = json.loads(line)
    if header["schema"] != _SCHEMA:
        raise ResultsError(f"the recommendations have the schema {header['schema']}, this reads {_SCHEMA}")
    if header["trial"] != trial:
        raise ValueError(f"they are of the trial {header['trial']}")
    columns = Columns(rest, header["users"])
    users = columns.next_ascending()
    places = [columns.next() for _ in range(header["places"])]
    columns.finish()
    return {user: [place[index] for place in places if place[index]] for index, user in enumerate(users)}


def read_recommendations(path: pathlib.Path, trial: str, digest: str) -> dict[int, list[int]]:
    """{user: items}, the best first. Raises Damaged where the file is missing, is not what the digest is of, or is another trial's."""
    content = kept_content(path, digest)
    try:
        return _parsed(content, trial)
    except ResultsError as error:
        raise ResultsError(f"{path}: {error}") from None
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(f"{path} holds no recommendations ({error})") from None
