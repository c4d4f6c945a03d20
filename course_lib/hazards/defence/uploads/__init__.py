"""Right answers to the request for `save_upload`, each of another shape; `broken.diff` says how to break one promise.

They are data of the grader: their source crosses to the child, without its docstring, and is compiled there.
"""
