/** The shortest way to something that runs: a client that asks a service. */
import type { JsonRecord } from '../variant';
import { addComponent, type Added } from './components';
import { connect } from './links';

export function addFirstTwo(file: JsonRecord): Added {
  const client = addComponent(file, 'client', [160, 200]);
  const service = addComponent(client.file, 'service', [460, 200]);
  const ids = [...client.ids, ...service.ids];
  return { file: connect(service.file, ids[0]!, ids[1]!), ids };
}
