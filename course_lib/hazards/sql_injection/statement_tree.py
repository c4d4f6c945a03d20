"""What a value did to a statement, as a tree: the parts it added, the parts it cut off, the parts that stayed.

The tree is sqlglot's, with every value as `?` and each simple condition on one line. Two trees are compared part by
part, so a condition that moved one level down under a new OR is not reported as new. The same comparison is drawn as a
picture and told as text; added parts carry a plus and a solid frame, lost ones a minus and a dashed frame.

What it can't show: a statement that sqlglot can't read, and which of two equal parts is the new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import groupby
from typing import Any, Literal

from course_lib.instruments.sql_structure import structure
from course_lib.widgets.page import INK, SKY, VERMILION, legible, picture

Fate = Literal["kept", "added", "lost"]
LONGEST_LABEL = 64
_SIGNS: dict[Fate, str] = {"kept": " ", "added": "+", "lost": "-"}


@dataclass(frozen=True)
class Part:
    """One line of a tree: how deep it stands, what it says, and what became of it."""

    depth: int
    label: str
    fate: Fate = "kept"

    def __str__(self) -> str:
        return f"{_SIGNS[self.fate]} {'  ' * self.depth}{self.label}"


def compare_trees(before: str, after: str) -> list[Part]:
    """The parts of `after` in order, those of `before` that are gone among them.

    Statements that sqlglot can't read are compared as the plain sequence of their tokens.
    """
    old, new = _parts(before), _parts(after)
    if old and new:
        return _differences(old, new)
    return _joined(_differences(*([Part(0, token) for token in structure(sql)] for sql in (before, after))))


def _differences(old: list[Part], new: list[Part]) -> list[Part]:
    before, after = ([part.label for part in parts] for parts in (old, new))
    found: list[Part] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += new[k:m]
            continue
        lost = [Part(part.depth, part.label, "lost") for part in old[i:j]]
        added = [Part(part.depth, part.label, "added") for part in new[k:m]]
        deeper_first = bool(lost and added and added[0].depth > lost[0].depth)
        found += added + lost if deeper_first else lost + added
    return found


def _joined(parts: list[Part]) -> list[Part]:
    """Neighbours of one fate as one part; of a long run the end is shown, next to what follows it."""
    runs = [(fate, " ".join(part.label for part in run)) for fate, run in groupby(parts, key=lambda part: part.fate)]
    return [
        Part(0, text if len(text) <= LONGEST_LABEL else f"… {text[2 - LONGEST_LABEL :]}", fate) for fate, text in runs
    ]


def in_words(parts: list[Part]) -> str:
    """One sentence: what was added and what was cut off."""
    added = [part.label for part in parts if part.fate == "added"]
    lost = [part.label for part in parts if part.fate == "lost"]
    if not added and not lost:
        return "Same structure: the value stayed data."
    told = ["added " + ", ".join(map(_in_quotes, added))] if added else []
    told += ["cut off " + ", ".join(map(_in_quotes, lost))] if lost else []
    return f"The value changed the statement: {'; '.join(told)}."


def _in_quotes(label: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}"


def _parts(sql: str) -> list[Part]:
    """The lines of sqlglot's tree; none where it can't read the statement."""
    import sqlglot  # here, because it takes a tenth of a second and only this view needs it
    from sqlglot.errors import SqlglotError

    try:
        trees = sqlglot.parse(sql, read="sqlite")
    except (SqlglotError, RecursionError):
        return []
    return [part for tree in trees if tree is not None for part in _lines(tree, 0) if part.label]


def _lines(node: Any, depth: int) -> Iterator[Part]:
    """The node's own line and those of the conditions and queries inside it."""
    from sqlglot import exp

    if isinstance(node, exp.Paren | exp.Subquery):
        yield from _lines(node.this, depth)
    elif isinstance(node, exp.SetOperation):
        yield Part(depth, node.key.upper())
        yield from _lines(node.this, depth + 1)
        yield from _lines(node.expression, depth + 1)
        yield from _clauses(node, depth)
    elif isinstance(node, exp.Select):
        yield Part(depth, _label("SELECT " + ", ".join(_text(one) for one in node.expressions)))
        yield from _clauses(node, depth + 1)
    elif isinstance(node, exp.And | exp.Or | exp.Not):
        yield Part(depth, node.key.upper())
        for child in node.iter_expressions():
            yield from _lines(child, depth + 1)
    else:
        yield Part(depth, _label(_text(node)))
        for query in _queries_in(node):
            yield from _lines(query, depth + 1)


def _clauses(node: Any, depth: int) -> Iterator[Part]:
    for name in ("from_", "from", "joins", "where", "group", "having", "order", "limit", "offset"):
        clause = node.args.get(name)
        if name == "where" and clause is not None:
            yield Part(depth, "WHERE")
            yield from _lines(clause.this, depth + 1)
        elif clause:
            for one in clause if isinstance(clause, list) else [clause]:
                yield Part(depth, _label(_text(one).strip()))
                for query in _queries_in(one):
                    yield from _lines(query, depth + 1)


def _queries_in(node: Any) -> list[Any]:
    from sqlglot import exp

    return [query.this for query in node.find_all(exp.Subquery) if query is not node]


def _text(node: Any) -> str:
    """The node as SQL, values as `?`, queries inside as `(…)`, comments left out."""
    from sqlglot import exp

    def blank(one: Any) -> Any:
        if isinstance(one, exp.Literal | exp.Placeholder | exp.Parameter | exp.Null | exp.HexString):
            return exp.Placeholder()
        if isinstance(one, exp.Neg) and isinstance(one.this, exp.Literal):
            return exp.Placeholder()
        return exp.to_identifier("(…)") if isinstance(one, exp.Subquery) else one

    return str(node.copy().transform(blank).sql(dialect="sqlite", comments=False)).replace('"(…)"', "(…)")


def _label(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"


def text(parts: list[Part]) -> str:
    """The comparison as an indented text."""
    return "\n".join(str(part).rstrip() for part in parts)


_ROW, _STEP, _LEFT, _LETTER = 26, 26, 8, 7.85
_STROKES: dict[Fate, str] = {
    "kept": f'stroke="{INK}" stroke-opacity="0.6" fill="none"',
    "added": f'stroke="{legible(VERMILION)}" stroke-width="2" fill="{VERMILION}" fill-opacity="0.22"',
    "lost": f'stroke="{legible(SKY)}" stroke-width="1.5" stroke-dasharray="4 3" fill="none"',
}
_INKS: dict[Fate, str] = {
    "kept": "",
    "added": ' font-weight="bold"',
    "lost": ' text-decoration="line-through" fill-opacity="0.8"',
}
_MARKS: dict[Fate, str] = {"kept": "", "added": "+ ", "lost": "− "}


def svg(parts: list[Part]) -> str:
    """The comparison as a picture, as wide as its longest part."""
    width = max((_right(part) for part in parts), default=100) + 16
    drawn = [_elbow(parts, place) for place in range(len(parts))] + [_box(part, row) for row, part in enumerate(parts)]
    return picture(width, len(parts) * _ROW + 8, in_words(parts), drawn, "font:13px monospace;max-width:none")


def _width(part: Part) -> float:
    return len(_MARKS[part.fate] + part.label) * _LETTER + 14


def _right(part: Part) -> float:
    return _LEFT + part.depth * _STEP + _width(part)


def _box(part: Part, row: int) -> str:
    x, y = _LEFT + part.depth * _STEP, row * _ROW + 6
    return (
        f'<rect x="{x}" y="{y}" width="{_width(part):.1f}" height="20" rx="3" {_STROKES[part.fate]}/>'
        f'<text x="{x + 7}" y="{y + 14.5}" fill="{INK}"{_INKS[part.fate]} xml:space="preserve">'
        f"{_MARKS[part.fate]}{escape(part.label)}</text>"
    )


def _elbow(parts: list[Part], place: int) -> str:
    """The line from a part's parent, the nearest shallower part above it."""
    part = parts[place]
    wrong = "added" if part.fate == "lost" else "lost"  # a lost part hangs from the old tree, others from the new
    rows = (row for row in range(place - 1, -1, -1) if parts[row].fate != wrong)
    above = next((row for row in rows if parts[row].depth < part.depth), None)
    if above is None:
        return ""
    x, y = _LEFT + parts[above].depth * _STEP + 10, above * _ROW + 26
    return (
        f'<path d="M{x} {y}V{place * _ROW + 16}H{_LEFT + part.depth * _STEP}" fill="none" '
        f'stroke="{INK}" opacity="0.5"/>'
    )
