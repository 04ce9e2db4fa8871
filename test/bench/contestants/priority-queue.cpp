// Both models on std::priority_queue and a switch: about what the machine can do.
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <queue>
#include <vector>

static uint32_t a = 1, b = 2, c = 3, counter = 4;

static double uniform() {
  const uint32_t word = a + b + counter++;
  a = b ^ (b >> 9);
  b = c + (c << 3);
  c = ((c << 21) | (c >> 11)) + word;
  return (word + 0.5) / 4294967296.0;
}

static double exponential(double mean) { return -std::log(uniform()) * mean; }

struct Event {
  double time;
  uint64_t seq;
  int kind;
  uint32_t target;
  uint8_t attempt;
};

struct Later {
  bool operator()(const Event& one, const Event& other) const {
    return one.time > other.time || (one.time == other.time && one.seq > other.seq);
  }
};

static std::priority_queue<Event, std::vector<Event>, Later> events;
static uint64_t seq = 0;
static double now = 0, sum = 0;
static long arrived = 0, done = 0;

static void plan(double delay, int kind, uint32_t target = 0, uint8_t attempt = 0) {
  events.push({now + delay, seq++, kind, target, attempt});
}

static Event next() {
  const Event event = events.top();
  events.pop();
  now = event.time;
  return event;
}

static void mm1(long count) {
  enum { ARRIVAL, DEPARTURE };
  std::deque<double> line;
  plan(exponential(1 / 0.8), ARRIVAL);
  while (!events.empty()) {
    if (next().kind == ARRIVAL) {
      line.push_back(now);
      if (++arrived < count) plan(exponential(1 / 0.8), ARRIVAL);
      if (line.size() == 1) plan(exponential(1), DEPARTURE);
    } else {
      sum += now - line.front();
      line.pop_front();
      done++;
      if (!line.empty()) plan(exponential(1), DEPARTURE);
    }
  }
}

struct Call {
  uint8_t depth, attempts;
  bool isOver;
  uint32_t caller;
  double startedAt;
};

static const double TIMEOUTS[] = {0.4, 0.2, 0.1}, LINK = 0.005, SERVICE = 0.002, LOSS = 0.01;
static const uint32_t ROWS = 1 << 20;
static std::vector<Call> calls(ROWS);
static uint32_t started = 0;
enum { ARRIVAL, REQUEST, SERVED, REPLY, TIMEOUT };

static void attempt(uint32_t row) {
  Call& call = calls[row];
  call.attempts++;
  if (uniform() >= LOSS) plan(exponential(LINK), REQUEST, row);
  plan(TIMEOUTS[call.depth], TIMEOUT, row, call.attempts);
}

static void call(uint8_t depth, uint32_t caller) {
  const uint32_t row = started++ & (ROWS - 1);
  calls[row] = {depth, 0, false, caller, now};
  attempt(row);
}

static void reply(uint32_t row) {
  if (uniform() >= LOSS) plan(exponential(LINK), REPLY, row);
}

static void chain(long count, double perSecond) {
  plan(exponential(1 / perSecond), ARRIVAL);
  while (!events.empty()) {
    const Event event = next();
    Call& one = calls[event.target];
    switch (event.kind) {
      case ARRIVAL:
        if (++arrived < count) plan(exponential(1 / perSecond), ARRIVAL);
        call(0, 0);
        break;
      case REQUEST:
        plan(exponential(SERVICE), SERVED, event.target);
        break;
      case SERVED:
        if (one.depth < 2) call(one.depth + 1, event.target);
        else reply(event.target);
        break;
      case REPLY:
        if (one.isOver) break;
        one.isOver = true;
        if (one.depth > 0) {
          reply(one.caller);
        } else {
          done++;
          sum += 1000 * (now - one.startedAt);
        }
        break;
      case TIMEOUT:
        if (one.isOver || one.attempts != event.attempt) break;
        if (one.attempts < 3) attempt(event.target);
        else one.isOver = true;
    }
  }
}

int main(int count, char** parameters) {
  const long requests = std::atol(parameters[2]);
  for (int round = 0; round < 20; round++) uniform();
  const auto began = std::chrono::steady_clock::now();
  if (std::strcmp(parameters[1], "mm1") == 0) mm1(requests);
  else chain(requests, count > 3 ? std::atof(parameters[3]) : 1000);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  std::printf("{\"count\":%ld,\"seconds\":%.6f,\"mean\":%.4f}\n", requests, seconds, sum / done);
}
