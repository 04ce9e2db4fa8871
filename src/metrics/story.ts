/**
 * The story of one request: everything that happened to it in the order of time, with what led to what, and how its T came about. A pure
 * function of the trace. The four parts are those of the request's row, the same that the formula and the log show; the path that adds up
 * to them is found again from the records.
 */
import { Outcome } from '../model/outcome';
import type { LaneResult } from '../model/run-result';
import { ARRIVES_LATER, RecordKind } from '../model/trace';
import { Carriages } from './carriage';
import type { Hop } from './hop';
import { requestIndexInSteps, type RequestIndex } from './request-index';
import { atOnce } from './steps';
import type { RequestRow, RequestRows } from './request-rows';
import type { Reading } from './story-activity';
import { LOGS } from './story-log';
import { StoryPlaces } from './story-places';
import { POLICIES } from './story-policies';
import { partsOf, pathOf, type Parts, type Spent } from './story-stand';
import { STATIONS } from './story-stations';
import { StoryTelling } from './story-telling';
import { TRAVEL } from './story-travel';
import { byTheBooks } from './story-carriage';
import { TraceReader, type TraceRow } from './trace-reader';

export interface Story {
  readonly row: RequestRow;
  /** In the order in which they began. */
  readonly hops: readonly Hop[];
  /**
   * How T came about: stretches that follow on each other from the start to the end, each one of the four parts. Undefined where the records
   * do not tell, because a handler waited for several things at once in a way that leaves no trace.
   */
  readonly path: readonly Spent[] | undefined;
  /** Index of the hop that ended the request; undefined while it is open. */
  readonly end: number | undefined;
}

/** How time without a record is read: first as most handlers spend it. */
const READINGS: readonly Reading[] = [
  { after: 'news', client: 'Td' },
  { after: 'act', client: 'Td' },
  { after: 'news', client: 'Ts' },
  { after: 'act', client: 'Ts' },
];

/** Tells the stories of one lane, or of a stretch of one. What it needs is found once, when the first is asked for. */
export class StoryReader {
  private readonly trace: TraceReader;
  private placesMade: StoryPlaces | undefined;
  private carriagesMade: Carriages | undefined;

  /** `rows` are those of the whole run, also where `lane` is a stretch of it. `indexMade` is of `lane`, where it has been made already. */
  constructor(
    private readonly lane: LaneResult,
    private readonly rows: RequestRows,
    private indexMade?: RequestIndex,
  ) {
    this.trace = new TraceReader(lane.chunks, lane.keptFrom.record);
  }

  /** Whether all that happened to a request, from its start to its end, is in this trace. */
  knows(request: number): boolean {
    const row = this.rows.row(request);
    if (!row) return false;
    const { keptFrom, endMicros } = this.lane;
    return (
      row.startedMicros >= keptFrom.micros && (keptFrom.record === 0 || row.startedMicros > keptFrom.micros) && row.endedMicros <= endMicros
    );
  }

  /** The story of a request; undefined when it is not in this trace from beginning to end. */
  story(request: number): Story | undefined {
    const row = this.rows.row(request);
    if (!row || !this.knows(request)) return undefined;
    const told = READINGS.map((reading) => () => this.tell(row, reading));
    let first: Story | undefined;
    for (const tell of told) {
      const story = tell();
      if (story.path) return story;
      first ??= story;
    }
    return first;
  }

  private tell(row: RequestRow, reading: Reading): Story {
    const records = Array.from(this.index.of(row.request), (record) => this.trace.row(record));
    const telling = new StoryTelling(this.places, this.carriages, records, reading);
    for (const record of records) take(telling, record);
    const stand = telling.end ?? telling.standsAt(row.endedMicros);
    const { hops, numberOf } = telling.hops.finish(this.lane.endMicros);
    const told = stand && pathOf(stand).map((spent) => ({ ...spent, hop: numberOf(spent.hop) }));
    const path = told && byTheBooks(told, hops, row.parts, ({ record }) => this.trace.row(record).value === ARRIVES_LATER);
    return {
      row,
      hops,
      path: path && isOf(path, row) ? path : undefined,
      end: hops.findLast(({ kind }) => kind === 'ended')?.index,
    };
  }

  private get index(): RequestIndex {
    return (this.indexMade ??= atOnce(requestIndexInSteps(this.lane.chunks)));
  }

  private get carriages(): Carriages {
    return (this.carriagesMade ??= new Carriages(this.lane, this.trace));
  }

  private get places(): StoryPlaces {
    return (this.placesMade ??= new StoryPlaces(this.lane, this.trace, this.index.of(0)));
  }
}

const TAKE = { ...TRAVEL, ...STATIONS, ...POLICIES, ...LOGS };

function take(story: StoryTelling, row: TraceRow): void {
  switch (row.kind) {
    case RecordKind.requestStarted:
      return starts(story, row);
    case RecordKind.requestAccepted:
      return void story.note(row, 'accepted', story.client?.lastNews(row.timeMicros).stand.hop);
    case RecordKind.requestEnded:
      return ends(story, row);
    default:
      TAKE[row.kind]?.(story, row);
  }
}

function starts(story: StoryTelling, row: TraceRow): void {
  const hop = story.note(row, 'started', undefined);
  story.client = story.begin(row.place, 0, { hop: hop.index, atMicros: row.timeMicros, past: undefined }, hop);
}

/** Ended by the client's own part, or, after that, by the last handler of what it has set in motion. */
function ends(story: StoryTelling, row: TraceRow): void {
  const { timeMicros: now } = row;
  const isGood = row.detail === Outcome.ok || row.detail === Outcome.deadline;
  const byHandler = isGood && story.handled?.atMicros === now && story.client?.hasNewsAt(now) !== true;
  const stand = byHandler ? story.handled : story.standsAt(now);
  // What it has set in motion came to nothing: the last of that.
  const last = story.hops.all.at(-1);
  const isVain = !isGood && story.client?.hasNewsAt(now) !== true && (last?.fromMicros === now || last?.toMicros === now);
  story.note(row, 'ended', isVain ? last?.index : stand?.hop, row.detail);
  story.end = stand;
}

function isOf(path: readonly Spent[], { parts, startedMicros, endedMicros }: RequestRow): boolean {
  const found: Parts = partsOf(path);
  const isWhole = (path[0]?.fromMicros ?? startedMicros) === startedMicros && (path.at(-1)?.toMicros ?? endedMicros) === endedMicros;
  return isWhole && (['Tr', 'Td', 'Ts', 'Tp'] as const).every((part) => found[part] === parts[part]);
}
