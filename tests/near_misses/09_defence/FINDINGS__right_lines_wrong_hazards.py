# fails: finds five of the seven
FINDINGS = [(76, "error_handling"), (86, "missing_authorization"), (110, "data_structures"), (146, "race_conditions"), (158, "resource_leaks")]
