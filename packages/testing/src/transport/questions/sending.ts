import { randomBytes } from 'node:crypto';
import { isWaybillError, type Message, type Sender, type SendGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import { stays } from '../eventually.ts';
import type { Carried, OutsideMessage, TransportHarness } from './harness.ts';
import { type Ask, group } from './question.ts';
import { newMessage, type Rig } from './rig.ts';

export function askAboutSending(ask: Ask, guarantees: SendGuarantees, harness: TransportHarness): void {
  group('a sender', () => {
    askAboutArrival(ask, harness.carries ?? []);
    askAboutManySends(ask);
    askAboutTime(ask, harness);
  });
  group('a sender that is closed', () => {
    askAboutClosing(ask);
  });
  if (guarantees.deduplicates)
    group('deduplicates', () => {
      askAboutDuplicates(ask);
    });
}

/** Sends without a limit of time. */
export function send(sender: Sender, message: Message) {
  return sender.send(message, { signal: new AbortController().signal });
}

const textOf = (message: OutsideMessage): string => Buffer.from(message.body).toString();

async function takenTexts(rig: Rig): Promise<readonly string[]> {
  return (await rig.taken()).map(textOf).toSorted();
}

function askAboutArrival(ask: Ask, carries: readonly Carried[]): void {
  ask('resolves when the outside has the message', async (rig) => {
    const sender = await rig.openSender();
    await rig.within(send(sender, newMessage('<Sent/>')), 'the send');
    expect(await takenTexts(rig)).toEqual(['<Sent/>']);
  });

  for (const [what, body] of [
    ['every value of a byte', Uint8Array.from({ length: 256 }, (_, index) => index)],
    ['no bytes at all', new Uint8Array(0)],
    ['one megabyte', randomBytes(1024 ** 2)],
  ] as const) {
    ask(`sends the bytes as they are: ${what}`, async (rig) => {
      await rig.within(send(await rig.openSender(), newMessage(body)), 'the send');
      const [arrived] = await rig.taken();
      expect(arrived && Buffer.from(arrived.body).equals(body)).toBe(true);
    });
  }

  for (const field of carries) {
    ask(`sends the ${field}`, async (rig) => {
      const message: Message = { ...newMessage(), correlationId: 'suite-correlation', replyTo: rig.world.replyTo ?? 'SUITE.REPLIES' };
      await rig.within(send(await rig.openSender(), message), 'the send');
      const [arrived] = await rig.taken();
      if (field === 'properties') expect(arrived?.properties).toMatchObject(message.properties);
      else expect(arrived?.[field]).toBe(message[field]);
    });
  }

  ask('gives a receipt that can be logged', async (rig) => {
    const receipt = await rig.within(send(await rig.openSender(), newMessage()), 'the send');
    expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt);
  });
}

function askAboutManySends(ask: Ask): void {
  ask('sends many messages at once, each of them once', async (rig) => {
    const sender = await rig.openSender();
    const texts = Array.from({ length: 30 }, (_, number) => `<AtOnce number="${number}"/>`);
    await rig.within(Promise.all(texts.map((text) => send(sender, newMessage(text)))), 'thirty sends');
    expect(await takenTexts(rig)).toEqual(texts.toSorted());
  });

  ask('sends two messages with the same bytes as two', async (rig) => {
    const sender = await rig.openSender();
    await rig.within(Promise.all([send(sender, newMessage('<Same/>')), send(sender, newMessage('<Same/>'))]), 'two sends');
    expect(await takenTexts(rig)).toEqual(['<Same/>', '<Same/>']);
  });
}

function askAboutTime(ask: Ask, { silence }: TransportHarness): void {
  ask('rejects a send whose time is over, so that it can be tried again, and sends nothing', async (rig) => {
    const sender = await rig.openSender();
    const error = await failureOf(rig, sender.send(newMessage('<TooLate/>'), { signal: AbortSignal.abort() }));
    expectOurs(error);
    expect(error).toMatchObject({ retryable: true });
    await rig.within(send(sender, newMessage('<InTime/>')), 'the send');
    expect(await takenTexts(rig)).toEqual(['<InTime/>']);
  });

  if (!silence) return;
  ask('rejects a send that is under way when its time is over, so that it can be tried again', async (rig) => {
    const sender = await rig.openSender();
    await silence(rig.world);
    const time = new AbortController();
    const failure = failureOf(rig, sender.send(newMessage(), { signal: time.signal }));
    await stays(() => true, { what: 'a moment', within: 50 });
    time.abort();
    const error = await failure;
    expectOurs(error);
    expect(error).toMatchObject({ retryable: true });
  });
}

function askAboutClosing(ask: Ask): void {
  ask('waits for the sends in flight', async (rig) => {
    const sender = await rig.openSender();
    let over = 0;
    const sends = Array.from({ length: 5 }, (_, number) =>
      send(sender, newMessage(`<InFlight number="${number}"/>`)).finally(() => {
        over++;
      }),
    );
    // A rejected send fails the question below; until then it must not count as unhandled.
    for (const one of sends) one.catch(() => undefined);
    await rig.closeSender(sender);
    expect(over).toBe(5);
    await Promise.all(sends);
    expect((await rig.taken()).length).toBe(5);
  });

  ask('rejects a send that comes after it', async (rig) => {
    const sender = await rig.openSender();
    await rig.closeSender(sender);
    expectOurs(await failureOf(rig, send(sender, newMessage())));
    expect(await rig.taken()).toEqual([]);
  });

  ask('can be followed by another one on the same connection', async (rig) => {
    const connection = await rig.connect();
    await rig.closeSender(await rig.openSender(connection));
    await rig.within(send(await rig.openSender(connection), newMessage('<After/>')), 'the send');
    expect(await takenTexts(rig)).toEqual(['<After/>']);
  });
}

function askAboutDuplicates(ask: Ask): void {
  ask('sends a message id that it has sent before without a second effect', async (rig) => {
    const sender = await rig.openSender();
    const message = newMessage('<Once/>');
    await rig.within(send(sender, message), 'the first send');
    await rig.within(send(sender, message), 'the second send');
    expect(await takenTexts(rig)).toEqual(['<Once/>']);
  });

  ask('knows the id also after the connection was opened anew', async (rig) => {
    const message = newMessage('<Once/>');
    const connection = await rig.connect();
    const sender = await rig.openSender(connection);
    await rig.within(send(sender, message), 'the first send');
    await rig.closeSender(sender);
    await rig.disconnect(connection);
    await rig.within(send(await rig.openSender(), message), 'the second send');
    expect(await takenTexts(rig)).toEqual(['<Once/>']);
  });

  ask('sends an id once that is sent twice at the same time', async (rig) => {
    const sender = await rig.openSender();
    const message = newMessage('<Once/>');
    await rig.within(Promise.all([send(sender, message), send(sender, message)]), 'both sends');
    expect(await takenTexts(rig)).toEqual(['<Once/>']);
  });
}

/** What a promise rejects with. Fails when it does not. */
export async function failureOf(rig: Rig, promise: Promise<unknown>): Promise<unknown> {
  const nothing = Symbol('no failure');
  const failure = await rig.within(
    promise.then(
      () => nothing,
      (error: unknown) => error,
    ),
    'a rejection',
  );
  if (failure === nothing) throw new Error('expected a rejection, but the promise was fulfilled');
  return failure;
}

/** An error of ours: with a code, and a message of its own. */
export function expectOurs(error: unknown): void {
  if (!isWaybillError(error)) throw new Error('expected a WaybillError', { cause: error });
  expect(error.code).toMatch(/^WB_[A-Z0-9_]+$/);
  expect(error.message).not.toBe('');
}
