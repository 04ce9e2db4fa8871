"""SimPy 2, as Debian packages it (python3-simpy): processes are generators of commands."""
import json
import random
import sys
import time

sys.path.append('/usr/lib/python3/dist-packages')
from SimPy.Simulation import Process, Resource, SimEvent, Simulation, hold, release, request, waitevent

MODEL, COUNT = sys.argv[1], int(sys.argv[2])
PER_SECOND = float(sys.argv[3]) if len(sys.argv) > 3 else 1000.0
TIMEOUTS, LINK, SERVICE, LOSS, ATTEMPTS = (0.4, 0.2, 0.1), 1 / 0.005, 1 / 0.002, 0.01, 3
exponential = random.expovariate
random.seed(1)
sim = Simulation()
sim.initialize()
server = Resource(1, sim=sim)
times = {'succeeded': 0, 'sum': 0.0}


def note(time_taken):
    times['succeeded'] += 1
    times['sum'] += time_taken


class Customer(Process):
    def run(self):
        arrived = sim.now()
        yield request, self, server
        yield hold, self, exponential(1.0)
        yield release, self, server
        note(sim.now() - arrived)


class Timer(Process):
    def run(self, delay, event):
        yield hold, self, delay
        event.signal()


class Serving(Process):
    def run(self, depth, reply):
        yield hold, self, exponential(LINK)
        yield hold, self, exponential(SERVICE)
        if depth < 2:
            inner = Reply()
            yield from call(self, depth + 1, inner)
            if not inner.has_come:
                return
        if random.random() >= LOSS:
            yield hold, self, exponential(LINK)
            reply.has_come = True
            reply.event.signal()


class Reply:
    def __init__(self):
        self.has_come = False
        self.event = SimEvent(sim=sim)


def call(caller, depth, reply):
    for _ in range(ATTEMPTS):
        if random.random() >= LOSS:
            start(Serving(sim=sim), depth, reply)
        timeout = SimEvent(sim=sim)
        start(Timer(sim=sim), TIMEOUTS[depth], timeout)
        yield waitevent, caller, [reply.event, timeout]
        if reply.has_come:
            return


class Request(Process):
    def run(self):
        started = sim.now()
        reply = Reply()
        yield from call(self, 0, reply)
        if reply.has_come:
            note(1000 * (sim.now() - started))


class Source(Process):
    def run(self, kind, rate):
        for _ in range(COUNT):
            yield hold, self, exponential(rate)
            start(kind(sim=sim))


def start(process, *parameters):
    sim.activate(process, process.run(*parameters))


start(Source(sim=sim), *((Customer, 0.8) if MODEL == 'mm1' else (Request, PER_SECOND)))
began = time.perf_counter()
sim.simulate(until=1e15)
print(json.dumps({'count': COUNT, 'seconds': time.perf_counter() - began, 'mean': times['sum'] / times['succeeded']}))
