# fails: can be read
FINDINGS = [(hazard, line) for line, hazard in [(76, "resource_leaks"), (86, "sql_injection")]]
