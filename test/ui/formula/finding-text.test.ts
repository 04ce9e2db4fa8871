/** What the sentences say must be what the findings prove, in the words that a learner reads. */
import { describe, expect, it } from 'vitest';
import english from '../../../src/i18n/en/explain.json';
import chinese from '../../../src/i18n/zh/explain.json';
import { explainInSteps } from '../../../src/metrics/explain';
import { ExplainFacts } from '../../../src/metrics/explain-facts';
import { placeStepsInSteps } from '../../../src/metrics/place-steps';
import { SceneReader } from '../../../src/metrics/scene';
import { atOnce } from '../../../src/metrics/steps';
import { WindowReader } from '../../../src/metrics/window';
import { findingText } from '../../../src/ui/formula/finding-text';
import { SHIPPED } from '../../golden/shipped-scenarios';
import { runFile } from '../../world/run-file';

const written =
  (texts: Readonly<Record<string, string>>) =>
  (key: string, params: Readonly<Record<string, string | number>> = {}) =>
    (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name]));

function said(scenario: string, seconds: number, texts: Readonly<Record<string, string>> = english): readonly string[] {
  const lane = runFile(SHIPPED.find(({ name }) => name === scenario)!.file, { variant: null });
  const facts = atOnce(ExplainFacts.inSteps(new SceneReader(lane), new WindowReader(lane), atOnce(placeStepsInSteps(lane))));
  return atOnce(explainInSteps(facts, (seconds - 10) * 1e6, seconds * 1e6)).map((finding) => findingText(finding, lane, written(texts)));
}

describe('a finding says', () => {
  it('that one broker of a topic is down, not the topic', () => {
    expect(said('leader-failover', 25)).toContain('A broker of orders is down since 10 s');
    expect(said('leader-failover', 35)).toContain('A broker of orders was down from 10 s to 30 s');
    expect(said('leader-failover', 25, chinese)).toContain('orders 的一个代理 自 10 s 起已崩溃停机');
  });

  it('how many failed, of how many, beside the fault that is over', () => {
    expect(said('health-checks', 40)).toEqual([
      'server-3 was down from 20 s to 40 s',
      '1092 of the 1517 requests that ended failed (72 %)',
    ]);
  });

  it('of attempts that were answered with an error that they failed, not that nobody answered', () => {
    expect(said('same-row', 40)).toEqual(['100 % of T is spent in attempts on shops → sales that failed, and the pauses after them']);
  });
});
