import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Test files that take a core more than twenty seconds. Begun last, one of them runs on alone while the other cores have nothing to do. */
const LONG = [
  'golden/digests',
  'theory/queues',
  'theory/table/table',
  'world/driver-fuzz',
  'property/scenarios',
  'theory/figures',
  'theory/partitions',
  'metrics/story-all',
];

/** The order of test files: the long ones first. Vitest alone goes by their sizes for as long as it has not seen how long they take. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONG.findIndex((name) => moduleId.endsWith(`test/${name}.test.ts`));
      return place < 0 ? LONG.length : place;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
