/** What a variable in the code on screen held at the playhead, as the editor says it. Only what is true of the run that is shown. */
import { t } from '../../i18n/t.svelte';
import type { SeenFile, SeenSite, SeenValue, SeenValues } from '../../model/seen-values';
import type { Micros } from '../../model/time';
import { isRecord } from '../../model/variant';
import type { Lab } from '../../state/lab.svelte';
import { laneTitle } from '../shell/lane-title';
import { clockText } from '../timeline/time-text';
import type { SaidValue, TextPlace } from './code-editor';
import { lanesOfFile } from './lanes-of-file';

/** Undefined where nothing can be said: the place names no variable, the code has not run like this, the simulator is busy. */
export async function valueAt(lab: Lab, file: string, place: TextPlace): Promise<SaidValue | undefined> {
  const { playhead, run, selection, values } = lab;
  const { shown } = run;
  const variant = shown && laneOf(lab, shown.variants, file);
  if (!shown || variant === undefined || !hasRun(lab, file) || !isFree(lab)) return undefined;
  const request = selection.request ?? 0;
  const seen = await values.at({ input: shown, variant, timeMicros: playhead.timeMicros, request });
  // The reader may have gone on meanwhile.
  if (!seen || playhead.locked || run.shown !== shown || !hasRun(lab, file)) return undefined;
  const sites = sitesAt(seen, file, place);
  if (!sites) return undefined;
  const inLane = lab.lanes.length > 1 ? laneTitle(lab.lanes, variant) : undefined;
  return said(seen, sites, request, inLane, playhead.endMicros);
}

/** The lane that is looked at when it runs the file, else the first that does. */
function laneOf({ document, lanes, selection }: Lab, ran: readonly (string | null)[], file: string): string | null | undefined {
  const using = lanesOfFile(document.file, lanes, file).filter((variant) => ran.includes(variant));
  const selected = lanes[selection.lane]?.variant;
  return using.find((variant) => variant === selected) ?? using[0];
}

/** The code on the screen is the code of the run that is shown, and a lesson does not hold its picture back. */
function hasRun({ document, playhead, run }: Lab, file: string): boolean {
  const files = run.shown?.file['files'];
  return !playhead.locked && isRecord(files) && files[file] === document.files[file];
}

/** What runs must not be cancelled by a look. */
function isFree({ audit, checking, older, run, seeds }: Lab): boolean {
  return !checking && !seeds.running && !audit.running && !older.busy && ['idle', 'held', 'stopped'].includes(run.status);
}

function sitesAt({ files }: SeenValues, file: string, { line, column }: TextPlace): readonly SeenSite[] | undefined {
  const seen = files.find((known): known is SeenFile => known.file === file);
  const name = seen?.names.find((known) => known.line === line && column >= known.column && column <= known.column + known.length);
  return seen && name?.sites.map((site) => seen.sites[site]!);
}

function said(seen: SeenValues, sites: readonly SeenSite[], request: number, lane: string | undefined, endMicros: Micros): SaidValue {
  const clock = (micros: Micros): string => clockText(micros, endMicros);
  const until = clock(seen.untilMicros);
  const inLane = lane === undefined ? [] : [t('values.lane', { lane })];
  if (!seen.complete) return { value: undefined, notes: [t('values.tooFar', { until })] };
  const ofRequest = newest(sites.map((site) => site.ofRequest));
  const last = ofRequest ?? newest(sites.map((site) => site.last));
  if (!last) return { value: undefined, notes: [t('values.notReached', { until }), ...inLane] };
  const times = sites.reduce((sum, site) => sum + site.times, 0);
  return {
    value: last.text,
    notes: [
      t(last.request > 0 ? 'values.atFor' : 'values.at', {
        time: clock(last.atMicros),
        component: last.component,
        request: last.request,
      }),
      ...(request > 0 && !ofRequest ? [t('values.notForRequest', { request, until })] : []),
      t('values.times', { count: times, until }),
      ...inLane,
    ],
  };
}

function newest(values: readonly (SeenValue | undefined)[]): SeenValue | undefined {
  return values.reduce((best, value) => (value && (!best || value.order > best.order) ? value : best), undefined);
}
