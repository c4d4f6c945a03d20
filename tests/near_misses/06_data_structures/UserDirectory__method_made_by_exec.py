# fails: a lookup's work does not grow
TEMPLATE = """
def find_by_{field}(self, value):
    for user in self.users:
        if user["{field}"] == value:
            return user
    return None
"""


class UserDirectory:
    """One finder a field, made from a template."""

    def __init__(self, users):
        self.users = list(users)

    def add(self, user):
        self.users.append(user)

    exec(TEMPLATE.format(field="email"))
