import pytest
from shop.models import Customer, Order
from shop.views import label

pytestmark = pytest.mark.django_db


def fill(size):
    Order.objects.all().delete()
    for number in range(size):
        Order.objects.create(customer=Customer.objects.create(name=f"c{number}"), note="tea")


def test_the_page_asks_as_often_for_many(query_growth, client):
    query_growth([3, 30], fill, lambda: client.get("/orders/"), unit="order")


@pytest.mark.max_queries(1)
def test_the_page_asks_once(client, queries):
    fill(5)
    queries.reset()
    assert len(client.get("/orders/").json()) == 5


def test_a_text_to_search_for_stays_a_text(values_stay_data, client):
    values_stay_data(lambda text: client.get("/search/", {"q": text}), plain="tea")


def test_labels_are_not_kept_for_ever(bounded_memory):
    bounded_memory(label, warm_up=2_000)
