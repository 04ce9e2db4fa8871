import { setup } from 'xstate';
import { outside } from './outside';

/**
 * An HTTP/2 connection as one of its ends sees it: settings, life and liveness side by side.
 *
 * Events: `begin` (the transport stands), `settingsReceived`, `settingsAcked`, `pingDue`, `pingReceived`, `pongReceived`, `goAway` (this end
 * wants no more streams), `goAwayReceived`, `drained` (the last stream of a connection that is going away has ended), `fail`.
 * Actions: `sendSettings` (the client's with the preface before it, RFC 9113 §3.4), `applySettings` and `acknowledgeSettings` (§6.5.3),
 * `answerPing` (§6.7), `ping`, `dead` (a PING is due and the last one is unanswered), `sendGoAway` (§6.8), `stopOpening` (no new streams
 * here), `close`.
 * Not modelled here: SETTINGS_TIMEOUT, a second change of settings, graceful GOAWAY in two steps, push.
 */
export const http2ConnectionMachine = setup({
  types: {
    events: {} as
      | { type: 'begin' }
      | { type: 'settingsReceived' }
      | { type: 'settingsAcked' }
      | { type: 'pingDue' }
      | { type: 'pingReceived' }
      | { type: 'pongReceived' }
      | { type: 'goAway' }
      | { type: 'goAwayReceived' }
      | { type: 'drained' }
      | { type: 'fail' },
  },
  actions: {
    sendSettings: outside,
    applySettings: outside,
    acknowledgeSettings: outside,
    ping: outside,
    answerPing: outside,
    dead: outside,
    sendGoAway: outside,
    stopOpening: outside,
    close: outside,
  },
}).createMachine({
  id: 'http2Connection',
  type: 'parallel',
  states: {
    own: {
      initial: 'unsaid',
      states: {
        unsaid: { on: { begin: { target: 'said', actions: 'sendSettings' } } },
        said: { on: { settingsAcked: 'acknowledged' } },
        acknowledged: {},
      },
    },
    peer: {
      initial: 'unknown',
      states: {
        unknown: { on: { settingsReceived: { target: 'known', actions: ['applySettings', 'acknowledgeSettings'] } } },
        known: { on: { settingsReceived: { actions: ['applySettings', 'acknowledgeSettings'] } } },
      },
    },
    liveness: {
      initial: 'heard',
      on: { pingReceived: { actions: 'answerPing' } },
      states: {
        heard: { on: { pingDue: { target: 'asked', actions: 'ping' } } },
        asked: { on: { pongReceived: 'heard', pingDue: { actions: 'dead' } } },
      },
    },
    life: {
      initial: 'open',
      states: {
        open: {
          on: {
            goAway: { target: 'goingAway', actions: ['sendGoAway', 'stopOpening'] },
            goAwayReceived: { target: 'goingAway', actions: 'stopOpening' },
            fail: { target: 'closed', actions: 'close' },
          },
        },
        goingAway: { on: { drained: { target: 'closed', actions: 'close' }, fail: { target: 'closed', actions: 'close' } } },
        closed: {},
      },
    },
  },
});
