"""What the pages of a class have that no other report has: marks, bars, pairs of answers, and a status in words."""

from __future__ import annotations

from html import escape

STYLE = """
.marks td, .marks th { text-align: center; padding: .2rem .4rem; }
.marks th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
.marks th { vertical-align: bottom; }
.marks tbody tr:nth-child(even) { background: var(--soft); }
.reasons { width: 100%; }
.reasons td:first-child { width: 3rem; } .reasons td:nth-child(3) { width: 28%; }
.marks th:first-child, .marks td:first-child { text-align: left; white-space: nowrap; }
.pass { color: color-mix(in srgb, var(--good) 70%, CanvasText); font-weight: 600; }
.fail, .error { color: color-mix(in srgb, var(--bad) 70%, CanvasText); font-weight: 600; }
.unmeasured { font-style: italic; }
.bar { display: flex; width: 16rem; height: 1.1rem; border: 1px solid var(--line); }
.bar i { display: block; height: 100%; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bar .g { background: var(--good); } .bar .u { background: var(--open); }
.bar .b { background: repeating-linear-gradient(45deg, var(--bad) 0 4px, transparent 4px 7px); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
.pair > div { border: 1px solid var(--line); padding: .5rem; min-width: 0; background: var(--soft); }
@media print {
  .pair, details { break-inside: avoid; } .bar { width: 8rem; }
  .marks { font-size: 8.5pt; } .marks td, .marks th { padding: .05rem .15rem; }
  .marks tbody tr { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (max-width: 40rem) { .pair { grid-template-columns: 1fr; } .bar { width: 7rem; } }
"""
SCREEN = """
body { font-size: 19px; }
"""
WORDS = {
    "pass": "passed",
    "fail": "not yet",
    "error": "could not run",
    "unmeasured": "unmeasured",
    "skipped": "skipped",
}


def status(name: str) -> str:
    """A status in words that colour only underlines."""
    return f'<span class="{escape(name)}">{escape(WORDS.get(name, name))}</span>'
