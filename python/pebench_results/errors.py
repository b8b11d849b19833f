class ResultsError(Exception):
    """Results that cannot be read; one sentence that names the file or the value."""


class Damaged(ResultsError):
    """A file of results is not as it was written, or is missing where another says that it is there."""
