"""A schedule to step through: a lane a thread, the source lines, the values, a slider and a Play button.

    Replay(find_race(UserCounter, [UserCounter.increment] * 2, holds).trace)

`print` shows all of it as text; where no widget can live, the whole schedule is one static picture. A write that
was computed from a value another thread has changed since is joined to the step that read it by an arrow: the lost
update. The lanes share the width of a page; what a step says is broken into lines where its lane is too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import accumulate
from textwrap import wrap
from typing import Any

import anywidget
import traitlets

from course_lib.interleavings.telling.trace import Step, Trace
from course_lib.widgets.page import BLUE, GREEN, INK, PINK, VERMILION, LiveView, legible, picture, stored

PAGE = 720  # pixels: what JupyterLab leaves an output in a window of 900
NARROWEST, WIDEST = 190, 330  # of a lane
LINE, BETWEEN, TOP, LEFT = 17, 9, 46, 52
LETTER = 7.85  # the width of a letter of 13 pixels, in the widest of the usual fonts
_COLOURS = (BLUE, VERMILION, GREEN, PINK)
_PAPER = "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;max-width:none"

_PAGE = """
function render({ model, el }) {
  const [box, picture, bar, told] = [1, 2, 3, 4].map(() => document.createElement("div"));
  const play = document.createElement("button"), slider = document.createElement("input");
  const last = model.get("last");
  box.style.cssText = "color:var(--jp-ui-font-color1)";
  picture.style.cssText = "overflow-x:auto";
  picture.innerHTML = model.get("picture");
  bar.style.cssText = "display:flex;gap:.8em;align-items:center;margin:.4em 0";
  Object.assign(play, { type: "button" });
  play.className = "jupyter-button";
  play.style.cssText = "width:5.5em";
  Object.assign(slider, { type: "range", min: 0, max: last, step: 1 });
  slider.style.cssText = "width:min(30em,50vw)";
  slider.setAttribute("aria-label", "Step of the schedule");
  told.setAttribute("role", "status");
  told.style.cssText = "font-family:var(--jp-code-font-family);white-space:pre-wrap;min-height:1.5em";
  bar.append(play, slider);
  box.append(bar, told, picture);
  el.append(box);
  let timer = null;
  const draw = () => {
    const step = model.get("step");
    slider.value = step;
    slider.setAttribute("aria-valuetext", model.get("words")[step]);
    told.textContent = model.get("words")[step];
    for (const part of picture.querySelectorAll("[data-step]"))
      part.style.opacity = Number(part.dataset.step) <= step ? 1 : 0.18;
    for (const part of picture.querySelectorAll("[data-cursor]"))
      part.style.visibility = Number(part.dataset.cursor) === step ? "visible" : "hidden";
  };
  const go = step => { model.set("step", step); model.save_changes(); draw(); };
  const stop = () => { clearInterval(timer); timer = null; play.textContent = "Play"; };
  const start = () => {
    if (model.get("step") >= last) go(0);
    play.textContent = "Pause";
    timer = setInterval(() => {
      go(Math.min(last, model.get("step") + 1));
      if (model.get("step") >= last) stop();
    }, 900);
  };
  play.addEventListener("click", () => timer === null ? start() : stop());
  slider.addEventListener("input", () => { stop(); go(Number(slider.value)); });
  slider.addEventListener("keydown", event => { if (event.key.startsWith("Arrow")) event.stopPropagation(); });
  model.on("change:step", draw);
  stop();
  draw();
  return () => { stop(); model.off("change:step", draw); };
}
export default { render };
"""


class _Stepping(anywidget.AnyWidget):
    """The picture with its slider; `step` 0 is before the first step."""

    _esm = _PAGE
    step = traitlets.Int(0).tag(sync=True)
    last = traitlets.Int(0).tag(sync=True)
    words: Any = traitlets.List().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)


class Replay(LiveView):
    """A trace, or the `evidence` of a verdict, to step through; at first it stands at its end."""

    def __init__(self, trace: Trace | dict[str, Any]) -> None:
        self.trace = trace if isinstance(trace, Trace) else trace_of(trace)
        last = len(self.trace.steps)
        self._stepping = _Stepping(step=last, last=last, words=_words(self.trace), picture=svg(self.trace))

    @property
    def by_hand(self) -> str:
        return ""  # all steps stand in the picture

    @property
    def widget(self) -> Any:
        return self._stepping

    def __str__(self) -> str:
        return str(self.trace)

    def to_html(self) -> str:
        return stored(svg(self.trace), str(self.trace))


def trace_of(plain: dict[str, Any]) -> Trace:
    """The trace in a verdict's evidence, or in its own plain form."""
    inner = plain.get("trace", plain)
    steps = [{name: value for name, value in step.items() if name != "words"} for step in inner["steps"]]
    return Trace.from_plain({**inner, "steps": steps})


def _words(trace: Trace) -> list[str]:
    start = f"before the first of {len(trace.steps)} steps"
    return [start, *(f"step {step.n}: {step.thread} {_at(step)}{step.in_words()}" for step in trace.steps)]


def _at(step: Step) -> str:
    return f"(line {step.line}) " if step.line else ""


@dataclass(frozen=True)
class _Sheet:
    """Where the steps of one trace lie: a lane a thread, and for each step its lines of words and its height."""

    trace: Trace
    lane: float
    words: list[list[str]]
    tops: list[float]

    @property
    def bottom(self) -> float:
        return self.tops[-1]

    @property
    def right(self) -> float:
        return self.x(len(self.trace.threads))

    def x(self, lane: int) -> float:
        return LEFT + lane * self.lane

    def y(self, n: int) -> float:
        """The base of the first line of step `n`."""
        return self.tops[n - 1] + 16

    def lane_of(self, step: Step) -> int:
        return self.trace.threads.index(step.thread)


def _sheet(trace: Trace) -> _Sheet:
    said = [_said(step) for step in trace.steps]
    longest = max(map(len, said), default=0) * LETTER + 34
    room = (PAGE - LEFT) / max(1, len(trace.threads))
    lane = max(NARROWEST, min(room, max(longest, WIDEST)))
    words = [wrap(one, int((lane - 30) / LETTER), subsequent_indent="  ") or [""] for one in said]
    tops = list(accumulate((LINE * len(lines) + BETWEEN for lines in words), initial=float(TOP)))
    return _Sheet(trace, lane, words, tops)


def _said(step: Step) -> str:
    words = step.in_words().split("  (computed")[0]
    return f"{step.line}  {words}" if step.line else words


def svg(trace: Trace) -> str:
    """The schedule drawn: steps from top to bottom, a lane a thread, the source lines below."""
    sheet, lines = _sheet(trace), _source_lines(trace)
    longest = max((len(text) for _, _, text in lines), default=0)
    width = max(sheet.right, 8 + (longest + 7) * LETTER) + 10
    height = sheet.bottom + 24 + LINE * (len(lines) + 1)
    parts = [_lanes(sheet), *(_row(sheet, step) for step in trace.steps), *_arrows(sheet)]
    words = f"A schedule of {len(trace.steps)} steps; the text beside it says the same"
    return picture(width, height, words, [*parts, _source(lines, sheet.bottom + 34)], _PAPER)


def _colour(lane: int) -> str:
    return legible(_COLOURS[lane % len(_COLOURS)])


def _lanes(sheet: _Sheet) -> str:
    return "".join(
        f'<text x="{sheet.x(lane) + 14}" y="24" font-weight="bold">{escape(name)}</text>'
        f'<line x1="{sheet.x(lane)}" y1="32" x2="{sheet.x(lane)}" y2="{sheet.bottom}" stroke="{_colour(lane)}" '
        f'stroke-width="3"/>'
        for lane, name in enumerate(sheet.trace.threads)
    )


def _row(sheet: _Sheet, step: Step) -> str:
    lane, y, lines = sheet.lane_of(step), sheet.y(step.n), sheet.words[step.n - 1]
    x, colour = sheet.x(lane), _colour(lane)
    switch = (
        f'<line x1="{LEFT - 44}" y1="{y - 18}" x2="{sheet.right}" y2="{y - 18}" stroke="{INK}" '
        f'stroke-dasharray="2 5" opacity="0.55"/>'
        if step.switch
        else ""
    )
    weight = ' font-weight="bold"' if step.stale or step.kind in ("blocked", "error") else ""
    told = "".join(
        f'<tspan x="{x + 14}" y="{y + LINE * at}" xml:space="preserve">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    cursor = (
        f'<rect data-cursor="{step.n}" x="{x - 10}" y="{y - 15}" width="{sheet.lane - 4}" '
        f'height="{LINE * len(lines) + 4}" rx="4" fill="none" stroke="{colour}" stroke-width="1.5" '
        f'visibility="hidden"/>'
    )
    return (
        f'<g data-step="{step.n}">{switch}<text x="8" y="{y}" opacity="0.7">{step.n}</text>'
        f'<circle cx="{x}" cy="{y - 4}" r="5" fill="{colour}"/><text{weight}>{told}</text></g>{cursor}'
    )


def _arrows(sheet: _Sheet) -> list[str]:
    """From the read whose value went stale to the write that was computed from it."""
    return [_arrow(sheet, step) for step in sheet.trace.steps if step.stale and step.computed_from is not None]


def _arrow(sheet: _Sheet, step: Step) -> str:
    x, start, end = sheet.x(sheet.lane_of(step)) - 4, sheet.y(step.computed_from or 1) - 4, sheet.y(step.n) - 4
    curve = f"M {x} {start} C {x - 34} {start + 10}, {x - 34} {end - 10}, {x - 3} {end}"
    return (
        f'<g data-step="{step.n}"><path d="{curve}" fill="none" stroke="{legible(VERMILION)}" stroke-width="2"/>'
        f'<path d="M {x - 2} {end} l -9 -2 l 3 -7 z" fill="{legible(VERMILION)}"/></g>'
    )


def _source_lines(trace: Trace) -> list[tuple[str, int, str]]:
    return sorted({(step.cell, step.line, step.text) for step in trace.steps if step.line})


def _source(lines: list[tuple[str, int, str]], y: float) -> str:
    return "".join(
        f'<text x="8" y="{y + index * LINE}" xml:space="preserve">'
        f'<tspan opacity="0.6">{line:>4}  </tspan>{escape(text)}</text>'
        for index, (_, line, text) in enumerate(lines)
    )
