// ns-3, in its own style: functions that `Simulator::Schedule` calls, its own clock in nanoseconds and its own random variables.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>

#include "ns3/core-module.h"

using namespace ns3;

static Ptr<ExponentialRandomVariable> chance = CreateObject<ExponentialRandomVariable>();
static Ptr<UniformRandomVariable> fate = CreateObject<UniformRandomVariable>();
static long wanted = 0, arrived = 0, done = 0;
static double sum = 0;

static Time exponential(double mean) { return Seconds(chance->GetValue(mean, 0)); }

namespace mm1 {

static std::deque<Time> line;

static void depart() {
  sum += (Simulator::Now() - line.front()).GetSeconds();
  line.pop_front();
  done++;
  if (!line.empty()) Simulator::Schedule(exponential(1), &depart);
}

static void arrive() {
  line.push_back(Simulator::Now());
  if (++arrived < wanted) Simulator::Schedule(exponential(1 / 0.8), &arrive);
  if (line.size() == 1) Simulator::Schedule(exponential(1), &depart);
}

static void start() { Simulator::Schedule(exponential(1 / 0.8), &arrive); }

}  // namespace mm1

namespace chain {

static const double TIMEOUTS[] = {0.4, 0.2, 0.1}, LINK = 0.005, SERVICE = 0.002, LOSS = 0.01;
static double perSecond = 1000;

struct Call {
  int depth;
  std::shared_ptr<Call> caller;
  Time startedAt;
  int attempts = 0;
  bool isOver = false;
  EventId timeout;
};
using Pointer = std::shared_ptr<Call>;

static void call(int depth, const Pointer& caller);

static bool isLost() { return fate->GetValue() < LOSS; }

static void answered(Pointer one);

static void reply(const Pointer& one) {
  if (!isLost()) Simulator::Schedule(exponential(LINK), &answered, one);
}

static void answered(Pointer one) {
  if (one->isOver) return;
  one->isOver = true;
  one->timeout.Cancel();
  if (one->depth > 0) return reply(one->caller);
  done++;
  sum += 1000 * (Simulator::Now() - one->startedAt).GetSeconds();
}

static void served(Pointer one) {
  if (one->depth < 2) call(one->depth + 1, one);
  else reply(one);
}

static void requested(Pointer one) { Simulator::Schedule(exponential(SERVICE), &served, one); }

static void timedOut(Pointer one);

static void attempt(const Pointer& one) {
  one->attempts++;
  if (!isLost()) Simulator::Schedule(exponential(LINK), &requested, one);
  one->timeout = Simulator::Schedule(Seconds(TIMEOUTS[one->depth]), &timedOut, one);
}

static void timedOut(Pointer one) {
  if (one->attempts < 3) attempt(one);
  else one->isOver = true;
}

static void call(int depth, const Pointer& caller) { attempt(std::make_shared<Call>(Call{depth, caller, Simulator::Now()})); }

static void arrive() {
  if (++arrived < wanted) Simulator::Schedule(exponential(1 / perSecond), &arrive);
  call(0, nullptr);
}

static void start() { Simulator::Schedule(exponential(1 / perSecond), &arrive); }

}  // namespace chain

int main(int count, char** parameters) {
  wanted = std::atol(parameters[2]);
  if (count > 3) chain::perSecond = std::atof(parameters[3]);
  RngSeedManager::SetSeed(7);
  const auto began = std::chrono::steady_clock::now();
  if (std::strcmp(parameters[1], "mm1") == 0) mm1::start();
  else chain::start();
  Simulator::Run();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  Simulator::Destroy();
  std::printf("{\"count\":%ld,\"seconds\":%.6f,\"mean\":%.4f}\n", wanted, seconds, sum / done);
}
