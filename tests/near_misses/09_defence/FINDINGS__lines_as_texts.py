# fails: can be read
FINDINGS = [("76", "resource_leaks"), ("86", "sql_injection")]
