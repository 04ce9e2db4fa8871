"""SimPy 4: processes are generators of events."""
import json
import random
import sys
import time

import simpy

MODEL, COUNT = sys.argv[1], int(sys.argv[2])
PER_SECOND = float(sys.argv[3]) if len(sys.argv) > 3 else 1000.0
TIMEOUTS, LINK, SERVICE, LOSS, ATTEMPTS = (0.4, 0.2, 0.1), 1 / 0.005, 1 / 0.002, 0.01, 3
exponential = random.expovariate
random.seed(1)
env = simpy.Environment()
server = simpy.Resource(env, capacity=1)
times = {'succeeded': 0, 'sum': 0.0}


def note(time_taken):
    times['succeeded'] += 1
    times['sum'] += time_taken


def customer():
    arrived = env.now
    with server.request() as turn:
        yield turn
        yield env.timeout(exponential(1.0))
    note(env.now - arrived)


def serving(depth, reply):
    yield env.timeout(exponential(LINK))
    yield env.timeout(exponential(SERVICE))
    if depth < 2 and not (yield from call(depth + 1)):
        return
    if random.random() >= LOSS:
        yield env.timeout(exponential(LINK))
        if not reply.triggered:
            reply.succeed()


def call(depth):
    reply = env.event()
    for _ in range(ATTEMPTS):
        if random.random() >= LOSS:
            env.process(serving(depth, reply))
        yield reply | env.timeout(TIMEOUTS[depth])
        if reply.triggered:
            return True
    return False


def request():
    started = env.now
    if (yield from call(0)):
        note(1000 * (env.now - started))


def source(kind, rate):
    for _ in range(COUNT):
        yield env.timeout(exponential(rate))
        env.process(kind())


env.process(source(customer, 0.8) if MODEL == 'mm1' else source(request, PER_SECOND))
began = time.perf_counter()
env.run()
print(json.dumps({'count': COUNT, 'seconds': time.perf_counter() - began, 'mean': times['sum'] / times['succeeded']}))
