# fails: works with one thread
class UserCounter:
    count = 0

    def increment(self):
        pass
