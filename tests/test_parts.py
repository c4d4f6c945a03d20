"""The parts of `make test`: a misspelt one is refused, and none of its folders is missing."""

from __future__ import annotations

import pytest

from tests import parts


def test_a_name_that_is_no_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing ran is not everything passed."""
    assert parts.main(["trust", "unti"]) == 2
    assert "no part is called unti" in capsys.readouterr().out


def test_every_file_that_a_part_names_is_there() -> None:
    named = {word.removeprefix("--ignore=") for part in parts.PARTS for word in part.command}
    missing = [word for word in named if word.startswith("tests/") and not (parts.REPOSITORY / word).exists()]
    assert missing == []
