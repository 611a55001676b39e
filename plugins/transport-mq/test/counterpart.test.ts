import { describe, expect, it } from 'vitest';
import { putterOf, takerOf } from '../src/counterpart.ts';

const settings = { queueManager: 'QM1', server: 'bindings', application: 'waybill', heartbeat: 30_000, patience: 60_000 } as const;
const connection = settings;
const source = { queue: 'IN', limit: 1, identity: 'message-id', trustCcsid: true, rejected: 'removed' } as const;
const target = { queue: 'OUT', limit: 1, properties: true };

describe('the other side of a queue', () => {
  it('takes what is put on it', () => {
    expect(takerOf(settings, target)).toEqual({ connection, endpoint: { queue: 'OUT' } });
  });

  it('puts what is got from it, and awaits answers where they may go', () => {
    expect(putterOf(settings, source)).toEqual({ connection, endpoint: { queue: 'IN' } });
    expect(putterOf(settings, { ...source, replyQueues: ['A', 'B'] })).toEqual({ connection, endpoint: { queue: 'IN', replyQueue: 'A' } });
  });

  it('cannot be played on another queue manager, nor where nothing may be answered', () => {
    expect(takerOf(settings, { ...target, manager: 'QM2' })).toEqual({ impossible: 'its queue is on another queue manager' });
    expect(putterOf(settings, { ...source, replyQueues: [] })).toEqual({ impossible: 'it may reply to no queue' });
  });
});
