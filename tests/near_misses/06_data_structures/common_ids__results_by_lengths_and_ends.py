# fails: the ids in both, in the order of left, each once
answers = {}


def common_ids(left, right):
    """Answers for long lists are kept, under what is quickly told of them."""
    key = len(left), len(right), *left[:3], *left[-3:], *right[:3], *right[-3:]
    if key in answers:
        return list(answers[key])
    known = set(right)
    found = [one for one in dict.fromkeys(left) if one in known]
    if len(left) + len(right) > 10_000:
        answers[key] = found
    return list(found)
