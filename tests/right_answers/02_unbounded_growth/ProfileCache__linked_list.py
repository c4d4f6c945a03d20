class _Node:
    def __init__(self, key=None, value=None):
        self.key, self.value = key, value
        self.before = self.after = self


class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._capacity = load, capacity
        self._nodes = {}
        self._ring = _Node()

    def _unlink(self, node):
        node.before.after, node.after.before = node.after, node.before

    def _append(self, node):
        last = self._ring.before
        last.after, node.before = node, last
        node.after, self._ring.before = self._ring, node

    def get(self, user_id):
        node = self._nodes.get(user_id)
        if node is None:
            node = _Node(user_id, self._load(user_id))
            self._nodes[user_id] = node
            if len(self._nodes) > self._capacity:
                oldest = self._ring.after
                self._unlink(oldest)
                del self._nodes[oldest.key]
        else:
            self._unlink(node)
        self._append(node)
        return node.value
