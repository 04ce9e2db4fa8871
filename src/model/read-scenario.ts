/** Reads a scenario file of any content: merges the variant, checks everything, resolves units and defaults. Never throws. */
import { resolveAlert } from './alerts/alert-file';
import { show } from './distribution';
import { resolveAttacker } from './attackers/attacker-file';
import { resolveFault } from './faults/fault-file';
import { liveChanges } from './faults/live';
import { resolveBalancer } from './kinds/balancer';
import { resolveClient } from './kinds/client';
import { resolveLink } from './kinds/link';
import { resolveQueue } from './kinds/queue';
import { resolveService } from './kinds/service';
import { resolveStore } from './kinds/store';
import { resolveTopic } from './kinds/topic';
import { LIMITS } from './limits';
import { nearest } from './nearest';
import { resolvePolicy } from './policies/policy-file';
import { problem, type Problem, type Result } from './problem';
import { expandLinks, instancesIn, type Instances } from './replicas';
import { readDuration } from './resolve';
import { scenarioFileSchema, type ComponentFile, type ScenarioFile } from './scenario-file';
import { referenceProblems } from './scenario-references';
import { pathText } from './path-text';
import { shapeProblems } from './scenario-shape';
import type { Component, Scenario } from './scenario';
import { isRecord, mergePatch, type JsonRecord } from './variant';

const MAX_PROBLEMS = 50;
const MAX_DEPTH = 64;
const DEFAULT_SEED = 1;

/** The names of the variants, in the order of the file; empty when the file has none or is no scenario. */
export function variantNames(file: unknown): string[] {
  return isRecord(file) && isRecord(file['variants']) ? Object.keys(file['variants']) : [];
}

/**
 * The scenario that a parsed JSON file describes, with the named variant applied (`null`: the base). When the file is wrong, all
 * its problems, up to 50, each with its place in the file; a problem that a variant brings has its place inside the variant.
 */
export function readScenario(file: unknown, variant: string | null): Result<Scenario> {
  if (isTooDeep(file)) return failure([problem('', 'problem.tooDeep', { max: MAX_DEPTH })]);
  if (!isRecord(file)) return failure([problem('', 'problem.noScenario', { value: show(file) })]);
  // What another version means is not ours to judge.
  if ('version' in file && file['version'] !== 1) return failure([problem('version', 'problem.version', { value: show(file['version']) })]);
  const tooLarge = sizeProblems(file);
  if (tooLarge.length > 0) return failure(tooLarge);
  if (variant === null) return readMerged(file);

  const patch = isRecord(file['variants']) && Object.hasOwn(file['variants'], variant) ? file['variants'][variant] : undefined;
  if (!isRecord(patch)) return failure([unknownVariant(file, variant)]);
  const forbidden = ['version', 'variants'].filter((key) => Object.hasOwn(patch, key));
  if (forbidden.length > 0)
    return failure(forbidden.map((key) => problem(pathText(['variants', variant, key]), 'problem.variantKey', { key })));
  const merged = mergePatch(file, patch) as JsonRecord;
  const mergedTooLarge = sizeProblems(merged);
  const read = mergedTooLarge.length > 0 ? failure(mergedTooLarge) : readMerged(merged);
  if (read.ok) return read;
  const [inBase, inPatch] = [placesOf(file), placesOf(patch)];
  return failure(read.problems.map((item) => placeInVariant(item, pathText(['variants', variant]), inBase, inPatch)));
}

function failure(problems: readonly Problem[]): Extract<Result<never>, { ok: false }> {
  return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
}

function readMerged(merged: JsonRecord): Result<Scenario> {
  const problems = [...shapeProblems(scenarioFileSchema, merged), ...referenceProblems(merged)];
  return problems.length > 0 ? failure(problems) : { ok: true, value: resolve(merged as ScenarioFile) };
}

/** Walks with its own stack, because the input may be nested deeper than a function may call itself. */
function isTooDeep(file: unknown): boolean {
  let level: unknown[] = [file];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value as JsonRecord) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** Checked before anything walks the parts, so that a monstrous file costs nothing. */
function sizeProblems(file: JsonRecord): Problem[] {
  return (['components', 'links', 'faults', 'policies', 'alerts', 'attackers', 'files', 'variants'] as const).flatMap((key) => {
    const part = file[key];
    const count = typeof part === 'object' && part !== null ? Object.keys(part).length : 0;
    return count > LIMITS[key] ? [problem(key, 'problem.tooMany', { value: count, max: LIMITS[key] })] : [];
  });
}

function unknownVariant(file: JsonRecord, variant: string): Problem {
  const near = nearest(variant, variantNames(file));
  if (near !== undefined && near !== variant) return problem('variants', 'problem.noVariantNear', { value: variant, nearest: near });
  return problem('variants', 'problem.noVariant', { value: variant });
}

/** The text of every place in a document; lists and objects alike. */
function placesOf(document: unknown): Set<string> {
  const places = new Set<string>();
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    places.add(pathText(path));
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
    else if (isRecord(value)) for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
  };
  visit(document, []);
  return places;
}

/** Moves a problem into the variant when the variant wrote what is wrong, or the part in which something is missing. */
function placeInVariant(item: Problem, prefix: string, inBase: ReadonlySet<string>, inPatch: ReadonlySet<string>): Problem {
  const part = item.path.replace(/[.[][^.[]*$/, '');
  const isPatched = inPatch.has(item.path) || (inPatch.has(part) && (part.includes('[') || !inBase.has(part)));
  if (!isPatched || item.path === '') return item;
  return { ...item, path: item.path.startsWith('[') ? prefix + item.path : `${prefix}.${item.path}` };
}

function resolve(file: ScenarioFile): Scenario {
  const instances = instancesIn((id) => file.components[id], file.faults);
  const links = expandLinks(file.links ?? [], instances);
  const resolved = (id: string, now: ScenarioFile): Component[] =>
    instances(id).map((instance) => resolveComponent(instance, now.components[id]!, now, instances));
  return {
    title: file.title ?? '',
    seed: file.seed ?? DEFAULT_SEED,
    durationMicros: readDuration(file.duration),
    warmupMicros: readDuration(file.warmup ?? '0ms'),
    deadlineMicros: file.deadline === undefined ? undefined : readDuration(file.deadline),
    alerts: Object.entries(file.alerts ?? {}).map(([id, alert]) => resolveAlert(id, alert)),
    tracing: file.tracing && { sample: file.tracing.sample ?? 1 },
    components: Object.keys(file.components).flatMap((id) => resolved(id, file)),
    links: links.map(({ index, from, to }) => resolveLink({ ...file.links![index]!, from, to })),
    policies: Object.fromEntries(Object.entries(file.policies ?? {}).map(([id, policy]) => [id, resolvePolicy(policy, file.files ?? {})])),
    liveChanges: liveChanges(file, file.faults ?? [], resolved, (index, now) =>
      links.flatMap((link, place) =>
        link.index === index ? [{ index: place, value: resolveLink({ ...now.links![index]!, from: link.from, to: link.to }) }] : [],
      ),
    ),
    faults: (file.faults ?? []).map((fault, index) =>
      resolveFault(fault, index, links, instances, (id) => file.components[id]?.kind === 'topic'),
    ),
    attackers: Object.entries(file.attackers ?? {}).map(([id, attacker]) => resolveAttacker(id, attacker, links)),
    files: file.files ?? {},
  };
}

function resolveComponent(id: string, file: ComponentFile, { links }: ScenarioFile, instances: Instances): Component {
  switch (file.kind) {
    case 'client':
      return resolveClient(id, file);
    case 'service':
      return resolveService(id, file);
    case 'queue':
      return resolveQueue(id, file);
    case 'store':
      return resolveStore(id, file);
    case 'balancer':
      return resolveBalancer(id, file);
    case 'topic':
      return resolveTopic(
        id,
        file,
        (links ?? []).filter(({ from }) => from === id).map(({ to }) => to),
        instances,
      );
  }
}
