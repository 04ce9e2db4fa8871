/** Every scenario that ships, with every variant: the files of `public/scenarios` and of the lessons, as they start. */
import { readdirSync, readFileSync } from 'node:fs';
import { CATALOGUE } from '../../src/lesson/catalogue';
import { variantNames } from '../../src/model/read-scenario';
import { parseDuration, SECOND } from '../../src/model/time';
import { merge } from '../model/example-files';

export interface ShippedScenario {
  /** `mm1` or `lesson greeter`. */
  readonly name: string;
  readonly file: unknown;
  readonly variants: readonly (string | null)[];
}

/** Scenarios of queueing theory run for hours: their first minute says as much about equality. What is told in a short run stays whole. */
const LONG_MICROS = 120 * SECOND;
const SHORT = { duration: '40s', warmup: '4s' };

const FOLDER = 'public/scenarios';

export const SHIPPED: readonly ShippedScenario[] = [
  ...readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) =>
      scenario(name.replace('.json', ''), shortened(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as { duration: string })),
    ),
  ...CATALOGUE.map((lesson) => scenario(`lesson ${lesson.id}`, lesson.scenario)),
];

function shortened(file: { readonly duration: string }): unknown {
  return parseDuration(file.duration)! > LONG_MICROS ? merge(file, SHORT) : file;
}

export const GOLDEN_SEEDS: readonly number[] = Array.from({ length: 20 }, (_, index) => index + 1);

export const GOLDEN_FILE = 'test/golden/digests.json';

/** Digests by case, one for each seed. */
export type Golden = Readonly<Record<string, readonly string[]>>;

export function caseName(scenario: ShippedScenario, variant: string | null): string {
  return variant === null ? scenario.name : `${scenario.name}, ${variant}`;
}

export const HOW_TO_RENEW =
  'The simulator gives other results than it did. If that is meant, write the new ones: UPDATE_GOLDEN=1 npx vitest run --project unit test/golden';

function scenario(name: string, file: unknown): ShippedScenario {
  return { name, file, variants: [null, ...variantNames(file)] };
}
