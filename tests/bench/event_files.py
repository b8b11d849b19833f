#!/usr/bin/env python3
"""Writes a file of events as the field has them, for measuring how fast it is imported.

usage: event_files.py FORMAT EVENTS USERS ITEMS FILE
"""
import sys
import time

START = 1_400_000_000


def rows(events, users, items):
    """Users come in turns and far apart, as in a log; every item is met as often as any other."""
    for k in range(events):
        yield k * 7919 % users, (k * 104_729 + k // items * 31) % items, START + 3 * k, 1 + k % 5


def csv(user, item, second, stars):
    return f"A{user:013d},B{item:09d},{stars}.0,{second}\n"


def day(second):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))


FORMATS = {
    "recbole": ("user_id:token\titem_id:token\trating:float\ttimestamp:float\n",
                lambda u, i, t, s: f"A{u:013d}\tB{i:09d}\t{s}.0\t{t}\n"),
    "tsv": ("user\titem\ttimestamp\n", lambda u, i, t, s: f"A{u:013d}\tB{i:09d}\t{t}\n"),
    "csv": ("userId,movieId,rating,timestamp\n", csv),
    "amazon2014": ("", lambda u, i, t, s: f'{{"reviewerID": "A{u:013d}", "asin": "B{i:09d}", "reviewerName": "N. N.", '
                                          f'"helpful": [0, 0], "reviewText": "It is what it says, and works.", '
                                          f'"overall": {s}.0, "summary": "Good", "unixReviewTime": {t}, '
                                          f'"reviewTime": "07 9, 2012"}}\n'),
    "amazon2023": ("", lambda u, i, t, s: f'{{"rating": {s}.0, "title": "Good", "text": "It is what it says, and works.", '
                                          f'"images": [], "asin": "B{i:09d}", "parent_asin": "B{i:09d}", '
                                          f'"user_id": "A{u:013d}", "timestamp": {t}000, "helpful_vote": 0, '
                                          f'"verified_purchase": true}}\n'),
    "movielens1m": ("", lambda u, i, t, s: f"{u + 1}::{i + 1}::{s}::{t}\n"),
    "steam": ("", lambda u, i, t, s: f"{{u'username': u'A{u:013d}', u'hours': 2.5, u'products': 95, "
                                     f"u'product_id': u'{i}', u'page_order': 0, u'date': u'{day(t)[:10]}', "
                                     f"u'text': u'Works.', u'early_access': False, u'page': 1}}\n"),
    "yelp": ("", lambda u, i, t, s: f'{{"review_id":"R{t}","user_id":"A{u:013d}","business_id":"B{i:09d}","stars":{s}.0,'
                                    f'"useful":0,"funny":0,"cool":0,"text":"It is what it says.",'
                                    f'"date":"{day(t)[:10]} {day(t)[11:19]}"}}\n'),
    "gowalla": ("", lambda u, i, t, s: f"{u}\t{day(t)}\t30.2359091167\t-97.7951395833\t{i}\n"),
    "rechorus": ("user_id\titem_id\ttime\n", lambda u, i, t, s: f"{u + 1}\t{i + 1}\t{t}\n"),
    "sasrec": ("", lambda u, i, t, s: f"{u + 1} {i + 1}\n"),
}


def main():
    if len(sys.argv) != 6 or sys.argv[1] not in FORMATS:
        sys.exit(f"{__doc__}FORMAT: {', '.join(FORMATS)}")
    header, line = FORMATS[sys.argv[1]]
    events, users, items = map(int, sys.argv[2:5])
    with open(sys.argv[5], "w", encoding="utf-8", newline="") as out:
        out.write(header)
        out.writelines(line(*row) for row in rows(events, users, items))


main()
