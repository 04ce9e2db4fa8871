/** A lesson as data. The texts are the lesson writer's own, in both languages; everything else is for machines. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Localized<T = string> = Readonly<Record<Language, T>>;

export interface Lesson {
  /** The folder's name without its number: `greeter`. Links and progress know the lesson by it. */
  readonly id: string;
  /** The number before the name: lessons stand in this order. */
  readonly number: number;
  readonly text: Localized<LessonText>;
  /** The scenario file, not yet read; its `files` are those of `start`. */
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly lanes: readonly LessonLane[];
  /** Names of the files that the learner may change. */
  readonly editable: readonly string[];
  readonly start: Readonly<Record<string, string>>;
  /** All files as the solution has them, also those that it leaves as they start. */
  readonly solution: Readonly<Record<string, string>>;
  readonly steps: readonly LessonStep[];
  readonly checks: readonly Check[];
  /** Every check must hold in every lane on each of these seeds. */
  readonly hiddenSeeds: readonly number[];
}

/** Bodies are HTML on the page and Markdown on the command line: whoever reads the folder decides. */
export interface LessonText {
  readonly title: string;
  readonly intro: string;
  /** One section for each step, in the same order. */
  readonly sections: readonly { readonly title: string; readonly body: string }[];
}

/** One side of the comparison: a variant of the scenario, null for the scenario as it is. */
export interface LessonLane {
  readonly variant: string | null;
  readonly title: Localized;
}

export type LessonStep =
  /** Play waits until an option is chosen. */
  | { readonly kind: 'predict'; readonly question: Question }
  | { readonly kind: 'run'; readonly controls: readonly string[]; readonly question: Question | undefined }
  /** `controls` are paths in the scenario that this step lets the learner turn, at most three. */
  | { readonly kind: 'investigate'; readonly controls: readonly string[]; readonly question: Question | undefined }
  | { readonly kind: 'modify'; readonly file: string; readonly hints: readonly Localized[] }
  | { readonly kind: 'check' };

export interface Question {
  readonly text: Localized;
  readonly options: readonly Option[];
}

export interface Option {
  readonly id: string;
  readonly text: Localized;
  /** Shown after the run, next to what the run did. */
  readonly feedback: Localized;
  readonly correct: boolean;
  /** The wrong idea behind a wrong option, a key of `lessons/misconceptions.json`. */
  readonly misconception: string | undefined;
}

/** What a check can measure in the summary of a run. */
export const MEASURES = [
  'completedPerSecond',
  'acceptedPerSecond',
  'answeredPercent',
  'inFlightPercent',
  'inFlight',
  'failed',
  'started',
  'meanSeconds',
  'p50Seconds',
  'p95Seconds',
  'p99Seconds',
  'meanHeldSeconds',
] as const;
export type Measure = (typeof MEASURES)[number];

export interface Check {
  readonly id: string;
  readonly title: Localized;
  readonly measure: Measure;
  /** Bounds that still pass. */
  readonly atLeast: number | undefined;
  readonly atMost: number | undefined;
  /** The wrong idea that a failure points at. */
  readonly misconception: string;
  /** Said when the check fails, with measures of that run as `{{completedPerSecond}}`. */
  readonly failed: Localized;
}

/** One check on one lane and seed. */
export interface CheckOutcome {
  readonly check: string;
  readonly variant: string | null;
  readonly seed: number;
  readonly passed: boolean;
  /** What was measured; null when the run has nothing to measure, which never passes. */
  readonly value: number | null;
  /** The measures of the run, rounded for a sentence. */
  readonly quoted: Readonly<Record<Measure, number | string>>;
}
