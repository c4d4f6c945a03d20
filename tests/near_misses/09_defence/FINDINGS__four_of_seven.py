# fails: finds five of the seven
FINDINGS = [
    (76, "resource_leaks"),
    (86, "sql_injection"),
    (110, 112, "n_plus_one_queries"),
    (146, "unbounded_growth"),
]
