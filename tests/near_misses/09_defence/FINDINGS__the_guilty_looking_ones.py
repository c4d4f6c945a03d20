# fails: finds five of the seven
FINDINGS = [
    (35, "resource_leaks"),
    (40, "data_structures"),
    (59, "error_handling"),
    (68, "sql_injection"),
    (93, "n_plus_one_queries"),
    (197, "race_conditions"),
    (228, "missing_authorization"),
]
