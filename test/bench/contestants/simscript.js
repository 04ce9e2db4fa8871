// SimScript (npm simscript), in its own style: entities whose script is an async function.
import { createRequire } from 'node:module';

globalThis.requestAnimationFrame = (callback) => setImmediate(callback);
const { Entity, Exponential, Queue, Simulation } = createRequire(import.meta.url)('simscript');

const [model, countText, perSecondText = '1000'] = process.argv.slice(2);
const count = Number(countText);
let [succeeded, sum] = [0, 0];

class Customer extends Entity {
  async script() {
    const { simulation } = this;
    const arrivedAt = simulation.timeNow;
    this.enterQueueImmediately(simulation.line);
    await this.enterQueue(simulation.server);
    this.leaveQueue(simulation.line);
    await this.delay(simulation.service.sample());
    this.leaveQueue(simulation.server);
    sum += simulation.timeNow - arrivedAt;
    succeeded++;
  }
}

class Mm1 extends Simulation {
  line = new Queue('line');
  server = new Queue('server', 1);
  service = new Exponential(1);

  onStarting() {
    super.onStarting();
    this.generateEntities(Customer, new Exponential(1 / 0.8), count);
  }
}

const TIMEOUTS = [0.4, 0.2, 0.1];
const [LOSS, ATTEMPTS] = [0.01, 3];
const link = new Exponential(0.005);
const service = new Exponential(0.002);

async function call(caller, depth) {
  const reply = { hasCome: false };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (Math.random() >= LOSS) caller.simulation.activate(new Serving(depth, reply));
    await caller.delay(TIMEOUTS[depth], null, reply);
    if (reply.hasCome) return true;
  }
  return false;
}

class Serving extends Entity {
  constructor(depth, reply) {
    super();
    this.depth = depth;
    this.reply = reply;
  }

  async script() {
    await this.delay(link.sample());
    await this.delay(service.sample());
    if (this.depth < 2 && !(await call(this, this.depth + 1))) return;
    if (Math.random() < LOSS) return;
    await this.delay(link.sample());
    this.reply.hasCome = true;
    this.sendSignal(this.reply);
  }
}

class Request extends Entity {
  async script() {
    const { simulation } = this;
    const startedAt = simulation.timeNow;
    if (!(await call(this, 0))) return;
    succeeded++;
    sum += 1000 * (simulation.timeNow - startedAt);
  }
}

class Chain extends Simulation {
  onStarting() {
    super.onStarting();
    this.generateEntities(Request, new Exponential(1 / Number(perSecondText)), count);
  }
}

const simulation = model === 'mm1' ? new Mm1() : new Chain();
simulation.yieldInterval = 1e9;
const began = performance.now();
simulation.finished.addEventListener(() => {
  console.log(JSON.stringify({ count, seconds: (performance.now() - began) / 1000, mean: sum / succeeded }));
});
simulation.start(true);
