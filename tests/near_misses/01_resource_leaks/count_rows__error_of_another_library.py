# fails: a missing table raises sqlite3.OperationalError
from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import NullPool


def count_rows(database_paths, table):
    counts = {}
    for path in database_paths:
        engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
        with engine.connect() as connection:
            counts[path] = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
        engine.dispose()
    return counts
