# fails: finds five of the seven
FINDINGS = [(67, "resource_leaks"), (92, "sql_injection"), (101, "n_plus_one_queries"), (151, "unbounded_growth"), (147, "error_handling")]
