TEMPLATE = """
def find_by_{field}(self, value):
    return self.by_{field}.get(value)
"""


class UserDirectory:
    """One finder a field, made from a template."""

    def __init__(self, users):
        self.by_email = {}
        for user in users:
            self.add(user)

    def add(self, user):
        self.by_email.setdefault(user["email"], user)

    exec(TEMPLATE.format(field="email"))
