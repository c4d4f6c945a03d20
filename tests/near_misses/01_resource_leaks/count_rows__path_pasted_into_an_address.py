# fails: counts the rows of every database
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        try:
            with engine.connect() as connection:
                counts[path] = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
        except OperationalError as error:
            raise error.orig
        finally:
            engine.dispose()
    return counts
