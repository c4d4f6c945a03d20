from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class UserCounter:
    count: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def increment(self) -> None:
        with self._lock:
            self.count += 1
