# fails: the work grows no faster than n log n
def common_ids(left, right):
    """One long text of all ids."""
    text = "\0" + "\0".join(map(str, right)) + "\0"
    return [one for one in dict.fromkeys(left) if f"\0{one}\0" in text]
