"""What a trial recommends to a few of its test users (docs/records.md, Recommendations)."""
from __future__ import annotations

import pathlib

from .columns import read_kept

_SCHEMA = 1


def _parsed(header, columns):
    users = columns.next_ascending()
    places = [columns.next() for _ in range(header["places"])]
    return {user: [place[index] for place in places if place[index]] for index, user in enumerate(users)}


def read_recommendations(path: pathlib.Path, trial: str, digest: str) -> dict[int, list[int]]:
    """{user: items}, the best first. Raises as read_kept does."""
    return read_kept(path, trial, digest, _SCHEMA, _parsed)
