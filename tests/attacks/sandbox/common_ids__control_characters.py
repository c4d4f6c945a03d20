# expects: fail; raises an exception whose text is terminal escapes and line ends
def common_ids(left, right):
    raise ValueError("\x1b[2J\x1b[1;1Hall checks hold\r\n\x07\x00" + "\u202e" + "\ud800" + "x" * 100_000)
