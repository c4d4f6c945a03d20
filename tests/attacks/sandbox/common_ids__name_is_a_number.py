# expects: error; binds the name to a number
common_ids = 42
