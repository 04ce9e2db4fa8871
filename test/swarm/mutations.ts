/**
 * Deliberate faults of the simulator: one piece of text of one file, replaced. Each must be caught by the swarm. A piece that does not
 * occur exactly once is an error, so the list cannot rot.
 */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const group = (file: string, ...rows: readonly (readonly [name: string, from: string, to: string])[]): Mutation[] =>
  rows.map(([name, from, to]) => ({ name, file, from, to }));

export const MUTATIONS: readonly Mutation[] = [
  ...group(
    'src/sim/binary-heap.ts',
    ['the heap takes the later of two children', 'rightTime < childTime ||', 'rightTime > childTime ||'],
    ['the heap breaks ties the wrong way', 'seqs[slots[right]!]! < seqs[slots[child]!]!', 'seqs[slots[right]!]! > seqs[slots[child]!]!'],
  ),
  ...group('src/sim/lane.ts', ['a lane hands out timers without their order', 'this.seqs[at] = seq;', 'this.seqs[at] = seq - 1e6;']),
  ...group(
    'src/sim/kernel.ts',
    ['cancel forgets to cancel', 'return false;\n    slots.retire(slot);', 'return false;\n    return true;\n    slots.retire(slot);'],
    ['a lane that ran empty is not left', 'this.slots.lanes[slot] = NO_LANE;', ''],
    ['a timer on a lane is late', 'const time = this.time + lane.delayMicros;', 'const time = this.time + lane.delayMicros + 1;'],
  ),
  ...group('src/sim/timer-slots.ts', [
    'a stale handle cancels another timer',
    'this.generations[slot] === generation ? slot : -1',
    'this.isLive(slot) ? slot : -1',
  ]),
  ...group('src/sim/streams.ts', [
    'all streams are one',
    '(stream = new Stream(this.seed, name))',
    '(stream = [...this.streams.values()][0] ?? new Stream(this.seed, name))',
  ]),
  ...group(
    'src/sim/digest.ts',
    ['the digest skips the values', ' + Math.imul(WORDS[2]!, 0x85ebca77)', ''],
    ['the digest skips the subjects', 'Math.imul(subject, 0xd3a2646d) +', ''],
    ['the digest skips the outcomes', ' | ((outcome & 0xff) << 16)', ''],
  ),
  ...group('src/sim/recorder.ts', ['a row writes Td for Ts', 'rows.ts[at] = ts;', 'rows.ts[at] = td;']),
  ...group(
    'src/world/chain.ts',
    ['time is booked twice', 'this.at = now;', ''],
    ['a copied chain forgets its past', 'this.ts, this.tp);', '0, this.tp);'],
  ),
  ...group(
    'src/world/link-node.ts',
    [
      'what is lost arrives all the same',
      'if (lost) return this.lose(message, now + delay);',
      'if (lost) this.lose(message, now + delay);',
    ],
    ['replies are booked as requests', "? 'tp' : 'tr'", "? 'tr' : 'tr'"],
    ['nothing is ever lost', 'this.losses.uniform() < this.loss', 'false'],
    ['one message in the air is not hoped for', 'message.request.hopes++;', ''],
  ),
  ...group('src/world/operation.ts', [
    'a sleep counts as work',
    'this.chain.spend(this.part, now);',
    "this.chain.spend('ts', now);\n    this.chain.at -= 1;",
  ]),
  ...group(
    'src/world/service-node.ts',
    ['a worker is not freed', 'if (worker < this.model.workers) this.freeWorkers.push(worker);', ''],
    ['a hope of the line is kept for ever', 'message.request.hopes--;\n    this.serve(', 'this.serve('],
  ),
  ...group('src/machines/service.ts', [
    'one more than the line holds',
    'context.waiting + 1 === context.waitingLimit',
    'context.waiting === context.waitingLimit',
  ]),
  ...group(
    'src/world/queue-node.ts',
    ['what leaves a consumer still counts there', 'stored.consumer!.unacknowledged--;', ''],
    ['a full queue confirms what it refuses', 'this.confirm(message, MessageKind.nack)', 'this.confirm(message, MessageKind.confirm)'],
    ['a dead letter is not sent', 'this.deadLetterWay.send(deadLetterOf(stored, reason));', ''],
    ['one delivery too many', 'stored.deliveries >= this.model.maxDeliveries', 'stored.deliveries > this.model.maxDeliveries'],
    [
      'a returned message is not hoped for',
      'message.request.hopes += this.hope;\n    this.record(RecordKind.returned',
      'this.record(RecordKind.returned',
    ],
  ),
  ...group(
    'src/machines/queue.ts',
    ['a queue holds one more than it can', 'depth(context) + 1 === context.capacity', 'depth(context) === context.capacity'],
    ['a blocking queue refuses', "context.overflow === 'block' &&", "context.overflow === 'reject' && context.ready < 0 &&"],
  ),
  ...group(
    'src/world/consumers.ts',
    [
      'a consumer gets one more than its prefetch',
      'consumer.unacknowledged >= consumer.prefetch',
      'consumer.unacknowledged > consumer.prefetch',
    ],
    ['only the first consumer gets messages', 'turn < this.all.length', 'turn < 1'],
  ),
  ...group(
    'src/world/ready-lines.ts',
    [
      'the lowest priority goes first',
      'let priority = this.lines.length - 1; priority >= 0; priority--',
      'let priority = 0; priority < this.lines.length; priority++',
    ],
    ['what comes back stands last', 'this.lines[stored.priority]!.insert(stored);', 'this.lines[stored.priority]!.push(stored);'],
  ),
  ...group(
    'src/world/holdings.ts',
    ['a ttl is never over', 'stored.expiresAt = this.now + ttlMicros;', 'return;'],
    ['an ack timeout is never over', 'this.model.ackTimeoutMicros !== undefined', 'false'],
  ),
  ...group('src/world/call.ts', [
    'a timer of a call is never taken back',
    'this.world.kernel.cancel(this.timer)) this.request.hopes--;',
    'false) this.request.hopes--;',
  ]),
  ...group('src/machines/call.ts', [
    'one retry too many',
    'attemptsLeft: ({ context }) => context.attempt < context.attempts',
    'attemptsLeft: ({ context }) => context.attempt <= context.attempts',
  ]),
  ...group(
    'src/world/client-node.ts',
    ['users ask once and never again', 'if (this.think && !request.answered) this.thinkThenAsk();', ''],
    ['a burst is one short', 'extra < arrivals.size', 'extra < arrivals.size - 1'],
  ),
  ...group('src/world/world.ts', ['what is late is well ended', 'now - request.startedAt > deadlineMicros', 'false']),
  ...group('src/world/balancer-node.ts', [
    'a request is handed on twice',
    'way.send(onward);',
    'backend.way.send(onward);\n    if (onward.id % 5 === 0) this.forward(message);',
  ]),
  ...group('src/machines/breaker.ts', ['a breaker never half-opens', "target: 'halfOpen'", "target: 'open', reenter: true"]),
  ...group('src/machines/bulkhead.ts', [
    'a bulkhead lets in one too many',
    'context.inside + 1 >= context.limit',
    'context.inside >= context.limit',
  ]),
  ...group('src/machines/token-bucket.ts', [
    'a token serves twice',
    'tokensAt(context, timeOf(event, context)) - 1',
    'tokensAt(context, timeOf(event, context)) - 0.5',
  ]),
  ...group('src/world/specialised-instance.ts', [
    'the specialiser forgets changes of state',
    'to.index !== from.index) stateChanged(to.index);',
    'to.index > from.index) stateChanged(to.index);',
  ]),
  ...group('src/world/waiting-line.ts', ['the last come is served first', "this.discipline === 'lifo' ?", "this.discipline !== 'lifo' ?"]),
];
