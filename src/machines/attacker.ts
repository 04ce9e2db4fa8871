import { setup } from 'xstate';
import { outside } from './outside';

/**
 * An attacker on a way of a link, and what comes of each act: on a plain link whatever they like. TLS leaves them sizes and times; a record that
 * they change, make up or send again does not decrypt, which ends the connection (RFC 8446 §5.2, `bad_record_mac`). It does not say who
 * connects, so they may connect themselves and claim any name; mutual TLS refuses them for want of a certificate (§4.4.2.4).
 *
 * Input: `sealed` (records are protected: TLS or mutual TLS), `mutual` (who connects must prove who they are).
 * Events: `begin`, `end`; `pass` (a message passes), `tamper` (with the one that passes), `inject` (a message of theirs into what the honest
 * ends say to each other), `dial` (a message of theirs on a connection of theirs). Before and after their time they do nothing.
 * Actions: `arrive`, `leave`, `read`, `watch` (its size and time), `alter`, `send`, `breakSeal` (the receiver notices and hangs up), `beTurnedAway`.
 * Not modelled here: when and with which messages they act (the world draws it), stolen keys, weak ciphers, traffic analysis.
 */
export const attackerMachine = setup({
  types: {
    context: {} as { sealed: boolean; mutual: boolean },
    input: {} as { sealed: boolean; mutual: boolean },
    events: {} as { type: 'begin' } | { type: 'end' } | { type: 'pass' } | { type: 'tamper' } | { type: 'inject' } | { type: 'dial' },
  },
  guards: {
    sealed: ({ context }) => context.sealed,
    mutual: ({ context }) => context.mutual,
  },
  actions: {
    arrive: outside,
    leave: outside,
    read: outside,
    watch: outside,
    alter: outside,
    send: outside,
    breakSeal: outside,
    beTurnedAway: outside,
  },
}).createMachine({
  id: 'attacker',
  context: ({ input }) => input,
  initial: 'elsewhere',
  states: {
    elsewhere: {
      on: { begin: { target: 'onTheLink', actions: 'arrive' } },
    },
    onTheLink: {
      on: {
        pass: [{ guard: 'sealed', actions: 'watch' }, { actions: 'read' }],
        tamper: [{ guard: 'sealed', actions: 'breakSeal' }, { actions: 'alter' }],
        inject: [{ guard: 'sealed', actions: 'breakSeal' }, { actions: 'send' }],
        dial: [{ guard: 'mutual', actions: 'beTurnedAway' }, { actions: 'send' }],
        end: { target: 'gone', actions: 'leave' },
      },
    },
    gone: {},
  },
});
