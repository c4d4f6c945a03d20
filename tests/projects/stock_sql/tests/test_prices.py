from stock.prices import Price, PriceUnknown, in_time, known_soon, ordered, price_of

ANSWERS = {
    "good": lambda path: {"cents": 250},
    "right": lambda body: Price("tea", body["cents"]),
    "errors": (PriceUnknown,),
}


def test_a_price_is_right_or_unknown(survives_faults):
    def client(base_url, timeout):
        return price_of(base_url, "tea", timeout)

    survives_faults(client, **ANSWERS)


def test_what_the_order_made_has_a_price_too(survives_faults):
    def client(base_url, timeout):
        return ordered(base_url, "tea", timeout)

    survives_faults(client, faults=["good", "status 201"], accepts=(200, 201), **ANSWERS)


def test_who_asks_without_a_time_is_not_kept_waiting(survives_faults):
    def client(base_url, timeout):
        return known_soon(base_url, "tea")

    survives_faults(client, faults=["good", "silent in the body"], silence=4, **ANSWERS)


def test_a_price_that_drips_comes_in_time_or_not_at_all(survives_faults):
    def client(base_url, timeout):
        return in_time(base_url, "tea", timeout)

    survives_faults(client, faults=["good", "drip"], total=True, **ANSWERS)
