import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readScenario, variantNames } from '../../src/model/read-scenario';
import { EXAMPLES } from '../../src/lesson/examples';

const shipped = readdirSync('public/scenarios').map((name) => name.replace('.json', ''));
const listed = EXAMPLES.flatMap(({ names }) => names);

describe('the gallery of examples', () => {
  it('lists every scenario that ships, once', () => {
    expect([...listed].sort(), 'Add the scenario to src/lesson/examples.ts.').toEqual(shipped.sort());
  });

  it.each(['en', 'zh'])('says in %s what each is and what one learns from it', (language) => {
    const texts = JSON.parse(readFileSync(`src/i18n/${language}/examples.json`, 'utf8')) as Record<string, string>;
    const keys = [
      ...listed.flatMap((name) => [`examples.${name}`, `examples.${name}.about`]),
      ...EXAMPLES.map(({ id }) => `examples.group.${id}`),
    ];
    expect(
      keys.filter((key) => !texts[key]),
      `Add these to src/i18n/${language}/examples.json.`,
    ).toEqual([]);
  });

  it.each(shipped)('%s can be read, with all its variants', (name) => {
    const file: unknown = JSON.parse(readFileSync(`public/scenarios/${name}.json`, 'utf8'));
    for (const variant of [null, ...variantNames(file)]) expect(readScenario(file, variant)).toMatchObject({ ok: true });
  });
});
