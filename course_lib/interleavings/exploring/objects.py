"""The program's objects in one run: how they are told apart from one another, and known again in the next run."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any


class Objects:
    """Everything here is kept by the object's id, which stays its own because the object is kept alive."""

    __slots__ = ("aliases", "kept", "labels", "views")

    def __init__(self) -> None:
        self.kept: dict[int, Any] = {}
        self.labels: dict[int, Hashable] = {}
        self.aliases: dict[int, Any] = {}  # an instance's __dict__ -> the instance
        self.views: dict[int, Any] = {}  # a dict's view -> the dict
