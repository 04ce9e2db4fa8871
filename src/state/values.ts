/**
 * What the variables of a run held at an instant, looked up when somebody points at one: the run is executed again up to there. One
 * question at a time; the answer is kept until another is asked.
 */
import type { SeenValues } from '../model/seen-values';
import type { Micros } from '../model/time';
import type { RunInput, Simulator } from './run-machine';

export interface ValuesQuestion {
  /** What the lanes were run from. */
  readonly input: RunInput;
  readonly variant: string | null;
  readonly timeMicros: Micros;
  /** The request that is selected; 0 for none. */
  readonly request: number;
}

type Answer = Promise<SeenValues | undefined>;

export class ValuesState {
  #asked: { readonly question: ValuesQuestion; readonly answer: Answer } | undefined;
  readonly #simulator: Pick<Simulator, 'values'>;

  constructor(simulator: Pick<Simulator, 'values'>) {
    this.#simulator = simulator;
  }

  /** Undefined when something else has taken the simulator meanwhile. Ask only while nothing runs: it takes the place of what does. */
  at(question: ValuesQuestion): Answer {
    const before = this.#asked;
    if (before && isSame(before.question, question)) return before.answer;
    const asked = { question, answer: this.#ask(question) };
    this.#asked = asked;
    void asked.answer.then((values) => {
      if (!values && this.#asked === asked) this.#asked = undefined;
    });
    return asked.answer;
  }

  async #ask({ input, variant, timeMicros, request }: ValuesQuestion): Answer {
    const { file, seed } = input;
    const reply = await this.#simulator.values({ file, variant, seed, untilMicros: timeMicros, request });
    return reply.kind === 'finished' ? reply.values : undefined;
  }
}

/** The input is made anew for each run, so the same one means the same code. */
function isSame(one: ValuesQuestion, other: ValuesQuestion): boolean {
  return one.input === other.input && one.variant === other.variant && one.timeMicros === other.timeMicros && one.request === other.request;
}
