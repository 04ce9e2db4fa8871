/** What a handler file can be compared with. Pure: the page brings the lesson and the other states of the document. */
import { componentsOf } from '../../model/edits/parts';
import { variantFile } from '../../model/edits/variants';
import type { Lesson, LessonLane } from '../../model/lesson';
import { isRecord, type JsonRecord } from '../../model/variant';

export type ComparisonSource = 'starter' | 'solution' | 'shipped' | 'opened' | 'variant';

export interface Comparison {
  /** Unique among the comparisons of a file. */
  readonly id: string;
  readonly source: ComparisonSource;
  readonly text: string;
  /** The file it comes from: another one where another variant has other code for the same component. */
  readonly file: string;
  /** Of the source `variant`: which; null for the base. */
  readonly variant: string | null;
}

export interface ComparisonGrounds {
  /** The name of the file that is shown. */
  readonly file: string;
  readonly document: JsonRecord;
  readonly lesson: Lesson | undefined;
  /** The example as it ships, when the document began as one and it has been fetched. */
  readonly shipped: JsonRecord | undefined;
  /** The document as it was when it was opened. */
  readonly opened: JsonRecord | undefined;
  readonly lanes: readonly LessonLane[];
}

/** In the order in which they are offered. One text is offered once. */
export function comparisonsOf({ file, document, lesson, shipped, opened, lanes }: ComparisonGrounds): readonly Comparison[] {
  const found: Comparison[] = [];
  const offer = (source: ComparisonSource, text: unknown, from = file, variant: string | null = null): void => {
    if (typeof text !== 'string' || found.some((known) => known.text === text && known.file === from)) return;
    found.push({ id: [source, variant ?? '', from].join(':'), source, text, file: from, variant });
  };
  offer('starter', lesson?.start[file]);
  offer('solution', lesson?.solution[file]);
  offer('shipped', textsOf(shipped)[file]);
  offer('opened', textsOf(opened)[file]);
  for (const { variant, name, text } of inOtherVariants(file, document, lanes)) offer('variant', text, name, variant);
  return found;
}

/** The code that other lanes run in the place of this file: of the components that have it as their handler in some lane. */
function inOtherVariants(
  file: string,
  document: JsonRecord,
  lanes: readonly LessonLane[],
): readonly { readonly variant: string | null; readonly name: string; readonly text: unknown }[] {
  const merged = lanes.map(({ variant }) => ({ variant, scenario: variant === null ? document : variantFile(document, variant) }));
  const here = textsOf(document)[file];
  const users = new Set(
    merged.flatMap(({ scenario }) => [...handlersOf(scenario)].filter(([, handler]) => handler === file).map(([id]) => id)),
  );
  return merged.flatMap(({ variant, scenario }) =>
    [...handlersOf(scenario)].flatMap(([id, name]) => {
      if (!users.has(id)) return [];
      const text = textsOf(scenario)[name];
      return name === file && text === here ? [] : [{ variant, name, text }];
    }),
  );
}

/** Handler files by the ids of their components. */
function handlersOf(scenario: JsonRecord): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(componentsOf(scenario)).flatMap(([id, component]) =>
      isRecord(component) && typeof component['handler'] === 'string' ? [[id, component['handler']] as const] : [],
    ),
  );
}

function textsOf(document: JsonRecord | undefined): JsonRecord {
  return isRecord(document?.['files']) ? document['files'] : {};
}
