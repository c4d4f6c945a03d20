SEEN = {
    "resource_leaks": 77,
    "sql_injection": 87,
    "n_plus_one_queries": 109,
    "race_conditions": 180,
    "error_handling": 155,
}
FINDINGS = sorted([line, line + 1, hazard] for hazard, line in SEEN.items())
