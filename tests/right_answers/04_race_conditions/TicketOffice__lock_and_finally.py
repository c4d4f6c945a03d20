from threading import Lock


class TicketOffice:
    def __init__(self, seats: int) -> None:
        self.__left = seats
        self.__lock = Lock()

    remaining = property(lambda self: self.__left)

    def reserve(self, quantity: int) -> bool:
        self.__lock.acquire()
        try:
            if quantity < 1:
                raise ValueError
            if self.__left - quantity < 0:
                return False
            self.__left -= quantity
            return True
        finally:
            self.__lock.release()
