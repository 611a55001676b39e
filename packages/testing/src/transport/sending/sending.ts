import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { expectOurs, failureOf, send, takenTexts } from '../failure.ts';
import type { Carried, TransportHarness } from '../harness.ts';
import { withEverything } from '../receiving/handing-over.ts';
import { newMessage } from '../rig.ts';

export function askAboutSending(ask: Ask, harness: TransportHarness): void {
  ask.group('a sender', () => {
    askAboutArrival(ask, harness.carries ?? []);
    askAboutManySends(ask);
  });
  ask.group('a sender that is closed', () => {
    askAboutClosing(ask);
  });
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
      const message = withEverything(rig.world.replyTo);
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
