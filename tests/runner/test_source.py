"""Cells become plain Python: as IPython has it, in time that grows with the cell, whatever stands in it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from course_lib.runner import source
from course_lib.runner.source import notebook_submission, read_submission

MAGICS = {
    "a line magic": "%matplotlib inline\nx = 1\n",
    "a shell command": "!ls -l 'a\nx = 1\n",
    "in a loop": "for i in range(3):\n    %timeit i\n    !echo {i}\n    x = i\n",
    "assigned": "files = !ls\nwhen = %time 3\nx = 1\n",
    "in a string": "s = '''\n%no magic\n!none\n'''\n%time x\n",
    "help": "x?\n?x\nx??\nstr.upper?\n",
    "modulo and not equal": "y = 7 % 2 != 1\n%time y\n",
    "a cell magic": "%%time\nx = 1\n%time x\n",
    "brackets over lines": "f(\n    1,\n    2 %\n    3,\n)\n!ls\n",
    "goes on": "!ls \\\n  -l \\\n  -a\nx = 1\n",
    "unclosed quotes": '!echo """\nx = 1\n!echo (\ny = 2\n',
    "prompts": ">>> x = 1\n>>> %time x\n",
    "a comment": "# %time\n%time x  # why?\n",
    "nothing but a magic": "%time",
    "await": "await f()\n%time x\n",
    "empty": "\n\n%time x\n\n",
}


@pytest.mark.parametrize("cell", MAGICS.values(), ids=MAGICS)
def test_magics_are_translated_as_ipython_does(cell: str) -> None:
    """Statement by statement, to the same code."""
    ours, theirs = source._without_magics(cell), TransformerManager().transform_cell(cell)

    assert _code(ours) == _code(theirs)


def _code(text: str) -> str:
    return ast.dump(compile(text, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))  # type: ignore[arg-type]  # an AST it is


@pytest.mark.parametrize("line", ["%time f({})", "!echo it's {}", "x{} = !ls", "f{}?"])
def test_the_work_grows_with_the_number_of_magics(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six hundred cost three times what two hundred cost, counted in lines that the tokenizer read."""
    from IPython.core import inputtransformer2

    read: list[str] = []
    original = inputtransformer2.make_tokens_by_line

    class Counted(list[str]):
        def __iter__(self) -> Iterator[str]:
            for line in super().__iter__():
                read.append(line)
                yield line

    monkeypatch.setattr(inputtransformer2, "make_tokens_by_line", lambda lines: original(Counted(lines)))
    work = []
    for count in (200, 600):
        read.clear()
        text = source._without_magics("".join(line.format(number) + "\n" for number in range(count)))
        assert text.count("get_ipython()") == count
        work.append(len(read))

    assert work[1] < 4 * work[0]


@pytest.mark.parametrize("cell", ["x = " + "-" * 100_000 + "1", "(" * 50_000, "!" * 20_000, "%" + "(" * 9_000, "\0"])
def test_what_python_cannot_read_is_left_as_it_is(cell: str) -> None:
    """No cell ends the process that reads it."""
    [kept] = notebook_submission([("cell 1", cell)]).cells

    assert kept.label == "cell 1"


@pytest.mark.parametrize("metadata", [None, [], 5, {"tags": 5}, {"tags": "check"}, {"tags": [["check"], None, 3]}])
def test_metadata_of_another_form_tag_no_cell(tmp_path: Path, metadata: object) -> None:
    """JupyterLab runs such a cell, so it counts."""
    plain = {"cell_type": "code", "metadata": metadata, "source": "x = 1"}
    (tmp_path / "one.ipynb").write_text(json.dumps({"cells": [plain], "nbformat": 4}))

    assert [cell.source for cell in read_submission(tmp_path / "one.ipynb").cells] == [b"x = 1"]
