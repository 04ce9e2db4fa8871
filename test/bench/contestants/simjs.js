// SIM.JS (npm simjs), in its own style: entities, timers with callbacks, a facility.
import { createRequire } from 'node:module';

globalThis.window = globalThis; // It was written for pages and registers itself there.
createRequire(import.meta.url)('simjs/sim.js');
const { Sim } = globalThis;

const [model, countText, perSecondText = '1000'] = process.argv.slice(2);
const count = Number(countText);
const perSecond = Number(perSecondText);
const random = new Sim.Random(1);
let [arrived, ended, succeeded, sum] = [0, 0, 0, 0];

class Customers extends Sim.Entity {
  start() {
    this.setTimer(random.exponential(0.8)).done(this.arrive);
  }

  arrive() {
    this.useFacility(server, random.exponential(1)).done(this.leave, this, this.time());
    if (++arrived < count) this.setTimer(random.exponential(0.8)).done(this.arrive);
  }

  leave(arrivedAt) {
    sum += this.time() - arrivedAt;
    ended++;
    succeeded++;
  }
}

const TIMEOUTS = [0.4, 0.2, 0.1];
const [LINKS_PER_SECOND, SERVICES_PER_SECOND, LOSS, ATTEMPTS] = [200, 500, 0.01, 3];

class Chain extends Sim.Entity {
  start() {
    this.setTimer(random.exponential(perSecond)).done(this.arrive);
  }

  arrive() {
    if (++arrived < count) this.setTimer(random.exponential(perSecond)).done(this.arrive);
    const startedAt = this.time();
    this.call(0, (ok) => {
      ended++;
      if (!ok) return;
      succeeded++;
      sum += 1000 * (this.time() - startedAt);
    });
  }

  call(depth, whenOver) {
    let isOver = false;
    let attempts = 0;
    let timer;
    const finish = (ok) => {
      if (isOver) return;
      isOver = true;
      if (ok) timer.cancel();
      whenOver(ok);
    };
    const attempt = () => {
      attempts++;
      if (random.random() >= LOSS) this.setTimer(random.exponential(LINKS_PER_SECOND)).done(() => this.serve(depth, () => finish(true)));
      timer = this.setTimer(TIMEOUTS[depth]);
      timer.done(() => {
        if (isOver) return;
        if (attempts < ATTEMPTS) attempt();
        else finish(false);
      });
    };
    attempt();
  }

  serve(depth, whenReplied) {
    const reply = () => {
      if (random.random() >= LOSS) this.setTimer(random.exponential(LINKS_PER_SECOND)).done(whenReplied);
    };
    this.setTimer(random.exponential(SERVICES_PER_SECOND)).done(() => {
      if (depth === 2) reply();
      else this.call(depth + 1, (ok) => ok && reply());
    });
  }
}

const server = new Sim.Facility('server');
const sim = new Sim.Sim();
sim.addEntity(model === 'mm1' ? Customers : Chain);
const began = performance.now();
try {
  sim.simulate(1e15);
} catch (error) {
  if (ended < count) throw error; // It throws when nothing is left to happen.
}
console.log(JSON.stringify({ count, seconds: (performance.now() - began) / 1000, mean: sum / succeeded }));
