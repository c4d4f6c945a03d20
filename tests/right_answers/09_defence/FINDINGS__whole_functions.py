FINDINGS = [
    (72, 79, "resource_leaks"),
    (82, 87, "sql_injection"),
    (106, 116, "n_plus_one_queries"),
    (133, 150, "unbounded_growth"),
    (153, 159, "error_handling"),
    (165, 185, "race_conditions"),
    (241, 249, "missing_authorization"),
]
