def test_a_label_in_quotes_that_are_doubled_stays_a_label(values_stay_data, client):
    values_stay_data(lambda text: client.get("/notes/search", query_string={"label": text}), plain="tea")
