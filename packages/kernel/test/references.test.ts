import { defineMessagePack, type Message } from '@waybill/contract';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { DyingFile } from './support/dying-file.ts';
import { noteWritten } from './support/notes.ts';
import { journalOf, late, pack, reporting } from './support/reporting.ts';

describe('the ids by which reports speak of a message', () => {
  const unknown = Object.assign(new Error('Nobody heard of it.'), { outcome: 'unknown' });

  it.each([
    ['is tried again', { retry: { attempts: 3, first: '1h', most: '1h' } }, 'waiting'],
    ['is given up on', { retry: { attempts: 1 } }, 'parked'],
  ] as const)('are kept with one that %s', async (_, out, state) => {
    const { kernel, report, raised, leg } = reporting({ send: () => Promise.reject(unknown) }, { outbound: { out } });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await eventually(async () => (await leg())?.attempts === 1, { what: 'the attempt' });
    await report(late);
    await raised(1);
    expect(await leg()).toMatchObject({ state });
  });

  it('are kept with one that is parked because the process ended while it was sent, whose sender is not called again', async () => {
    const file = new DyingFile();
    const first = reporting({ send: () => new Promise(() => undefined), references: () => [] }, { journal: file });
    await first.kernel.start();
    await first.kernel.publish(noteWritten, { text: 'one' });
    await eventually(async () => (await first.leg()) !== undefined && first.kernel.status().state === 'running', { what: 'the leg' });
    await eventually(() => file.claimed > 0, { what: 'the claim' });
    file.die();
    await first.kernel.stop({ grace: 0 });
    file.dieAt(undefined);
    let sends = 0;
    const send = async () => ({ id: `far-${(sends += 1)}` });
    const next = reporting({ send }, { journal: file, outbound: { out: { unknown: 'park' } } });
    await next.kernel.start();
    await next.outcomes('parked');
    await next.report(late);
    await next.raised(1);
    expect([sends, (await next.leg())?.state]).toEqual([0, 'parked']);
  });

  it('are kept with one that is sent at once, whatever becomes of it', async () => {
    const { kernel, report, raised, leg } = reporting({ send: () => Promise.reject(unknown) });
    await kernel.start();
    await expect(kernel.sendNow(noteWritten, { text: 'one' })).rejects.toThrow('Sending to out failed');
    await report(late);
    await raised(1);
    expect(await leg()).toMatchObject({ state: 'failed' });
  });

  it('are kept with one that was being sent at once when its process ended', async () => {
    const file = new DyingFile();
    const { kernel, leg } = reporting({ send: () => new Promise(() => undefined) }, { journal: file });
    await kernel.start();
    void kernel.sendNow(noteWritten, { text: 'one' }).catch(() => undefined);
    await eventually(async () => (await leg()) !== undefined, { what: 'the leg' });
    file.die();
    const { outbox } = file.open();
    expect(await outbox.report(late)).toMatchObject({ state: 'failed' });
    await kernel.stop({ grace: 0 });
  });

  it('are those of the message that was composed at last', async () => {
    let isMended = false;
    const compose: typeof pack.compose = (type, data, context) => {
      if (type.name === 'Written' && !isMended) throw new TypeError('It cannot be composed.');
      return pack.compose(type, data, context);
    };
    const references = ({ body }: Message) => [`ref-of-${Buffer.from(body).toString().includes('"kind"') ? 'composed' : 'data'}`];
    const { kernel, report, raised, leg, desk, outcomes } = reporting({ references }, { pack: defineMessagePack({ ...pack, compose }) });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    isMended = true;
    await kernel.desk.replay([{ direction: 'out', entry: 'out', id: (await leg())?.id ?? '' }], { who: 'test' });
    await outcomes('sent');
    await report({ ...late, about: 'ref-of-composed' });
    await raised(1);
    expect(await journalOf(desk, (await leg())?.id)).toMatchObject({ state: 'done', reports: [{ id: 'late' }] });
  });

  it('that a sender cannot tell change nothing about what became of the message', async () => {
    const references = () => {
      throw new TypeError('a defect');
    };
    const { kernel, leg, outcomes, lines } = reporting({ references });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await outcomes('sent');
    expect(await leg()).toMatchObject({ state: 'done' });
    expect(lines.map(({ text }) => text)).toContain('the sender cannot tell how reports will speak of the message');
  });
});
