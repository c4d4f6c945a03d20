FINDINGS = [
    (72, "resource_leaks"),
    (82, "sql_injection"),
    (106, "n_plus_one_queries"),
    (141, "unbounded_growth"),
    (153, "error_handling"),
    (179, "race_conditions"),
    (241, "missing_authorization"),
]
