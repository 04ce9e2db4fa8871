/**
 * The worker's side of the protocol: takes requests, runs jobs in slices and sends what they find. Between slices it reads its
 * messages, so that a cancel or a ping is answered at once, however long the run is. It knows nothing of threads or ports:
 * what it needs of them is passed in, and the tests pass something else.
 */
import { announcing } from './evaluate';
import { Job } from './job';
import { Outbox } from './outbox';
import { IDLE, type JobRequest, type Request } from './protocol';
import { REHEARSAL } from './rehearsal';
import type { Surroundings } from './surroundings';

export interface Executor {
  receive(request: Request): void;
}

/** Announces itself with `ready`, and takes requests from then on. A newer job replaces the one that runs. */
export function createExecutor(surroundings: Surroundings): Executor {
  const outbox = new Outbox(surroundings.post);
  const evaluate = announcing(surroundings.evaluate, () => job?.entersHandler());
  let job: Job | undefined;
  /** Gives way to any job, and nobody hears of it. */
  let rehearsal: Job | undefined;
  let sliceComing = false;

  const begin = (request: JobRequest) => {
    if (job) outbox.send({ kind: 'cancelled', id: job.id });
    job = new Job(request, { ...surroundings, evaluate }, outbox);
    rehearsal = undefined;
    continueLater();
  };

  const rehearse = () => {
    if (job) return;
    rehearsal = new Job(REHEARSAL, surroundings, new Outbox(() => undefined));
    continueLater();
  };

  const continueLater = () => {
    if (sliceComing || !(job ?? rehearsal) || outbox.full) return;
    sliceComing = true;
    surroundings.later(() => {
      sliceComing = false;
      if (job?.slice() === false) job = undefined;
      else if (rehearsal?.slice() === false) rehearsal = undefined;
      continueLater();
    });
  };

  outbox.send({ kind: 'ready' });
  return {
    receive(request) {
      switch (request.kind) {
        case 'credit':
          outbox.grant(request.messages);
          continueLater();
          return;
        case 'ping':
          outbox.sendIfFree({ kind: 'pong', at: job?.whereabouts ?? IDLE });
          return;
        case 'rehearse':
          rehearse();
          return;
        case 'cancel':
          if (job?.id !== request.id) return;
          job = undefined;
          outbox.send({ kind: 'cancelled', id: request.id });
          return;
        default:
          begin(request);
      }
    },
  };
}
