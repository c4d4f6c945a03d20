"""The source of a lesson's cell, by the lesson's stem and the cell's id."""

from __future__ import annotations

import json
from pathlib import Path

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def cell(stem: str, name: str) -> str:
    """Raises StopIteration where the lesson has no such cell."""
    cells = json.loads((NOTEBOOKS / f"{stem}.ipynb").read_text("utf-8"))["cells"]
    return next("".join(one["source"]) for one in cells if one["id"] == name)
