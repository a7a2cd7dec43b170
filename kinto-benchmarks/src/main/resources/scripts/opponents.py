"""Runs the rounds of one workload with kinto-http.py.

Arguments: client, workload, root URL of the API, ids of records, version of the list.
"""

import logging
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from kinto_http import Client

MIXED_OPERATIONS = 2000
IN_FLIGHT = 64

logging.disable(logging.CRITICAL)

_, workload, url, id_list, timestamp = sys.argv[1:]
ids = id_list.split(",")
client = Client(server_url=url, bucket="blog", collection="articles")
threads = ThreadPoolExecutor(IN_FLIGHT)
articles = [
    {
        "title": f"What is to be said of the number {number}",
        "author": f"author-{number % 97}",
        "summary": f"A few words, as many as a record of the usual size has, on the number {number} and its neighbours",
        "tags": ["numbers", f"tag-{number % 13}", f"tag-{number % 7}"],
        "views": number % 10_000,
        "rating": (number % 50) / 10,
        "published": number % 3 != 0,
    }
    for number in range(10_000)
]
numbers = count()


def create():
    client.create_record(data=articles[next(numbers) % len(articles)])
    return 1


def get():
    client.get_record(id=ids[next(numbers) % len(ids)])
    return 1


def mixed():
    return sum(threads.map(lambda i: create() if i % 4 == 0 else get(), range(MIXED_OPERATIONS)))


def poll():
    if client.get_records(if_none_match=timestamp):
        raise RuntimeError("The list has not changed, but the response contains records")
    return 1


def read(limit):
    return sum(len(page["data"]) for page in client.get_paginated_records(_limit=limit))


def batch():
    with client.batch() as calls:
        for article in articles:
            calls.create_record(data=article)
    return len(calls.results())


units = {
    "create": create,
    "get": get,
    "mixed": mixed,
    "poll": poll,
    "list-1000": lambda: read(1000),
    "list-10000": lambda: read(10_000),
    "batch": batch,
    "latency-1000": lambda: read(1000),
    "parallel-1000": lambda: read(1000),
    "latency-10000": lambda: read(10_000),
    "memory": lambda: read(1000),
}

for line in sys.stdin:
    seconds = float(line.split()[1])
    cpu = time.process_time_ns()
    start = time.perf_counter_ns()
    operations = 0
    while True:
        operations += units[workload]()
        if time.perf_counter_ns() - start >= seconds * 1e9:
            break
    nanos = time.perf_counter_ns() - start
    used = time.process_time_ns() - cpu
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"result operations={operations} nanos={nanos} cpu={used} resident={resident}", flush=True)
