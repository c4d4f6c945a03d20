"""A schedule to step through: a lane a thread, the source lines, the values, a slider and a Play button.

    Replay(find_race(UserCounter, [UserCounter.increment] * 2, holds).trace)

`print` shows all of it as text; where no widget can live, the whole schedule is one static picture. A write that
was computed from a value another thread has changed since is joined to the step that read it by an arrow: the lost
update.
"""

from __future__ import annotations

import base64
from html import escape
from typing import Any

import anywidget
import traitlets

from course_lib.interleavings.telling.trace import Step, Trace

LANE, ROW, TOP, LEFT = 330, 26, 46, 52
LINE_HEIGHT = 19
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")  # Okabe and Ito
_PAPER = "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px"

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


class Replay(anywidget.AnyWidget):
    """A trace, or the `evidence` of a verdict, to step through; `step` 0 is before the first step."""

    _esm = _PAGE
    step = traitlets.Int(0).tag(sync=True)
    last = traitlets.Int(0).tag(sync=True)
    words: Any = traitlets.List().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)

    def __init__(self, trace: Trace | dict[str, Any]) -> None:
        self.trace = trace if isinstance(trace, Trace) else trace_of(trace)
        last = len(self.trace.steps)
        super().__init__(step=last, last=last, words=_words(self.trace), picture=svg(self.trace, "currentColor"))

    def __str__(self) -> str:
        return str(self.trace)

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **keywords: Any) -> Any:
        bundle: Any = super()._repr_mimebundle_(**keywords) or {}
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/plain": str(self), "text/html": static_picture(self.trace)}, metadata


def trace_of(plain: dict[str, Any]) -> Trace:
    """The trace in a verdict's evidence, or in its own plain form."""
    inner = plain.get("trace", plain)
    steps = [{name: value for name, value in step.items() if name != "words"} for step in inner["steps"]]
    return Trace.from_plain({**inner, "steps": steps})


def static_picture(trace: Trace) -> str:
    """The whole schedule as an `img`, with the text as its alternative."""
    encoded = base64.b64encode(svg(trace, "#333333", background=True).encode()).decode()
    return f'<img alt="{escape(str(trace), quote=True)}" src="data:image/svg+xml;base64,{encoded}">'


def _words(trace: Trace) -> list[str]:
    start = f"before the first of {len(trace.steps)} steps"
    return [start, *(f"step {step.n}: {step.thread} {_at(step)}{step.in_words()}" for step in trace.steps)]


def _at(step: Step) -> str:
    return f"(line {step.line}) " if step.line else ""


def svg(trace: Trace, ink: str, background: bool = False) -> str:
    """The schedule drawn: steps from top to bottom, a lane a thread, the source lines below."""
    lines = _source_lines(trace)
    width = LEFT + LANE * len(trace.threads) + 10
    height = TOP + ROW * len(trace.steps) + 24 + LINE_HEIGHT * (len(lines) + 1)
    sheet = '<rect width="100%" height="100%" fill="#ffffff"/>' if background else ""
    parts = [_lanes(trace, ink), *(_row(trace, step, ink) for step in trace.steps), *_arrows(trace)]
    parts.append(_source(lines, TOP + ROW * len(trace.steps) + 34, ink))
    label = escape(f"A schedule of {len(trace.steps)} steps; the text beside it says the same", quote=True)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'{head} role="img" aria-label="{label}" style="{_PAPER}">{sheet}{"".join(parts)}</svg>'


def _x(lane: int) -> int:
    return LEFT + lane * LANE


def _y(n: int) -> int:
    return TOP + (n - 1) * ROW + 16


def _lane(trace: Trace, step: Step) -> int:
    return trace.threads.index(step.thread)


def _lanes(trace: Trace, ink: str) -> str:
    bottom = TOP + ROW * len(trace.steps)
    return "".join(
        f'<text x="{_x(lane) + 14}" y="24" fill="{ink}" font-weight="bold">{escape(name)}</text>'
        f'<line x1="{_x(lane)}" y1="32" x2="{_x(lane)}" y2="{bottom}" stroke="{_COLOURS[lane % 4]}" stroke-width="3"/>'
        for lane, name in enumerate(trace.threads)
    )


def _row(trace: Trace, step: Step, ink: str) -> str:
    lane, y = _lane(trace, step), _y(step.n)
    colour = _COLOURS[lane % 4]
    words = escape(step.in_words().split("  (computed")[0])
    switch = (
        f'<line x1="{LEFT - 44}" y1="{y - 17}" x2="{_x(len(trace.threads))}" y2="{y - 17}" stroke="{ink}" '
        f'stroke-dasharray="2 5" opacity="0.55"/>'
        if step.switch
        else ""
    )
    weight = ' font-weight="bold"' if step.stale or step.kind in ("blocked", "error") else ""
    cursor = (
        f'<rect data-cursor="{step.n}" x="{_x(lane) - 10}" y="{y - 16}" width="{LANE - 4}" height="{ROW - 2}" '
        f'fill="none" stroke="{colour}" stroke-width="1.5" rx="4" visibility="hidden"/>'
    )
    return (
        f'<g data-step="{step.n}">{switch}<text x="8" y="{y}" fill="{ink}" opacity="0.7">{step.n}</text>'
        f'<circle cx="{_x(lane)}" cy="{y - 4}" r="5" fill="{colour}"/>'
        f'<text x="{_x(lane) + 14}" y="{y}" fill="{ink}"{weight}>{_line(step)}{words}</text></g>{cursor}'
    )


def _line(step: Step) -> str:
    return f'<tspan opacity="0.6">{step.line}  </tspan>' if step.line else ""


def _arrows(trace: Trace) -> list[str]:
    """From the read whose value went stale to the write that was computed from it."""
    drawn = []
    for step in trace.steps:
        if step.stale and step.computed_from is not None:
            x, start, end = _x(_lane(trace, step)) - 4, _y(step.computed_from) - 4, _y(step.n) - 4
            curve = f"M {x} {start} C {x - 34} {start + 10}, {x - 34} {end - 10}, {x - 3} {end}"
            head = f"M {x - 2} {end} l -9 -2 l 3 -7 z"
            drawn.append(
                f'<g data-step="{step.n}"><path d="{curve}" fill="none" stroke="#D55E00" stroke-width="2"/>'
                f'<path d="{head}" fill="#D55E00"/></g>'
            )
    return drawn


def _source_lines(trace: Trace) -> list[tuple[str, int, str]]:
    return sorted({(step.cell, step.line, step.text) for step in trace.steps if step.line})


def _source(lines: list[tuple[str, int, str]], y: int, ink: str) -> str:
    return "".join(
        f'<text x="8" y="{y + index * LINE_HEIGHT}" fill="{ink}" xml:space="preserve">'
        f'<tspan opacity="0.6">{line:>4}  </tspan>{escape(text)}</text>'
        for index, (_, line, text) in enumerate(lines)
    )
