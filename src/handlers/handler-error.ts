/** An error that handler code gets for a wrong use of what the lab gives it. It carries the problem that people read. */
import type { Problem } from '../model/problem';

/**
 * What `error.message` says to code that catches one: in English, as the messages of every engine are, and the same in every language, since
 * a log may hold it and a log is part of a run's digest. They are the English sentences of these problems.
 */
export const MESSAGES: Readonly<Record<Problem['key'], string>> = {
  'problem.handlerDelay': "{{value}} is no delay. Write '20ms', seconds(1) or exponential('20ms').",
  'problem.canonical':
    '{{value}} has no exact JSON text, so it cannot be hashed or signed. Numbers must be finite, bigints written as texts, texts free of halves of surrogate pairs.',
  'problem.cryptoKey':
    'The key of a signature must be a text that is not empty, such as ctx.secrets.orders. Is the secret written down at this component?',
  'problem.codeUnavailable': '“{{name}}” is not available in handlers.',
  'problem.valueKind': 'A {{kind}} cannot be sent ({{at}}). Send plain data: numbers, texts, lists, objects.',
  'problem.valueKindWhole': 'A {{kind}} cannot be sent. Send plain data: numbers, texts, lists, objects.',
  'problem.valueTooDeep': 'The value is nested more than {{max}} levels deep ({{at}}).',
  'problem.valueTooDeepWhole': 'The value is nested more than {{max}} levels deep.',
  'problem.valueTooLarge': 'The value is too large: more than {{max}} parts or characters ({{at}}).',
  'problem.valueTooLargeWhole': 'The value is too large: more than {{max}} parts or characters.',
};

export function messageOf(key: Problem['key'], params: Problem['params']): string {
  const template = MESSAGES[key] ?? key;
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(params[name] ?? whole));
}

export class HandlerError extends TypeError {
  override readonly name = 'HandlerError';

  constructor(
    readonly key: Problem['key'],
    readonly params: Problem['params'],
    message = messageOf(key, params),
  ) {
    super(message);
  }
}
