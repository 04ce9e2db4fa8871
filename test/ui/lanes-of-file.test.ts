import { expect, it } from 'vitest';
import { lanesOfFile } from '../../src/ui/editor/lanes-of-file';

it('a file belongs to the lanes whose components or deploys name it', () => {
  const file = {
    components: { server: { kind: 'service', handler: 'server.ts' } },
    faults: [{ at: '1s', deploy: { service: 'server', code: 'server.v2.ts' } }],
    variants: { calm: { faults: [] }, other: { components: { server: { handler: 'other.ts' } } } },
  };
  const lanes = [null, 'calm', 'other'].map((variant) => ({ variant })) as never;
  expect(lanesOfFile(file, lanes, 'server.ts')).toEqual([null, 'calm']);
  expect(lanesOfFile(file, lanes, 'server.v2.ts')).toEqual([null, 'other']);
  expect(lanesOfFile(file, lanes, 'unused.ts')).toEqual([]);
});
