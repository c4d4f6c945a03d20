# fails: loses no increment
SOURCE = """
class Hidden:
    def __init__(self):
        self.count = 0

    def increment(self):
        self.count += 1
"""
exec(SOURCE)
UserCounter = Hidden
