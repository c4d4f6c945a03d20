# fails: raises two false alarms at most
WORDS = {"resource_leaks": (35, 45, 76), "error_handling": (59, 158, 209), "race_conditions": (183, 190, 195), "n_plus_one_queries": (69, 87, 95, 103, 112), "sql_injection": (68, 84, 87, 103)}
FINDINGS = [(line, hazard) for hazard, lines in WORDS.items() for line in lines]
