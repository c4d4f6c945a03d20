import tempfile, threading
from pathlib import Path
class UserCounter:
    def __init__(self):
        self.path = Path(tempfile.mkdtemp()) / "n"; self.path.write_text("0"); self.lock = threading.Lock()
    def increment(self):
        with self.lock:
            self.path.write_text(str(int(self.path.read_text()) + 1))
    @property
    def count(self):
        with self.lock: return int(self.path.read_text())
