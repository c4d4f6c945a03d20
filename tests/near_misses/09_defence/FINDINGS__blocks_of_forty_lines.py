# fails: raises two false alarms at most
HAZARDS = "resource_leaks unbounded_growth error_handling race_conditions n_plus_one_queries sql_injection missing_authorization"
FINDINGS = [(first, min(first + 39, 249), hazard) for first in range(1, 249, 40) for hazard in HAZARDS.split()]
