import { defineTransport } from '@waybill/contract';
import { defineApplication, handle } from '@waybill/contract/application';
import { memoryTransport, stays } from '@waybill/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sendingBy, setUp } from './support/kernel.ts';
import { note, noteWritten, writeNote } from './support/notes.ts';

const outbound = { out: { queue: 'OUT' } };
const routes = [{ event: 'note.written', message: 'Written', to: ['out'] }];

/** A handler that says when it runs, and ends when it is told to. */
function gated() {
  const begun = Promise.withResolvers<AbortSignal>();
  const end = Promise.withResolvers<void>();
  const handler = handle(writeNote, (_, { signal }) => {
    begun.resolve(signal);
    return end.promise;
  });
  return { handler, begun: begun.promise, end: () => end.resolve() };
}

/** Whether a promise has settled by the time it is asked. */
function watch(promise: Promise<unknown>): { readonly isOver: boolean } {
  const state = { isOver: false };
  const over = () => void (state.isOver = true);
  promise.then(over, over);
  return state;
}

afterEach(() => void vi.useRealTimers());

describe('the grace of a stop', () => {
  async function stoppingWith(options: { readonly grace?: number }) {
    const { handler, begun, end } = gated();
    const made = setUp({ handlers: [handler] });
    await made.kernel.start();
    made.memory.put('IN', { id: 'a', body: note('one') });
    const signal = await begun;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const stopped = made.kernel.stop(options);
    return { ...made, end, signal, stopped, over: watch(stopped) };
  }

  it.each([
    ['as it was told', { grace: 10_000 }],
    ['as the manifest says', {}],
  ])('is given as a whole to what is in hand, and its outcome is recorded: %s', async (_, options) => {
    const { end, signal, stopped, over, seen, desk } = await stoppingWith(options);
    await vi.advanceTimersByTimeAsync(9_000);
    expect([over.isOver, signal.aborted]).toEqual([false, false]);
    end();
    await stopped;
    expect(seen.map(({ outcome }) => outcome)).toEqual(['done']);
    expect((await desk.list({})).rows).toMatchObject([{ id: 'a', state: 'done' }]);
  });

  it('ends what is in hand with its signal, and the stop soon after', async () => {
    const { kernel, signal, stopped, over } = await stoppingWith({ grace: 10_000 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect([over.isOver, signal.aborted]).toEqual([false, true]);
    await vi.advanceTimersByTimeAsync(2_100);
    await stopped;
    expect(kernel.state).toBe('stopped');
  });
});

describe('a kernel that is stopped', () => {
  it('has stopped only when the stored message in hand is recorded', async () => {
    const { handler, begun, end } = gated();
    const { kernel, memory, seen, desk } = setUp({ handlers: [handler], inbound: { notes: { queue: 'IN', accept: 'stored' } } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await begun;
    const stopped = kernel.stop({ grace: 60_000 });
    const over = watch(stopped);
    await stays(() => !over.isOver, { what: 'the stop to wait' });
    end();
    await stopped;
    expect(seen.map(({ outcome }) => outcome)).toEqual(['stored', 'done']);
    expect((await desk.list({})).rows).toMatchObject([{ id: 'a', state: 'done' }]);
  });

  it('closes a sender when what that has in hand is sent, and its connection after it', async () => {
    const steps: string[] = [];
    const memory = memoryTransport();
    const sending = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const slow = sendingBy(memory.transport, async () => {
      sending.resolve();
      await taken.promise;
      steps.push('sent');
      return {};
    });
    const side = slow.send as NonNullable<typeof slow.send>;
    const transport = defineTransport({
      ...slow,
      disconnect: async (connection) => (steps.push('disconnected'), slow.disconnect?.(connection)),
      send: { ...side, open: async (...opening) => ({ ...(await side.open(...opening)), close: async () => void steps.push('closed') }) },
    });
    const { kernel, outcomes } = setUp({ outbound, routes, inbound: {}, memory: { ...memory, transport }, handlers: [] });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await sending.promise;
    const stopped = kernel.stop({ grace: 60_000 });
    await stays(() => steps.length === 0, { what: 'nothing to be closed' });
    taken.resolve();
    await stopped;
    expect(await outcomes('sent')).toHaveLength(1);
    expect(steps).toEqual(['sent', 'closed', 'disconnected']);
  });

  it('tells the application of it when what was in hand is done', async () => {
    const steps: string[] = [];
    const { handler, begun, end } = gated();
    const application = defineApplication({ handlers: [handler], stopped: () => void steps.push('application') });
    const { kernel, memory } = setUp({ handlers: [], options: { application } });
    kernel.observe(({ outcome }) => steps.push(outcome));
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await begun;
    const stopped = kernel.stop({ grace: 60_000 });
    await stays(() => steps.length === 0, { what: 'nobody to be told' });
    end();
    await stopped;
    expect(steps).toEqual(['done', 'application']);
  });

  it('publishes nothing more while it drains, and its desk is closed at the end', async () => {
    const { handler, begun, end } = gated();
    const { kernel, memory } = setUp({ handlers: [handler], outbound, routes });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await begun;
    const stopped = kernel.stop({ grace: 60_000 });
    await expect(kernel.publish(noteWritten, { text: 'one' })).rejects.toMatchObject({ code: 'WB_KERNEL_STATE' });
    expect(await kernel.desk.list()).toMatchObject({ rows: [] });
    end();
    await stopped;
    await expect(kernel.desk.list()).rejects.toMatchObject({ code: 'WB_KERNEL_STATE' });
    expect(kernel.status()).toMatchObject({ state: 'stopped', connections: [], inbound: [], outbound: [] });
  });
});
