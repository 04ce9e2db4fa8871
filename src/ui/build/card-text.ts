/** What a component and a link say of themselves in one short line, from the file as it is written, whether or not it is right. */
import { asWritten } from '../../model/problem';
import { isRecord, type JsonRecord } from '../../model/variant';

type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** Under a component's name. */
export function cardText(component: JsonRecord, t: Translate): string {
  switch (component['kind']) {
    case 'client':
      return clientText(component, t);
    case 'service': {
      const work = component['work'] === undefined ? asWritten(component['handler'] ?? '') : distributionText(component['work']);
      return t('build.cardService', { workers: asWritten(component['workers'] ?? 1), work });
    }
    case 'queue':
      return component['capacity'] === undefined
        ? t('build.about.queue')
        : t('build.cardQueue', { capacity: asWritten(component['capacity']) });
    case 'topic': {
      const count = component['partitions'] ?? 1;
      return typeof count === 'number' ? t('build.cardTopic', { count }) : asWritten(count);
    }
    case 'balancer':
      return t(`stage.policy.${asWritten(component['policy'] ?? 'round-robin')}`);
    case 'store':
      return component['delay'] === undefined ? t('build.about.store') : distributionText(component['delay']);
    default:
      return '';
  }
}

function clientText({ arrivals, users }: JsonRecord, t: Translate): string {
  if (typeof users === 'number') return t('stage.loadUsers', { count: users });
  const [kind, value] = isRecord(arrivals) ? (Object.entries(arrivals)[0] ?? []) : [];
  if (kind === 'bursts' && isRecord(value))
    return t('stage.loadBursts', { size: asWritten(value['size']), every: asWritten(value['every']) });
  if (kind === 'ramp' && isRecord(value)) return `${asWritten(value['from'])} → ${asWritten(value['to'])}`;
  if (Array.isArray(value)) return t('stage.loadList', { size: value.length });
  return kind === undefined ? '' : asWritten(value);
}

/** On a link: how long it takes, and what it loses. */
export function linkText({ delay, loss }: JsonRecord, t: Translate): string {
  const lost = typeof loss === 'number' && loss > 0 ? t('stage.loss', { share: `${Number((loss * 100).toPrecision(3))} %` }) : '';
  return [delay === undefined ? '' : distributionText(delay), lost].filter((text) => text !== '').join(' · ');
}

/** `20ms`, `~ 100ms`, `80ms ± 60ms`. */
function distributionText(written: unknown): string {
  if (!isRecord(written)) return asWritten(written);
  const [kind, value] = Object.entries(written)[0] ?? [];
  if (kind === 'exponential') return `~ ${asWritten(value)}`;
  if (kind === 'uniform' && Array.isArray(value)) return value.map(asWritten).join(' – ');
  if (Array.isArray(value)) return `~ ${asWritten(value[0])} …`;
  if (!isRecord(value)) return asWritten(written);
  if (value['sd'] !== undefined) return `${asWritten(value['mean'])} ± ${asWritten(value['sd'])}`;
  return value['min'] === undefined ? `~ ${asWritten(value['mean'])}` : `≥ ${asWritten(value['min'])}`;
}
