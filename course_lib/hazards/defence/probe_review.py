"""Reports a review as it was written down, and what its demonstrations do on one module."""

from __future__ import annotations

from typing import Any


def findings(subject: list[Any], _case: dict[str, Any]) -> dict[str, Any]:
    """`{"findings": the list}`, as plain data."""
    return {"findings": subject}


def demonstrations(subject: dict[Any, Any], _case: dict[str, Any]) -> dict[str, Any]:
    """`{"claims": the numbers upheld}`."""
    return {"claims": list(subject)}
