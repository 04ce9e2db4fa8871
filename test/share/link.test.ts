import { describe, expect, it } from 'vitest';
import problems from '../../src/i18n/problems.json';
import { decodeLink, encodeLink, MAX_LINK_LENGTH, type SharedState } from '../../src/share/link';
import { BAD_LINKS, linkOfFields, linkOfText, STATE } from './bad-links';

const good = encodeLink(STATE);

function open(link: string): SharedState {
  const read = decodeLink(link);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

describe('a link', () => {
  it('brings back everything that was shared', () => {
    expect(open(good)).toEqual(STATE);
    const bare: SharedState = {
      scenario: {},
      seed: undefined,
      timeMicros: 0,
      variant: null,
      selection: undefined,
      language: undefined,
      lessonId: undefined,
    };
    expect(open(encodeLink(bare))).toEqual(bare);
  });

  it('keeps any text in any script', () => {
    const scenario = { title: '问候 👩‍👩‍👧 \u202e \ud800 </script>{{x}}', files: { 'a.ts': '// \u0000\t\u2028' } };
    expect(open(encodeLink({ ...STATE, scenario })).scenario).toEqual(scenario);
  });

  it.each([
    ['in a whole address', `https://example.org/lab/?x=1#${good}`],
    ['L7 percent-encoded once', `#${encodeURIComponent(good)}`.replace('v1.', 'v1%2E')],
    ['L7 percent-encoded twice', `#${good}`.replace('v1.', 'v1%252E')],
    ['L8 with the full stop and bracket after it', `${good}).`],
    ['L9 broken into lines', good.replace(/.{40}/g, '$&\r\n  ')],
    ['L6 in the other alphabet, padded', `${good.replaceAll('-', '+').replaceAll('_', '/')}==`],
    ['L22 followed by a second fragment', `#${good}#top`],
    ['L23 followed by a query', `#${good}&lesson=other`],
  ])('opens %s', (_what, link) => {
    expect(open(link)).toEqual(STATE);
  });

  it('is short for a lesson-sized scenario', () => {
    const code =
      'export async function onRequest(request: Request, ctx: Ctx) {\n  await ctx.work(seconds(1));\n  return { message: request.body.name };\n}\n';
    const files = Object.fromEntries(['greeter.ts', 'caller.ts', 'sender.ts'].map((name) => [name, `// ${name}\n${code}`]));
    expect(encodeLink({ ...STATE, scenario: { ...STATE.scenario, files } }).length).toBeLessThan(600);
  });
});

describe('links of this version open for ever', () => {
  // Never change a line here: people keep links for years. A new version gets its own lines.
  it.each<[string, SharedState]>([
    [
      'v1.OwWr9DWOQQrCQAxFr1KyUhiKLkToBdy7djPU31qomTrJFLXM3c1UzS6fl_-ykLRgH4dAzUIzogyBqdk70kFHUEOnCCgiOeqGEVKw_hvVahvhOYWolZcXt1WXuFVrqAKf8UgQ3WyrJV-YcnYkwJWaoyOvpjjsyjiaze7ZErKDBBMJRqw1lrXhPgUGq9Q_rQGj5z75vrz3vpUdIiv9R_IH',
      STATE,
    ],
    [
      'v1.VzayG6tWKk5OzUssysxXsqpWKkstKs7Mz1OyMtRRKsksyUlVslJ6OX3d04aZSrW1AA',
      {
        scenario: { version: 1, title: '问候' },
        seed: undefined,
        timeMicros: 0,
        variant: null,
        selection: undefined,
        language: undefined,
        lessonId: undefined,
      },
    ],
  ])('%s', (link, state) => {
    expect(open(link)).toEqual(state);
    expect(encodeLink(state)).toBe(link);
  });
});

describe('a bad link', () => {
  it.each(BAD_LINKS)('%s is one problem with its sentence', (_what, link, key) => {
    const read = decodeLink(link);
    expect(read.ok ? 'opened' : read.problems.map((item) => item.key)).toEqual([key]);
    expect(problems).toHaveProperty([key]);
  });

  it('is refused at whatever length it was cut (L4)', () => {
    for (let length = 0; length < good.length; length++) expect(decodeLink(good.slice(0, length)).ok, `at ${length}`).toBe(false);
  });

  it('never opens as something else when any one letter was changed (L5)', () => {
    for (let place = 3; place < good.length; place++) {
      for (const letter of ['A', 'z', '_']) {
        const read = decodeLink(good.slice(0, place) + letter + good.slice(place + 1));
        if (read.ok) expect(read.value).toEqual(STATE);
      }
    }
  });

  it('is small enough to have been unpacked at all: the bombs are not stopped by their length', () => {
    const bomb = BAD_LINKS.find(([what]) => what.startsWith('L12'))?.[1] ?? '';
    expect(bomb.length).toBeLessThan(MAX_LINK_LENGTH);
  });
});

describe('a hostile link', () => {
  it('cannot lend powers to objects (L19)', () => {
    const { scenario } = open(
      linkOfText(
        '{"scenario":{"a":{"__proto__":{"evil":1},"b":[{"constructor":2,"prototype":3,"kept":4}]},"__proto__":{"evil":1}},"__proto__":{"seed":9}}',
      ),
    );
    expect(JSON.stringify(scenario)).toBe('{"a":{"b":[{"kept":4}]}}');
    expect(({} as Record<string, unknown>)['evil']).toBeUndefined();
    expect(Object.getPrototypeOf(scenario['a'])).toBe(Object.prototype);
  });

  it('takes the last of two equal keys, as JSON does (L20)', () => {
    expect(open(linkOfText('{"scenario":{"title":"a"},"scenario":{"title":"b"}}')).scenario).toEqual({ title: 'b' });
  });

  it('cannot loosen the rules (L28): unknown fields are gone', () => {
    expect(Object.keys(open(linkOfFields({ trusted: true, autorun: 1, csp: '*' }))).sort()).toEqual(Object.keys(STATE).sort());
  });

  it('opens without what only decorates when that is wrong (L103)', () => {
    expect(open(linkOfFields({ language: 'tlh', selection: { x: 1 } }))).toMatchObject({ language: undefined, selection: undefined });
  });
});
