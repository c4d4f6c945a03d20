# expects: error; binds the name to None
common_ids = None
