class ProfileCache:
    __slots__ = ("_get",)
    def __init__(self, load, capacity):
        def keeper():
            kept, answer = [], None
            while True:
                user_id = yield answer
                place = next((i for i, (key, _) in enumerate(kept) if key == user_id), None)
                if place is not None:
                    kept.append(kept.pop(place))
                else:
                    try:
                        profile = load(user_id)
                    except BaseException as error:
                        answer = False, error
                        error = None
                        continue
                    kept.append((user_id, profile))
                    profile = None
                    del kept[:-capacity]
                answer = True, kept[-1][1]
        self._get = keeper()
        next(self._get)
    def get(self, user_id):
        good, answer = self._get.send(user_id)
        if good:
            return answer
        try:
            raise answer
        finally:
            answer = None
