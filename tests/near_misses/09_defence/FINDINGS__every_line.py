# fails: raises two false alarms at most
FINDINGS = [(line, "sql_injection") for line in range(1, 250)]
