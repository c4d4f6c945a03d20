"""The same two comments in each of the six formats: one on a planted fault, one on a clean place."""

from __future__ import annotations

import json

SQL = "The state is pasted into the statement: SQL injection."
LEAK = "The manifest is opened and never closed, a resource leak."

SARIF = json.dumps(
    {
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "somebody"}},
                "results": [
                    {
                        "ruleId": "py/sql-injection",
                        "level": "error",
                        "message": {"text": SQL},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": "file:///srv/somebody/lockers.py"},
                                    "region": {"startLine": 86, "endLine": 87},
                                }
                            }
                        ],
                    },
                    {
                        "ruleId": "SIM115",
                        "message": {"text": LEAK},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": "lockers.py"},
                                    "region": {"startLine": 35},
                                }
                            }
                        ],
                    },
                ],
            }
        ],
    }
)
CODEX = json.dumps(
    {
        "findings": [
            {
                "title": "[P1] SQL injection through state",
                "body": SQL,
                "confidence_score": 0.9,
                "priority": 1,
                "code_location": {
                    "absolute_file_path": "/srv/somebody/lockers.py",
                    "line_range": {"start": 86, "end": 87},
                },
            },
            {
                "title": "Manifest stays open",
                "body": LEAK,
                "code_location": {"absolute_file_path": "C:\\work\\lockers.py", "line_range": {"start": 35, "end": 35}},
            },
        ],
        "overall_correctness": "patch is incorrect",
    }
)
CLAUDE = json.dumps(
    {
        "findings": [
            {
                "file": "./lockers.py",
                "line": 86,
                "severity": "HIGH",
                "category": "sql_injection",
                "description": SQL,
                "exploit_scenario": "state=' OR 1=1",
                "confidence": 0.95,
            },
            {"file": "b/lockers.py", "line": "35", "category": "resource_leak", "description": LEAK},
        ],
        "analysis_summary": {"files_reviewed": 1},
    }
)
CODERABBIT = "\n".join(
    map(
        json.dumps,
        [
            {"type": "status", "message": "begun"},
            {"type": "finding", "severity": "major", "fileName": "lockers.py", "comment": f"Lines 86-87: {SQL}"},
            {"type": "finding", "severity": "minor", "fileName": "lockers.py", "comment": f"{LEAK} See line 35."},
        ],
    )
)
RDJSONL = "\n".join(
    map(
        json.dumps,
        [
            {
                "message": SQL,
                "location": {"path": "lockers.py", "range": {"start": {"line": 86, "column": 3}, "end": {"line": 87}}},
                "severity": "ERROR",
                "code": {"value": "S608"},
            },
            {"message": LEAK, "location": {"path": "lockers.py", "range": {"start": {"line": 35}}}},
        ],
    )
)
PLAIN = f"""\
I looked at the pull request, and it reads well.

1. **SQL injection** (lockers.py:86-87)
   {SQL}

   Bind it like the others.

2. Resource leak in `lockers.py`, line 35: {LEAK}

Otherwise this is good to go.
"""
EVERY = {
    "sarif": SARIF,
    "codex": CODEX,
    "claude": CLAUDE,
    "coderabbit": CODERABBIT,
    "rdjsonl": RDJSONL,
    "plain": PLAIN,
}
REFUSAL = "I'm sorry, but I can't help with reviewing this code."
