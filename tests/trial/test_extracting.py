"""Which part of an answer is the program, and whether it defines what was asked for."""

from __future__ import annotations

import pytest

from course_lib.trial.extracting import code_in, defines

ONE, TWO = "x = 1\n", "x = 2\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"Here:\n```python\n{ONE}```\n", ONE),
        (f"```py\n{ONE}```\n```python3\n{TWO}```", TWO),
        (f"```Python title=a.py\n{ONE}```", ONE),
        (f"```python:main.py\n{ONE}```", ONE),
        (f"```\n{ONE}```\n", ONE),
        (f"```python\n{ONE}```\n```\npip install this\n```\n", ONE),
        (f"```python\n{ONE}```\n```sh\nls\n```\n```json\n1\n```\n", ONE),
        (f"```python\n{ONE}```\n```\n{TWO}```\n", TWO),
        (f"~~~python\n{ONE}~~~\n", ONE),
        (f"~~~python\n{ONE}```\n~~~\n", f"{ONE}```\n"),
        (f"````python\nx = '''\n```\n'''\n{ONE}````\n", f"x = '''\n```\n'''\n{ONE}"),
        (f"```python\n{ONE}", ONE + "\n"),
        (f"- first\n\n  ```python\n  {ONE}  ```\n", ONE),
        (f"````markdown\nText\n```python\n{ONE}```\n````\n", ONE),
        (f"````text\n```python\n{ONE}```\n````\n", None),
        (f"```python\r\n{ONE}```\r\n", ONE),
        (ONE, ONE),
        (f'"""Usage:\n```\n2\n```\n"""\n{ONE}', f'"""Usage:\n```\n2\n```\n"""\n{ONE}'),
        ("I can't help with that.", None),
        ("Use ```python x``` here", None),
        ("", ""),
        ("```python\n", "\n"),
    ],
)
def test_the_last_block_of_python_is_the_program(text: str, code: str | None) -> None:
    found = code_in(text.encode(), ".md")
    assert (None if found is None else found.decode()) == code


def test_a_python_file_is_the_program_as_it_is() -> None:
    assert code_in(b"\xef\xbb\xbf```python\n", ".py") == b"\xef\xbb\xbf```python\n"


def test_bytes_that_are_no_text_harm_nobody() -> None:
    assert code_in(b"\xff\n```python\nx = 1\n```", ".txt") == b"x = 1\n"


@pytest.mark.parametrize(
    "code",
    [
        "def f(): ...",
        "async def f(): ...",
        "class f: ...",
        "f = 1",
        "from m import g as f",
        "import f.g",
        "if True:\n    def f(): ...",
        "try:\n    import f\nexcept ImportError:\n    f = None",
        "# coding: latin-1\ndef f(): return 'é'",
    ],
)
def test_what_defines_the_name(code: str) -> None:
    assert defines(code.encode("latin-1" if "latin" in code else "utf-8"), "f")


@pytest.mark.parametrize(
    "code", ["", "f", "f.g = 1", "def g():\n    def f(): ...", "class A:\n    f = 1", "def f(:", "f = 1\0", "(" * 9999]
)
def test_what_does_not(code: str) -> None:
    assert not defines(code.encode(), "f")
