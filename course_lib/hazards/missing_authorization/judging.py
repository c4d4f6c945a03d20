"""From a site and lists of requests to checks: sends them to the probe, files the complaints, states the verdict.

Whatever a request is owed, three things hold of every answer: it is no 5xx, it holds no secret that the asker may not
read, and it changed no row that the request may not change. What an app serves at all is judged first: of an app that
does not serve the people it is for, nothing else is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_lib.hazards.missing_authorization.answers import Seen, TooMuch, seen_from
from course_lib.hazards.missing_authorization.site import ROUNDS, Ask, Keep, Now, Script, Site, Step
from course_lib.hazards.plainly import raised
from course_lib.hazards.terms import Observe
from course_lib.instruments.access.tricks import bearer
from course_lib.reading import Check, failed, passed, skipped

SECONDS = 8.0  # of processor time for all requests: twenty times what an app of ten routes takes
CRASHES = "never answers 500"
NAMED = "nothing is open that is not named"

Stated = tuple[str, str, tuple[Script, ...]]
"""A check's name, what it expects in words, and the scripts that are made for it."""

Play = tuple[Script, list[Step]]
"""A script and its steps."""

SAMPLES = ("mira", "1")
"""What fills the arguments of a route that nobody named."""


@dataclass
class Ledger:
    """How many requests each check looked at, and the complaints: (method, how special the request was, sentence)."""

    asked: dict[str, int] = field(default_factory=dict)
    complaints: dict[str, list[tuple[str, int, str]]] = field(default_factory=dict)

    def count(self, checks: Iterable[str]) -> None:
        """One more request that each of these checks looked at."""
        for check in checks:
            self.asked[check] = self.asked.get(check, 0) + 1

    def complain(self, check: str, sentence: str, method: str = "", special: int = 0) -> None:
        """Files one sentence; a request with nothing special about it is quoted before others."""
        self.complaints.setdefault(check, []).append((method, special, sentence))

    def check(self, name: str, expected: str) -> Check:
        """The verdict: how many requests were answered as promised, and the plainest that were not."""
        wrong, asked = self.complaints.get(name, []), self.asked.get(name, 0)
        if not asked and not wrong:
            return skipped(name, "nothing was asked")
        if not wrong:
            return passed(name, f"{asked} requests, each answered as promised", expected)
        more = f"; and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        told = "; ".join(_plainest(wrong)) + more
        return failed(name, f"{len(wrong)} of {asked} requests answered otherwise", expected, f"{told}.")


def _plainest(wrong: list[tuple[str, int, str]]) -> list[str]:
    """Three sentences, of different methods where there are several."""
    ordered = sorted(wrong, key=lambda each: each[1])
    first_of_method = {method: sentence for method, _, sentence in reversed(ordered)}
    chosen = [sentence for method, _, sentence in ordered if first_of_method.get(method) == sentence]
    rest = [sentence for _, _, sentence in ordered if sentence not in chosen]
    return [*dict.fromkeys(chosen), *dict.fromkeys(rest)][:3]


def judge_site(observe: Observe, site: Site, checks: Sequence[Stated]) -> list[Check]:
    """The checks of a task; without the first, the others are not reached."""
    plays = [(script, list(script.steps())) for _, _, scripts in checks for script in scripts]
    cases = [
        {"worlds": list(script.worlds or (site.world,)), "steps": [step.case() for step in steps]}
        for script, steps in plays
    ]
    observations = observe([*cases, _sweep(site)], seconds=SECONDS)
    trouble = next((seen["trouble"] for seen in observations if "trouble" in seen), None)
    if trouble is not None:
        return _alone(_no_app(checks[0][0], trouble), checks, "there is no app to ask")
    ledger = Ledger()
    for play, observation in zip(plays, observations[:-1], strict=True):
        _judge_play(ledger, site, play, observation["answers"], works=checks[0][0])
    _judge_sweep(ledger, observations[-1]["swept"])
    name, expected, _ = checks[0]
    if 2 * len(ledger.complaints.get(name, [])) > ledger.asked[name]:
        return _alone(ledger.check(name, expected), checks, "the app does not yet serve those whom it is for")
    return [ledger.check(name, expected) for name, expected, _ in checks]


def _judge_play(ledger: Ledger, site: Site, play: Play, answers: Sequence[Any], works: str) -> None:
    script, steps = play
    moments, answer = [Now(world) for world in script.worlds or (site.world,)], iter(answers)
    asked: list[tuple[Ask, Seen]] = []
    for step in steps:
        if isinstance(step, Keep):
            moments[0].keep(step.operation, step.arguments)
            continue
        now = moments[step.world]
        seen = seen_from(next(answer), now.rows)
        now.see(seen.before)
        _hold(ledger, site, step, now, seen, works)
        now.see(seen.after)
        asked.append((step, seen))
    if script.twins:
        _tell_twins_apart(ledger, site, asked)


def _tell_twins_apart(ledger: Ledger, site: Site, asked: Sequence[tuple[Ask, Seen]]) -> None:
    """Files each answer that is always one thing in the world and another in its twin.

    What is not the same twice in one world (a time, a random id, a count of requests) is left out of every answer.
    """
    groups = [asked[first : first + 2 * ROUNDS] for first in range(0, len(asked), 2 * ROUNDS)]
    answers = [[_parts(seen) for _, seen in group] for group in groups]
    restless = {part for group in answers for which in (0, 1) for part in _differing(group[which::2])}
    for group, parts in zip(groups, answers, strict=True):
        ask, seen = group[0]
        if _differing(parts[:2]) - restless:
            sentence = f"{ask.told()} got {seen.status}, and an answer that changes with what is another's"
            ledger.complain(site.filing.leak(ask), sentence, ask.method)


def _parts(seen: Seen) -> dict[str, Any]:
    """Status, body and each header of an answer."""
    return {**{name.lower(): value for name, value in seen.headers}, "status": seen.status, "the body": seen.body}


def _differing(answers: Sequence[dict[str, Any]]) -> set[str]:
    """The parts that are not the same in all of these answers."""
    names = {name for answer in answers for name in answer}
    return {name for name in names if any(answer.get(name) != answers[0].get(name) for answer in answers)}


def _hold(ledger: Ledger, site: Site, ask: Ask, now: Now, seen: Seen, works: str) -> None:
    """Files what is wrong with one answer, one sentence a check; a crash also means that `works` does not."""
    due, hidden = site.due(ask, now), site.hidden(ask, now)
    leak, change = site.filing.leak(ask), site.filing.change(ask)
    judged = {ask.check} if seen.status < 500 or ask.check == works else set()
    ledger.count(judged | {CRASHES} | ({leak} if hidden else set()) | (set() if due.judges_rows else {change}))
    found: dict[str, str] = {}
    text = seen.text
    if leaked := [what for secret, what in hidden if secret in text and not ask.holds(secret)]:
        found[leak] = f"got {seen.status} and {leaked[0]}"
    if seen.changed and not due.judges_rows:
        ids = ", ".join(f"document {each!r}" for each in seen.changed[:3])
        found.setdefault(change, f"got {seen.status} and changed {ids}")
    if seen.status >= 500:
        found.update(dict.fromkeys(judged | {CRASHES}, f"got {seen.status}{_because(seen.crash)}"))
    elif wrong := due.wrong(seen):
        found.setdefault(leak if isinstance(wrong, TooMuch) else ask.check, wrong)
    special = bool(ask.note or (ask.sends and ask.sends.note)) + 2 * (ask.check == CRASHES)
    for check, what in found.items():
        ledger.complain(check, f"{ask.told()} {what}", ask.method, special)


def _because(crash: dict[str, Any] | None) -> str:
    if not crash:
        return ""
    line = f" on line {crash['line']}" if crash.get("line") else ""
    return f": {crash['raised']}{line}"


def _sweep(site: Site) -> dict[str, Any]:
    """Every route and method of `url_map` but the site's own, asked as nobody, as a member, as an admin."""
    named = [
        [method, _filled(rule, sample)]
        for sample in SAMPLES
        for rule, methods in site.routes.items()
        for method in (*methods, "HEAD", "OPTIONS")
    ]
    roles = {site.world["users"][user]: token for token, user in site.world["tokens"].items()}
    people = {"nobody": {}, "a member": bearer(roles["member"]), "an admin": bearer(roles["admin"])}
    sweep = {"people": people, "samples": [{"*": sample} for sample in SAMPLES], "skip": named}
    return {"worlds": [site.world], "steps": [], "sweep": sweep}


def _filled(rule: str, sample: str) -> str:
    head, opening, rest = rule.partition("<")
    return head + sample + rest.partition(">")[2] if opening else rule


def _judge_sweep(ledger: Ledger, swept: Sequence[dict[str, Any]]) -> None:
    """Files each route that the site does not have and that yet answers or changes something."""
    for each in swept:
        ledger.count({NAMED})
        if "raised" in each:
            ledger.complain(NAMED, f"url_map could not be read: {each['raised']}")
            continue
        seen = seen_from(each, {})
        if seen.status not in (401, 404, 405) or seen.changed:
            told = f"{each['who']}: {each['method']} {each['rule']} got {seen.status}"
            ledger.complain(NAMED, f"{told}, on a route that nobody asked for")


def _alone(first: Check, checks: Sequence[Stated], because: str) -> list[Check]:
    return [first, *(skipped(name, because) for name, _, _ in checks[1:])]


def _no_app(name: str, trouble: dict[str, Any]) -> Check:
    """The one thing to say where there is no app to ask."""
    if "raised" in trouble:
        measured = f"raised {raised(trouble)}"
        feedback = f"No request could be made: building the app {measured}. It is built anew for each store."
    else:
        measured = f"returned {trouble['type']}"
        feedback = f"No request could be made: the function {measured}, and a Flask app was asked for."
    return failed(name, measured, "a Flask app", feedback)
