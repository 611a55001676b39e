import { describe, expect, it } from 'vitest';
import { putterOf, takerOf } from '../src/counterpart.ts';
import type { MqSettings } from '../src/settings.ts';

const settings = { queueManager: 'QM1', server: 'bindings', application: 'waybill', heartbeat: 30_000, patience: 60_000 } as const;

const source = { queue: 'IN', limit: 1, identity: 'message-id', trustCcsid: true, rejected: 'removed' } as const;
const target = { queue: 'OUT', limit: 1, properties: true };

describe('the other side of a queue', () => {
  it('takes what is put on it', () => {
    expect(takerOf(settings, target)).toEqual({ connection: settings, endpoint: { queue: 'OUT' } });
  });

  it('puts what is got from it, and awaits answers where they may go', () => {
    expect(putterOf(settings, source)).toEqual({ connection: settings, endpoint: { queue: 'IN' } });
    expect(putterOf(settings, { ...source, replyQueues: ['A', 'B'] })).toEqual({
      connection: settings,
      endpoint: { queue: 'IN', replyQueue: 'A' },
    });
  });

  it('cannot be played on another queue manager, nor where nothing may be answered', () => {
    expect(takerOf(settings, { ...target, manager: 'QM2' })).toEqual({ impossible: 'its queue is on another queue manager' });
    expect(putterOf(settings, { ...source, replyQueues: [] })).toEqual({ impossible: 'it may reply to no queue' });
  });

  it.each([
    [
      { hosts: ['localhost(1414)', 'mq.example.com(1414)'], channel: 'C' },
      'its queue manager at mq.example.com(1414) is not on this machine',
    ],
    [{ ccdt: 'file:///ccdt.json' }, 'nothing tells whether its queue manager is on this machine'],
    ['environment', 'nothing tells whether its queue manager is on this machine'],
  ] as [MqSettings['server'], string][])('is not played where others may be as well: %j', (server, impossible) => {
    expect(takerOf({ ...settings, server }, target)).toEqual({ impossible });
    expect(putterOf({ ...settings, server }, source)).toEqual({ impossible });
  });

  it('is played at a queue manager of this machine', () => {
    const connected = { ...settings, server: { hosts: ['127.0.0.1(1414)'], channel: 'C' } };
    expect(takerOf(connected, target)).toEqual({ connection: connected, endpoint: { queue: 'OUT' } });
  });
});
