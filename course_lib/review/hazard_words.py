"""Which of the eight hazards a comment speaks of, told by its label, its title and its words.

A label (a rule's name, a category, a CWE number) counts before the title, and the title before the body. In each, words
that name a hazard outright count before those that only go with it, and a hazard that is only said not to be there
("so no SQL injection") is not spoken of. What this can't see is meaning: a comment that speaks of two hazards is put
down to the one that it speaks of more.
"""

from __future__ import annotations

import re

from course_lib.syllabus import HAZARDS

LONGEST_TEXT = 800  # characters of a comment that are read
_OUTRIGHT, _BESIDE = 3, 1

_NAMES = {
    "resource_leaks": r"resource[ _-]?leak|unclosed|file[ _-]?descriptor|(?:connection|handle|file|socket)[ _-]leak|"
    r"leak\w* (?:a |the |an )?(?:file|connection|handle|socket)|sim115|cwe-(?:404|772|775|459)\b",
    "unbounded_growth": r"unbounded|memory[ _-]?(?:leak|growth)|grow\w* (?:for ?ever|indefinitely|without)|"
    r"cwe-(?:401|770|1325)\b",
    "error_handling": r"error[ _-]?handling|swallow|(?:bare|broad|blanket)[ _-]except|false[ _-]confidence|"
    r"ble001|e722|s110|b110|cwe-(?:390|391|396|703|754|755)\b",
    "race_conditions": r"race[ _-]?condition|data[ _-]race|\brac(?:e|y)\b|toctou|check[ _-]then[ _-]act|deadlock|"
    r"thread[ _-]?safe|cwe-(?:362|366|367|833)\b",
    "n_plus_one_queries": r"\bn ?(?:\+|plus)[ _-]?(?:1|one)\b|n_plus_one|cwe-1073\b",
    "data_structures": r"data[ _-]?structure|quadratic|linear[ _-](?:search|scan|lookup)|o\(n|hash[ _-]?map|cwe-407\b",
    "sql_injection": r"sql[ _-]?injection|\bsqli\b|s608|b608|cwe-(?:89|564)\b",
    "missing_authorization": r"authori[sz]ation|\bidor\b|insecure[ _-]direct|(?:broken |missing )?access[ _-]control|"
    r"cwe-(?:284|285|639|862|863)\b",
}
_COMPANIONS = {
    "resource_leaks": r"never closed?|not closed?|n't closed?|without closing|stays? open|left open|remains? open",
    "unbounded_growth": r"never (?:evict|remov|trimm|clear|taken out|forg|shr[iu]nk)|\bgrows?\b|"
    r"no (?:limit|bound|eviction)|out of memory",
    "error_handling": r"silent|\bhid(?:es?|den)\b|nobody hears|unnoticed|default value|\bexcept\b|exceptions?\b|"
    r"failure",
    "race_conditions": r"\bthreads?\b|\block(?:s|ed|ing)?\b|concurren|atomic|at the same time",
    "n_plus_one_queries": r"quer(?:y|ies) (?:in|inside|within|for|per|is|are)\b|per[ -]row|quer\w+.{0,30}\bloop|"
    r"\bloop.{0,30}quer",
    "data_structures": r"with the square|each .{0,30}with each|use a (?:set|dict)|\bo\(",
    "sql_injection": r"inject|pasted into|interpolat|parameteri[sz]|placeholder|\bf-string\b|\bbound\b|concatenat|"
    r"arbitrary sql|unescaped|unsaniti[sz]ed",
    "missing_authorization": r"permission|owner(?:ship)?\b|any(?:body|one| member| user)|authenticat|access",
}
_NOUNS = {  # "no race" says that the fault is not there; "no error handling" and "no authorization" name the fault
    "resource_leaks": r"(?:resource |file |connection |handle |socket )?leak",
    "unbounded_growth": r"memory (?:leak|growth)|unbounded (?:growth|memory)",
    "race_conditions": r"(?:data )?race\b|deadlock|toctou",
    "n_plus_one_queries": r"n ?(?:\+|plus) ?(?:1|one)\b",
    "data_structures": r"quadratic|linear (?:search|scan|lookup)",
    "sql_injection": r"sql[ _-]?injection|sqli\b|injection",
    "missing_authorization": r"idor\b|missing authori[sz]ation|insecure direct",
}
_DENIAL = (
    r"(?:(?:\b(?:no|not|without)|n't)(?: see| find| spot| have)?(?: an?| any)?(?: risk of| sign of| danger of)?|"
    r"\b(?:safe|free) (?:from|against|of)) "
)
_OUTRIGHTS = {slug: re.compile(words) for slug, words in _NAMES.items()}
_BESIDES = {slug: re.compile(words) for slug, words in _COMPANIONS.items()}
_DENIED = {slug: re.compile(f"{_DENIAL}(?:{words})(?![ -]free)") for slug, words in _NOUNS.items()}


def hazard_in(*texts: str) -> str:
    """The slug of the hazard that the first telling text speaks of, or "" where none does."""
    for text in texts:
        words = text[:LONGEST_TEXT].lower()
        weights = {slug: _weight(slug, words) for slug in HAZARDS}
        best = max(HAZARDS, key=weights.__getitem__)
        if weights[best]:
            return best
    return ""


def _weight(slug: str, text: str) -> int:
    named = any(slug.replace("_", between) in text for between in "_- ")
    outright = named + len(_OUTRIGHTS[slug].findall(text))
    if _is_denied(slug, text):
        return 0
    return outright * _OUTRIGHT + len(_BESIDES[slug].findall(text)) * _BESIDE


def _is_denied(slug: str, text: str) -> bool:
    """Whether the text names that hazard, and each time to say that it is not there."""
    denials = len(_DENIED[slug].findall(text)) if slug in _DENIED else 0
    return bool(denials) and denials >= len(_OUTRIGHTS[slug].findall(text))
