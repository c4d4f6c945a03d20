"""The depot as a plain WSGI application: one clerk thread makes all changes, one after the other."""

from depot.clerk import Clerk
from depot.parcels import Parcels
from depot.web import Web
from depot.writing import Writers


class Service:
    def __init__(self, settings):
        self._clerk = Clerk(settings["database"])
        self._writers = Writers(settings)
        self.app = Web(settings, self._clerk, Parcels(settings), self._writers)

    def close(self):
        self._writers.close()
        self._clerk.close()


def create_service(settings):
    return Service(settings)
