/** What a store holds: values with versions, and the operations on them. Each is done at one instant, so they never overlap. */
import { LIMITS } from '../model/limits';
import type { Store } from '../model/kinds/store';

export type StoreOperation =
  | { readonly op: 'get'; readonly key: string }
  | { readonly op: 'put'; readonly key: string; readonly value: unknown }
  | { readonly op: 'delete'; readonly key: string }
  | { readonly op: 'compareAndSet'; readonly key: string; readonly expected: unknown; readonly value: unknown }
  | { readonly op: 'commit'; readonly reads: readonly (readonly [key: string, version: number])[]; readonly writes: readonly Write[] };

/** Undefined: the key is deleted. */
type Write = readonly [key: string, value: unknown];

export type StoreAnswer =
  { readonly value: unknown; readonly version: number } | { readonly done: boolean; readonly writes: number } | { readonly full: true };

interface Entry {
  readonly value: unknown;
  readonly version: number;
}

export class StoredData {
  private readonly entries = new Map<string, Entry>();
  private lastVersion = 0;

  constructor(private readonly isolation: Store['isolation']) {}

  execute(operation: StoreOperation): StoreAnswer {
    switch (operation.op) {
      case 'get':
        return { value: this.entries.get(operation.key)?.value, version: this.versionOf(operation.key) };
      case 'put':
        return this.write([[operation.key, operation.value]]);
      case 'delete':
        return this.write([[operation.key, undefined]]);
      case 'compareAndSet':
        if (!isSame(this.entries.get(operation.key)?.value, operation.expected)) return { done: false, writes: 0 };
        return this.write([[operation.key, operation.value]]);
      case 'commit':
        if (this.isolation === 'serializable' && operation.reads.some(([key, version]) => this.versionOf(key) !== version)) {
          return { done: false, writes: 0 };
        }
        return this.write(operation.writes);
    }
  }

  /** 0 for a key that was never written. A deleted key keeps its version, so that who has read it before notices. */
  private versionOf(key: string): number {
    return this.entries.get(key)?.version ?? 0;
  }

  private write(writes: readonly Write[]): StoreAnswer {
    const added = writes.filter(([key]) => !this.entries.has(key)).length;
    if (this.entries.size + added > LIMITS.storeKeys) return { full: true };
    this.lastVersion++;
    for (const [key, value] of writes) this.entries.set(key, { value, version: this.lastVersion });
    return { done: true, writes: writes.length };
  }
}

/** Whether two values that were copied for their travel say the same; the order of the keys of an object says nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [keys, otherKeys] = [Object.keys(one), Object.keys(other)];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === otherKeys.length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key as keyof typeof one], other[key as keyof typeof other]))
  );
}
