/** Whether a `set` names parameters that exist, that can change while a run goes on, and gives them values they can have. */
import { asWritten, problem, type Problem } from '../problem';
import { scenarioFileSchema } from '../scenario-file';
import type { Reading } from '../scenario-reading';
import { shapeProblems } from '../scenario-shape';
import { isRecord, type JsonRecord } from '../variant';
import { LIVE, pathKeys, valueAt, withValue } from './live';

export function checkSet(set: JsonRecord, where: string, file: JsonRecord, { problems }: Reading): void {
  if (Object.keys(set).length === 0) problems.push(problem(where, 'problem.setNothing'));
  for (const [path, value] of Object.entries(set)) {
    problems.push(...settingProblems(path, value, file).map((item) => ({ ...item, path: `${where}[${JSON.stringify(path)}]` })));
  }
}

function settingProblems(path: string, value: unknown, file: JsonRecord): readonly Problem[] {
  const keys = pathKeys(path);
  const [part, , ...parameter] = keys;
  const target = part === 'components' || part === 'links' ? valueAt(file, keys.slice(0, 2)) : undefined;
  if (!isRecord(target) || parameter.length === 0) return [problem('', 'problem.setWhere', { value: path })];
  const kind = part === 'links' ? 'link' : asWritten(target['kind']);
  const written = parameter.join('.');
  const live = LIVE[kind] ?? [];
  if (!live.some((name) => written === name || written.startsWith(`${name}.`))) {
    const [id] = keys.slice(1);
    return [
      problem('', live.length === 0 ? 'problem.setNothingLive' : 'problem.setNotLive', {
        value: path,
        id: id ?? '',
        live: live.join(', '),
      }),
    ];
  }
  if (kind === 'topic' && target['retention'] === 'none') return [problem('', 'problem.setRetention', { value: path })];
  const { faults: _faults, variants: _variants, ...rest } = file;
  const before = new Set(shapeProblems(scenarioFileSchema, rest).map(({ path: at, key }) => `${at} ${key}`));
  return shapeProblems(scenarioFileSchema, withValue(rest, keys, value))
    .filter(({ path: at, key }) => !before.has(`${at} ${key}`))
    .slice(0, 1);
}
