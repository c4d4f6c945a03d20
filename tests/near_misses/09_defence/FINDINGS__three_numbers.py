# fails: can be read
FINDINGS = [(76, 77, 78, "resource_leaks")]
