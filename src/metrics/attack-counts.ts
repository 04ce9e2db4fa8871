/** What attackers heard, did and came by in the window of a summary. */
import { ATTACK_ACT_NAMES, type Attacker } from '../model/attackers/attacker';
import type { AttackerSummary, AttackTally } from '../model/summary';
import { RecordKind, type TraceChunk } from '../model/trace';

interface Counted {
  overheard: number;
  read: number;
  bytesRead: number;
  readonly acts: readonly { -readonly [Key in keyof AttackTally]: AttackTally[Key] }[];
}

export class AttackCounts {
  private counted: readonly Counted[];

  constructor(private readonly attackers: readonly Attacker[]) {
    this.counted = attackers.map(nothing);
  }

  fold(chunk: TraceChunk, from: number, to: number): void {
    const { kind, detail, value } = chunk;
    for (let at = from; at < to; at++) {
      switch (kind[at]) {
        case RecordKind.overheard: {
          const counted = this.counted[detail[at]!]!;
          counted.overheard++;
          if (value[at]! < 0) break;
          counted.read++;
          counted.bytesRead += value[at]!;
          break;
        }
        case RecordKind.attacked:
          this.tallyOf(chunk, at).tried++;
          break;
        case RecordKind.attackAccepted:
          this.tallyOf(chunk, at).accepted++;
          break;
        case RecordKind.attackRefused:
          this.tallyOf(chunk, at).refused++;
      }
    }
  }

  beginWindow(): void {
    this.counted = this.attackers.map(nothing);
  }

  summary(): AttackerSummary[] {
    return this.attackers.map(({ id, from, to }, index) => {
      const { acts, ...heard } = this.counted[index]!;
      return {
        attacker: id,
        from,
        to,
        ...heard,
        acts: Object.fromEntries(ATTACK_ACT_NAMES.map((name, act) => [name, acts[act]!])) as AttackerSummary['acts'],
      };
    });
  }

  private tallyOf({ detail, value }: TraceChunk, at: number): Counted['acts'][number] {
    return this.counted[detail[at]!]!.acts[value[at]!]!;
  }
}

function nothing(): Counted {
  return { overheard: 0, read: 0, bytesRead: 0, acts: ATTACK_ACT_NAMES.map(() => ({ tried: 0, accepted: 0, refused: 0 })) };
}
