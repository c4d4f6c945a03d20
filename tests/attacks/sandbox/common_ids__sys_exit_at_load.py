# expects: error; leaves with sys.exit(0) while it is being loaded
import sys

sys.exit(0)
