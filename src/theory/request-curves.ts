/** What a formula says of how long the requests of a scenario take, whole or in a part, when one service does all that is done for them. */
import type { Scenario } from '../model/scenario';
import type { TheoryReport } from './assess-scenario';
import { distributionFunction } from './distribution-function';
import { stationCurves, type Curve } from './station-curves';

export type CurveMeasure = 'T' | 'Tr' | 'Td' | 'Ts' | 'Tp' | 'wait' | 'stay';

/** The curve; or a text of `i18n` that says why there is none, if no assumption of the report says so already. */
export type CurveAnswer = { readonly curve: Curve } | { readonly why: `theory.noCurve.${string}` | undefined };

/** `report` is about the one service that the clients call. */
export function curveOf(measure: CurveMeasure, report: TheoryReport, scenario: Scenario): CurveAnswer {
  if (!report.curves) return { why: report.assumptions.some(({ holds }) => !holds) ? undefined : 'theory.noCurve.meansOnly' };
  const { wait, sojourn } = stationCurves(report.curves);
  const known = (curve: Curve | undefined): CurveAnswer => (curve ? { curve } : { why: 'theory.noCurve.meansOnly' });
  if (measure === 'wait') return known(wait);
  if (measure === 'stay') return known(sojourn);
  // Who would take too long is cut off and does not count as well ended.
  if (scenario.deadlineMicros !== undefined) return { why: 'theory.noCurve.deadline' };
  if (scenario.components.filter(({ kind }) => kind === 'service').length > 1) return { why: 'theory.noCurve.otherServices' };
  if (measure === 'Td') return known(wait);
  if (measure === 'Ts') return { curve: distributionFunction(report.curves.work) };
  const links = scenario.links.filter(({ to }) => to === report.component);
  const [link] = links;
  if (!link || links.length > 1) return { why: 'theory.noCurve.links' };
  if (measure === 'Tr') return { curve: distributionFunction(link.forth.delay) };
  if (measure === 'Tp') return { curve: distributionFunction(link.back.delay) };
  const [forth, back] = [link.forth.delay, link.back.delay];
  if (forth.kind !== 'constant' || back.kind !== 'constant') return { why: 'theory.noCurve.links' };
  const onLinks = forth.micros + back.micros;
  return known(sojourn && ((micros) => (micros < onLinks ? 0 : sojourn(micros - onLinks))));
}
