"""`python -m course_lib …`"""

import sys
from pathlib import Path

if not sys.flags.safe_path and Path(sys.path[0]).resolve() != Path(__file__).resolve().parents[1]:
    del sys.path[0]  # where `-m` was called: what somebody handed in there as json.py is no module of ours

try:
    from course_lib.cli import main
except KeyboardInterrupt:  # so early that nothing has begun
    print("stopped; nothing was lost", file=sys.stderr)
    sys.exit(130)

if __name__ == "__main__":
    raise SystemExit(main())
