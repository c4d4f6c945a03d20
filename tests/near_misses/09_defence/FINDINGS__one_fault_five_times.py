# fails: finds five of the seven
FINDINGS = [(line, "sql_injection") for line in range(83, 88)]
