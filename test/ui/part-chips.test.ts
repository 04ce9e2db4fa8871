import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SceneReader } from '../../src/metrics/scene';
import { partChips, SAID_KEYS } from '../../src/ui/stage/part-chips';
import { runFile } from '../world/run-file';
import words from '../../src/i18n/en/stage.json';

const file: unknown = JSON.parse(readFileSync('public/scenarios/circuit-breaker.json', 'utf8'));

it('says of a breaker whether it is closed or open, above the component that has it', () => {
  const lane = runFile(file);
  const scenes = new SceneReader(lane);
  const seen = new Set<string>();
  for (let seconds = 0; seconds <= 20; seconds += 0.25) {
    const chips = partChips(lane, scenes.at(seconds * 1e6));
    expect([...chips.keys()]).toEqual([lane.places.findIndex((place) => place.kind === 'client')]);
    for (const { key, isBad } of [...chips.values()].flat()) {
      expect(isBad).toBe(key === 'stage.part.breaker.open');
      seen.add(key);
    }
  }
  expect([...seen].sort()).toEqual(['stage.part.breaker.closed', 'stage.part.breaker.halfOpen', 'stage.part.breaker.open']);
  expect(partChips(lane, scenes.at(0)).values().next().value?.[0]?.key).toBe('stage.part.breaker.closed');
});

it('has words for every state that it says', () => {
  expect(SAID_KEYS.filter((key) => !(key in words))).toEqual([]);
});
