from __future__ import annotations


def _shown(value):
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{key} = {inner}" for key, inner in value.items())
    return f"{value:.4f}" if isinstance(value, float) else str(value)


class Table:
    """Rows, each a dict with the same keys. print() shows them in columns."""

    def __init__(self, columns: list[str], rows: list[dict]):
        self.columns, self.rows = columns, rows

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        return self.rows[index]

    def __str__(self):
        lines = [self.columns] + [[_shown(row[column]) for column in self.columns] for row in self.rows]
        widths = [max(map(len, cells)) for cells in zip(*lines)]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)

    def to_pandas(self):
        """A pandas.DataFrame. Raises ImportError where pandas is not installed."""
        import pandas

        return pandas.DataFrame(self.rows, columns=self.columns)
