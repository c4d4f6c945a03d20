import asyncio

import pytest
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool
from stock.counting import Stock
from stock.report import export, names_in_both, shelves, shelves_at_once
from stock.tables import Article, Base, Shelf


@pytest.fixture
def path(tmp_path):
    return tmp_path / "stock.db"


@pytest.fixture
def engine(path):
    engine = create_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def fill(engine):
    def fill(size):
        Base.metadata.drop_all(engine)
        Base.metadata.create_all(engine)
        with Session(engine) as session, session.begin():
            session.add_all(Shelf(articles=[Article(name=f"{number}")]) for number in range(size))

    return fill


def test_the_report_asks_as_often_for_many(query_growth, engine, fill):
    query_growth([3, 30], fill, lambda: shelves(engine), unit="row")


def test_the_asynchronous_report_does_so_too(query_growth, path, fill):
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", poolclass=NullPool)
    query_growth([3, 30], fill, lambda: asyncio.run(shelves_at_once(engine)), unit="row")


@pytest.mark.no_open_handles
def test_the_export_closes_its_file(tmp_path):
    export([("tea", 3)], tmp_path / "stock.csv")


def test_no_article_is_lost(no_race):
    no_race(Stock, [lambda stock: stock.put("tea")] * 2, lambda stock: stock.counts["tea"] == 2)


def test_the_comparison_reads_each_name_once(work_growth):
    def names(size):
        return [str(number) for number in range(size)], [str(number) for number in range(size, 0, -1)]

    work_growth(names, lambda both: names_in_both(*both), at_most="n log n")
