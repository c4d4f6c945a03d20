# fails: finds five of the seven
FINDINGS = []
