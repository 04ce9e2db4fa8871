import { describe, expect, it } from 'vitest';
import { connectionMachine, http1ConnectionMachine, http2ConnectionMachine, tcpMachine } from '../../src/machines/index';
import { started } from './started';

describe('the connection machine', () => {
  it('is ready after one round trip with TCP, after two with TLS', () => {
    const plain = started(connectionMachine, { secure: false });
    expect(plain.after('open', 'synAcked')).toEqual(['sendSyn', 'ready']);
    const secure = started(connectionMachine, { secure: true });
    expect(secure.after('open', 'synAcked')).toEqual(['sendSyn', 'sendHello']);
    expect(secure.after('serverFinished')).toEqual(['sendFinished', 'ready']);
    expect(secure.state).toBe('established');
  });

  it.each([[['open']], [['open', 'synAcked']], [['open', 'synAcked', 'serverFinished']]])('fails once after %j', (events) => {
    const connection = started(connectionMachine, { secure: true });
    connection.after(...events);
    expect(connection.after('fail', 'fail', 'synAcked', 'serverFinished')).toEqual(['failed']);
  });
});

describe('the TCP machine', () => {
  const tcp = (mostTimeouts = 3) => started(tcpMachine, { mostTimeouts });

  it('runs a timer while something is unacknowledged (RFC 6298 §5)', () => {
    const sender = tcp();
    expect(sender.after('sent', 'sent', 'acked', 'allAcked', 'sent')).toEqual(['startTimer', 'restartTimer', 'stopTimer', 'startTimer']);
  });

  it('retransmits with the third duplicate acknowledgement, and counts anew after new data (RFC 5681 §3.2)', () => {
    const sender = tcp();
    sender.after('sent', 'duplicate', 'duplicate', 'acked', 'duplicate', 'duplicate');
    expect(sender.state).toBe('sending');
    expect(sender.after('duplicate')).toEqual(['beginRepair', 'retransmit', 'restartTimer']);
    expect(sender.after('duplicate', 'acked', 'recovered')).toEqual(['retransmit', 'restartTimer', 'restartTimer']);
    expect(sender.state).toBe('sending');
  });

  it('doubles the timeout, and gives up after the last', () => {
    const sender = tcp();
    sender.after('sent');
    expect(sender.after('timeout')).toContain('backOff');
    expect(sender.after('timeout')).toEqual(['backOff', 'retransmit', 'startTimer']);
    expect(sender.after('timeout')).toEqual(['giveUp']);
    expect(sender.state).toBe('dead');
  });

  it('forgets earlier timeouts as soon as something is acknowledged', () => {
    const sender = tcp(2);
    sender.after('sent', 'timeout', 'allAcked', 'sent');
    expect(sender.after('timeout')).not.toContain('giveUp');
  });
});

describe('the HTTP/1.1 connection machine', () => {
  it('carries one request at a time, again and again, until the last', () => {
    const connection = started(http1ConnectionMachine);
    expect(connection.after('request', 'requestSent', 'response', 'responseReceived')).toEqual(['free']);
    expect(connection.after('request', 'requestSent', 'response', 'lastResponseReceived')).toEqual(['close']);
    expect(connection.after('request')).toEqual([]);
  });

  it.each([[[]], [['request']], [['request', 'requestSent']], [['request', 'requestSent', 'response']]])(
    'closes when its request is given up after %j',
    (events) => {
      const connection = started(http1ConnectionMachine);
      connection.after(...events);
      expect(connection.after('abort', 'abort')).toEqual(['close']);
    },
  );
});

describe('the HTTP/2 connection machine', () => {
  it('exchanges settings, each acknowledged', () => {
    const end = started(http2ConnectionMachine);
    expect(end.after('begin', 'settingsReceived', 'settingsAcked')).toEqual(['sendSettings', 'applySettings', 'acknowledgeSettings']);
  });

  it('answers a PING, and holds a connection for dead whose own PING is unanswered when the next is due', () => {
    const end = started(http2ConnectionMachine);
    expect(end.after('pingReceived', 'pingDue', 'pongReceived', 'pingDue')).toEqual(['answerPing', 'ping', 'ping']);
    expect(end.after('pingDue')).toEqual(['dead']);
  });

  it('goes away once, and closes when it is drained', () => {
    const server = started(http2ConnectionMachine);
    expect(server.after('goAway', 'goAway', 'drained')).toEqual(['sendGoAway', 'stopOpening', 'close']);
    const client = started(http2ConnectionMachine);
    expect(client.after('drained', 'goAwayReceived', 'drained', 'fail')).toEqual(['stopOpening', 'close']);
  });
});
