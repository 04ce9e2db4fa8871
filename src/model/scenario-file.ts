/**
 * The scenario file as people write it: JSON, version 1. The schema is the one truth about its shape: the type, the published
 * JSON Schema and the first half of `readScenario` come from it. Each kind of component has its part in `kinds/`; references between
 * parts of the file are in `scenario-references.ts`.
 */
import * as v from 'valibot';
import { alertSchema } from './alerts/alert-file';
import { attackerSchema } from './attackers/attacker-file';
import { COMPONENT_KINDS } from './component-kind';
import { faultSchema } from './faults/fault-file';
import { balancerSchema } from './kinds/balancer';
import { clientSchema } from './kinds/client';
import { linkSchema } from './kinds/link';
import { queueSchema } from './kinds/queue';
import { serviceSchema } from './kinds/service';
import { storeSchema } from './kinds/store';
import { topicSchema } from './kinds/topic';
import { LIMITS } from './limits';
import { policySchema } from './policies/policy-file';
import { duration, id, isOwnName, list, number, object, says, text, wholeNumber } from './schema-parts';

/** Code, and the machines of policies. */
const FILE_NAME_PATTERN = /^[A-Za-z][\w-]*(\.[\w-]+)*\.(ts|machine\.json)$/;

const component = v.variant(
  'kind',
  [clientSchema, serviceSchema, queueSchema, balancerSchema, storeSchema, topicSchema],
  says('problem.choice', { choices: COMPONENT_KINDS.join(', ') }),
);

export const fileName = v.pipe(
  v.string(),
  v.regex(FILE_NAME_PATTERN, says('problem.fileName')),
  v.check(isOwnName, says('problem.fileName')),
);

export const scenarioFileSchema = object({
  $schema: v.optional(text(LIMITS.titleLength)),
  version: v.literal(1, says('problem.version')),
  title: v.optional(text(LIMITS.titleLength)),
  seed: v.optional(wholeNumber(0, LIMITS.seed)),
  duration: duration(LIMITS.durationMicros, 1),
  warmup: v.optional(duration(LIMITS.durationMicros)),
  deadline: v.optional(duration(LIMITS.durationMicros, 1)),
  /** What the page calls the lane without a variant. */
  baseName: v.optional(text(LIMITS.idLength)),
  /** Spans of every request and message, for a share of the traces. */
  tracing: v.optional(object({ sample: v.optional(number(0, 1)) })),
  components: v.record(id, component, says('problem.object')),
  links: v.optional(list(linkSchema, LIMITS.links)),
  policies: v.optional(v.record(id, policySchema, says('problem.object'))),
  faults: v.optional(list(faultSchema, LIMITS.faults)),
  alerts: v.optional(v.record(id, alertSchema, says('problem.object'))),
  attackers: v.optional(v.record(id, attackerSchema, says('problem.object'))),
  files: v.optional(v.record(fileName, text(LIMITS.fileLength), says('problem.object'))),
  /** Each a JSON Merge Patch (RFC 7396) to the rest of the file. */
  variants: v.optional(v.record(v.string(), v.record(v.string(), v.unknown(), says('problem.object')), says('problem.object'))),
});

export type ScenarioFile = v.InferOutput<typeof scenarioFileSchema>;
export type ComponentFile = ScenarioFile['components'][string];
