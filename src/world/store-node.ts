/**
 * A store: a station whose work is one operation. Everything it holds is durable: it outlives every crash, its own too.
 * Not modelled: replicas and their lag, locks, disks, a commit that is done and whose answer the store could repeat.
 */
import type { Store } from '../model/kinds/store';
import { RecordKind } from '../model/trace';
import type { Definition } from './driver';
import type { Message } from './message';
import { ServiceNode } from './service-node';
import { StoredData, type StoreOperation } from './stored-data';
import type { World } from './world';

export class StoreNode extends ServiceNode {
  override readonly takesCalls = false;
  override readonly takesStreams = false;
  override readonly isStore = true;
  private readonly data: StoredData;

  constructor(world: World, place: number, model: Store, definition: Definition, workerDefinition: Definition) {
    super(world, place, model, definition, workerDefinition);
    this.data = new StoredData(model.isolation);
  }

  override workDone(message: Message): void {
    const operation = message.body as StoreOperation;
    const answer = this.data.execute(operation);
    message.chain.spend('ts', this.now);
    if ('done' in answer && operation.op !== 'put' && operation.op !== 'delete') {
      this.record(answer.done ? RecordKind.committed : RecordKind.aborted, message, 0, answer.writes);
    }
    this.finish(message, true, answer);
  }
}
