# fails: finds five of the seven
HAZARDS = "resource_leaks unbounded_growth error_handling race_conditions n_plus_one_queries sql_injection missing_authorization"
FINDINGS = [(1, 249, hazard) for hazard in HAZARDS.split()]
