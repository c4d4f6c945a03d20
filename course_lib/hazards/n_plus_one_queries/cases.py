"""The rows that the N+1 tasks are judged on, and the answers those rows call for.

Every list is made from a fixed seed. What tends to go wrong is in it: no rows at all, users without posts, ids that
follow neither name nor time, equal times across the limit, times a quarter of a second or a microsecond apart, times
long ago and far ahead, equal titles, neighbours that differ in id and tags alone, authors of one name, posts without
tags; and the whole family of texts as usernames, titles, authors and tags: letter case, blanks, Unicode forms, quotes,
separators. In order of code points, as both Python and SQLite sort.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from course_lib.hazards import families

Users = list[tuple[str, int]]
"""(username, number of posts) in the order of their ids."""

PostRow = list[Any]
"""[id, title, created_at as SQLite holds it, position of the author, positions of the tags]"""

AUTHORS = ("Ada Byron", "Grace Hopper", "Sam Lee", "Sam Lee", "Zoe Quinn", "Mary Shaw", "Ivan Horvat")
NEWEST = datetime(2026, 6, 1, 12, 0, 0, 750_000)
NEVER = datetime(9999, 12, 31, 23, 59, 59, 999_980)  # as a float, its seconds have no microseconds
LONG_AGO, FAR_AHEAD = datetime(1968, 2, 29, 23, 59, 59, 750_000), datetime(2226, 2, 28, 0, 0, 1)
TAGS = ("python", "orm", "a, b and c", "sql", "news", "django", "testing", "howto")
_PACKED_WITH = ("||", "::", "~~", "\u00a7", "\u00a6", "\u241f")  # no control characters: nobody types those
_ENDINGS = ("", "Q", " II ")  # behind a part that differs and is of one length, so that they never decide the order
_SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu")


@cache
def user_worlds() -> list[list[Users]]:
    """Groups of databases; the calls of one group follow each other, as rows change under a running program."""
    first = users(12, 1, (0, 1, 2, 5))
    then = _moved(first)
    return [
        [first, then, _handed_on(then), _turned_round(_handed_on(then))],
        [[]],
        [[("solo", 0)]],
        [[("solo", 30)]],
        [[("prolific", 400)]],
        *([users(number, 8, (1, 2, 0))] for number in (2, 3, 7)),
        [_a_few_write_most()],
        [family_users()],
        [users(25, 2, (0,))],
        [users(40, 3, (12, 9))],
        [users(40, 4, (0, 1, 2, 3))],
        [users(160, 5, (0, 0, 1, 4, 5))],
    ]


def family_users() -> Users:
    """Users whose names are neighbours of one another, in no order, with no post to three posts each."""
    names = families.texts("Ana", 150)
    return [(name, (n * 7 + 1) % 4) for n, name in enumerate(sorted(names, key=lambda name: name[::-1]))]


@cache
def large_user_worlds() -> list[list[Users]]:
    """A few users once more, whose rows a caller changes; then more than a list of parameters is usually cut into, and
    more than two pages of any usual length hold."""
    return [[users(12, 1, (0, 1, 2, 5))], [users(1_200, 6, (0, 1))], [users(10_500, 7, (0, 0, 0, 1))]]


def users(number: int, seed: int, counts: tuple[int, ...]) -> Users:
    """That many users in no order of name, each with one of the counts of posts."""
    chance = random.Random(seed)
    names = [f"{''.join(chance.choices(_SYLLABLES, k=3))}{n:04}{_ENDINGS[n % 3]}" for n in range(number)]
    chance.shuffle(names)
    return [(name, counts[n % len(counts)]) for n, name in enumerate(names)]


def _a_few_write_most() -> Users:
    """Users of whom some have more posts than a page, a cautious limit or a short type counts."""
    counts = (2, 99, 0, 101, 257, 1_030, 1, 2_070)
    return [(name, count) for (name, _), count in zip(users(len(counts), 9, (0,)), counts, strict=True)]


def _moved(before: Users) -> Users:
    """As many users and as many posts in all, but one user has another name and two have swapped their posts."""
    (a, few), (b, many), *rest = before
    (_, count), *others = rest
    return [(a, many), (b, few), ("newcomer", count), *others]


def _handed_on(before: Users) -> Users:
    """One user's two posts go to its neighbours: as many users and posts, and the same sum of the posts' users."""
    (a, few), (b, many), (c, some), (d, more), *others = before
    return [(a, few), (b, many + 1), (c, some - 2), (d, more + 1), *others]


def _turned_round(before: Users) -> Users:
    """One user's name is spelt backwards: as long a name, of the same letters."""
    (name, count), *others = before
    return [(name[::-1], count), *others]


def expected_users(rows: Users) -> list[dict[str, Any]]:
    """What `users_with_post_counts` has to return for these rows."""
    return [{"username": name, "post_count": count} for name, count in sorted(rows)]


@dataclass(frozen=True)
class Feed:
    """One case of `recent_posts`: a limit, and the posts of one call after another."""

    limit: int
    worlds: list[list[PostRow]] = field(repr=False)
    authors: tuple[str, ...] = field(default=AUTHORS, repr=False)
    tags: tuple[str, ...] = field(default=TAGS, repr=False)
    again: bool = False
    """Whether there was a call before, whose answer the caller has changed."""

    def names(self, number: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Authors and tags at a call: each author has the next one's name at the third, each tag at the fourth."""
        return _moved_on(self.authors, number == 2), _moved_on(self.tags, number == 3)

    def to_case(self) -> dict[str, Any]:
        """The case as the plain data that a probe is given: rows as the tables have them, which cross at once."""
        worlds = []
        for number, posts in enumerate(self.worlds):
            pairs = [[post[0], tag] for post in posts for tag in post[4]]
            names = dict(zip(("authors", "tags"), map(list, self.names(number)), strict=True))
            worlds.append({"posts": [post[:4] for post in posts], "pairs": pairs, **names})
        return {"limit": self.limit, "worlds": worlds, "again": self.again}


def _moved_on(names: tuple[str, ...], by: int) -> tuple[str, ...]:
    return names[by:] + names[:by]


@cache
def feed_worlds() -> list[Feed]:
    """Cases whose neighbours with equal answers differ in the posts outside the limit alone."""
    posts = make_posts(400, 11)
    first = make_posts(40, 12)
    then = _retitled(first)
    return [
        Feed(10, [first, then, then, then, _exchanged(then)]),
        Feed(10, [first], (*AUTHORS[1:], AUTHORS[0]), (*TAGS[1:], TAGS[0])),  # everybody and everything renamed
        Feed(20, [posts[:90]]),
        _with_others(20, posts, 90),
        Feed(0, [posts[:50]]),
        Feed(1, [_well_tagged(posts[:50])]),
        Feed(60, [posts[:130]]),
        Feed(100, [make_posts(25, 13)]),
        Feed(5, [[]]),
        family_feed(),
        Feed(7, [_at_one_time(30)[:12]]),
        Feed(7, [_at_one_time(30)]),  # what is outside the limit has the time of what is inside
        Feed(8, [_microseconds_apart(10)]),
        Feed(8, [_microseconds_apart(10, NEVER)]),
        *(Feed(limit, [_well_tagged(posts[:130])]) for limit in (2, 3, 99, 131)),
    ]


def _well_tagged(posts: list[PostRow]) -> list[PostRow]:
    """The same, but the newest three have five tags each: enough for a loop to show over one post alone."""
    return [[*post[:4], [(n + k) % len(TAGS) for k in range(5)]] for n, post in enumerate(posts[:3])] + posts[3:]


def _with_others(limit: int, posts: list[PostRow], as_before: int) -> Feed:
    """Of the posts behind those, each by an author of its own and under a tag of its own."""
    more = posts[as_before:]
    others = [[*post[:3], len(AUTHORS) + n, [len(TAGS) + n]] for n, post in enumerate(more)]
    authors, tags = (
        (*AUTHORS, *(f"Guest {n}" for n in range(len(more)))),
        (*TAGS, *(f"once-{n}" for n in range(len(more)))),
    )
    return Feed(limit, [[*posts[:as_before], *others]], authors, tags)


def family_feed() -> Feed:
    """Posts, authors and tags whose names are neighbours of one another; such tags are on one post together.

    Half of the posts are dated ahead, half long ago, whatever the clock says.
    """
    tags, titles = families.texts("Sql", 60), families.texts("Notes", 60)
    tags += [f"Sql{mark}ql" for mark in _PACKED_WITH]  # what rows packed into a text are often put together with
    authors = families.texts("Mary Shaw", 60)
    posts = [
        [
            3 * n + 1,
            titles[n],
            _moment(n // 4, 0, (LONG_AGO, FAR_AHEAD)[n // 2 % 2]),
            n * 5 % len(authors),
            sorted({(n + k) % len(tags) for k in range(7)}),
        ]
        for n in range(min(len(tags), len(titles)))
    ]
    posts.append([3 * len(posts) + 1, "every tag there is", _moment(1, 1), 0, list(range(len(tags)))])
    posts.append([3 * len(posts) + 1, "a title " + "that goes on " * 30, _moment(1, 2), 0, []])
    return Feed(len(posts), [sorted(posts, key=_newest_last, reverse=True)], tuple(authors), tuple(tags))


def _at_one_time(number: int) -> list[PostRow]:
    """Posts of one moment, on a full second; their ids are numbers that are easily mistaken for their neighbours."""
    ids = families.whole_numbers(least=1)[-number:]
    posts = [[post_id, f"Post {n}", _moment(0, 3), n % 7, [n % 8]] for n, post_id in enumerate(ids)]
    return sorted(posts, key=_newest_last, reverse=True)


def _microseconds_apart(number: int, last: datetime = NEWEST) -> list[PostRow]:
    """So many posts, each a microsecond after the one whose id is one higher."""
    moments = [last + timedelta(microseconds=number - n) for n in range(number)]
    return [[n, f"Tick {n}", f"{moment:%Y-%m-%d %H:%M:%S.%f}", n % 7, []] for n, moment in enumerate(moments, 1)]


@cache
def large_feed_worlds() -> list[Feed]:
    """Some posts once more, which a caller changes; then the largest limit of the contract, with more than twice as
    many posts, and with more than that."""
    posts = make_posts(1_400, 14)
    return [Feed(40, [posts[:50]], again=True), Feed(500, [posts[:1_100]]), Feed(500, [posts])]


def make_posts(number: int, seed: int) -> list[PostRow]:
    """That many posts, newest first: runs of three equal times, by twos in one second; ids follow only within a run.

    Every ninth run is three posts of one title and author.
    """
    chance = random.Random(seed)
    ids = chance.sample(range(1, 4 * number + 1), number)
    posts: list[PostRow] = []
    for n in range(number):
        run = n // 3
        tags = chance.sample(range(len(TAGS)), chance.choice((0, 1, 2, 2, 6)))
        title, author = f"Notes no. {chance.randrange(number // 2 + 1)}", chance.randrange(len(AUTHORS))
        if run % 9 == 2:
            title, author = "Notes for today", run % len(AUTHORS)
        posts.append([ids[n], title, _moment(7 * (run // 2), run % 2), author, tags])
    return sorted(posts, key=_newest_last, reverse=True)


def _moment(minutes: int, quarters: int, newest: datetime = NEWEST) -> str:
    """That long before the newest moment, in minutes and quarters of a second, as SQLite holds it."""
    return (newest - timedelta(minutes=minutes, milliseconds=250 * quarters)).strftime("%Y-%m-%d %H:%M:%S.%f")


def _newest_last(post: PostRow) -> tuple[str, int]:
    return post[2], post[0]


def _retitled(before: list[PostRow]) -> list[PostRow]:
    """The same ids and times; the newest post has another title, author and tags."""
    (post_id, _, created, author, _), *older = before
    return [[post_id, "Corrected", created, (author + 1) % len(AUTHORS), [0, 2]], *older]


def _exchanged(before: list[PostRow]) -> list[PostRow]:
    """The two newest posts have each other's title: whatever is counted, or added up, or the last of its kind stays."""
    newest, second, *older = before
    return [[newest[0], second[1], *newest[2:]], [second[0], newest[1], *second[2:]], *older]


def expected_posts(feed: Feed, number: int) -> list[dict[str, Any]]:
    """What `recent_posts` has to return at one of the calls."""
    newest = sorted(feed.worlds[number], key=_newest_last, reverse=True)[: feed.limit]
    authors, names = feed.names(number)
    return [
        {"title": title, "author": authors[author], "tags": sorted(names[tag] for tag in tags)}
        for _, title, _, author, tags in newest
    ]
