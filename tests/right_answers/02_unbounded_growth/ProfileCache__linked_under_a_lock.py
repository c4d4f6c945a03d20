import threading
class ProfileCache:
    class Node:
        __slots__ = ("key", "profile", "before", "after")
    def __init__(self, load, capacity):
        self.load, self.capacity, self.nodes, self.lock = load, capacity, {}, threading.RLock()
        self.root = self.Node()
        self.root.before = self.root.after = self.root
    def _unlink(self, node):
        node.before.after, node.after.before = node.after, node.before
    def _push(self, node):
        node.before, node.after = self.root.before, self.root
        node.before.after = node.after.before = node
    def get(self, user_id):
        with self.lock:
            if (node := self.nodes.get(user_id)) is None:
                profile = self.load(user_id)
                node = self.Node()
                node.key, node.profile = user_id, profile
                self.nodes[user_id] = node
                if len(self.nodes) > self.capacity:
                    oldest = self.root.after
                    self._unlink(oldest)
                    del self.nodes[oldest.key]
            else:
                self._unlink(node)
            self._push(node)
            return node.profile
