# fails: finds the first user with that email
import threading


class UserDirectory:
    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def add(self, user):
        self.index.setdefault(user["email"], user)

    def find_by_email(self, email):
        user = self.index.get(email)
        if user is None:
            return None
        answer = {}
        threading.Timer(0.005, answer.update, [user]).start()
        return answer
