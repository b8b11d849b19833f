"""JSON documents of results, which carry the digest of themselves (docs/records.md, Digests)."""
from __future__ import annotations

import hashlib
import json
import pathlib

from .errors import Damaged, ResultsError


class _Literal(float):
    """A number that remembers how it was written: the digest is of these digits, which Python would write otherwise."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number


def _canonical(value):
    """JSON in one line without blanks, keys sorted."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{_canonical(key)}:{_canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    if isinstance(value, _Literal):
        return value.text
    return json.dumps(value, ensure_ascii=False)


def _holds(text):
    """Whether a document fits its digest; those of older versions have none."""
    document = json.loads(text, parse_float=_Literal)
    digest = document.pop("digest", None)
    return digest is None or digest == hashlib.sha256(_canonical(document).encode()).hexdigest()


def read_document(path: pathlib.Path, schemas: tuple[int, ...]) -> dict:
    """The document without its digest. Raises ResultsError where it cannot be read or has another schema, Damaged where it is
    no JSON object or does not fit its digest."""
    try:
        text = path.read_bytes().decode("utf-8")
        document = json.loads(text)
    except OSError as error:
        raise ResultsError(f"cannot read {path}: {error.strerror}") from None
    except ValueError as error:  # UnicodeDecodeError and JSONDecodeError are ones
        raise Damaged(f"{path} is not JSON ({error})") from None
    if not isinstance(document, dict):
        raise Damaged(f"{path} is no JSON object")
    if not _holds(text):
        raise Damaged(f"{path} is not as it was written, it does not fit its digest")
    if document.get("schema") not in schemas:
        raise ResultsError(f"{path} has the schema {document.get('schema')}, this reads {', '.join(map(str, schemas))}: take the "
                           "pebench_results of the version that wrote it")
    document.pop("digest", None)
    return document
