import csv

from sqlalchemy import select
from sqlalchemy.orm import Session

from stock.tables import Shelf


def shelves(engine):
    with Session(engine) as session:
        return {shelf.id: [article.name for article in shelf.articles] for shelf in session.scalars(select(Shelf))}


def export(rows, path):
    csv.writer(open(path, "w", newline="")).writerows(rows)


def names_in_both(ours, theirs):
    return [name for name in ours if name in theirs]
