import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { expectOurs, failureOf, send } from '../failure.ts';
import type { TransportHarness } from '../harness.ts';
import { newMessage, type Rig } from '../rig.ts';

export function askAboutRecipients(ask: Ask): void {
  ask.given('failRecipient', (failRecipient) => ask.group('a message with several recipients', () => askAboutEach(ask, failRecipient)));
}

function askAboutEach(ask: Ask, failRecipient: NonNullable<TransportHarness['failRecipient']>): void {
  ask('is sent to each of them, and the receipt says so for each', async (rig) => {
    const [first, ...others] = recipientsOf(rig);
    const { recipients = [] } = await rig.within(send(await rig.openSender(), newMessage('<All/>')), 'the send');
    expect(recipients.map(({ address, outcome }) => [address, outcome])).toEqual([first, ...others].map((address) => [address, 'sent']));
    for (const address of recipientsOf(rig)) expect(await textsFor(rig, address)).toEqual(['<All/>']);
  });

  for (const outcome of ['refused', 'later'] as const) {
    ask(`tells of the one for whom it ended as '${outcome}', and sends to the others`, async (rig) => {
      const [first = '', ...others] = recipientsOf(rig);
      await failRecipient(rig.world, first, outcome);
      const { recipients = [] } = await rig.within(send(await rig.openSender(), newMessage('<Part/>')), 'the send');
      expect(recipients.find(({ address }) => address === first)?.outcome).toBe(outcome);
      for (const address of others) expect(await textsFor(rig, address)).toEqual(['<Part/>']);
      expect(await textsFor(rig, first)).toEqual([]);
    });
  }

  ask('is sent at a further attempt to those only who are still open', async (rig) => {
    const [first = '', ...others] = recipientsOf(rig);
    const sender = await rig.openSender();
    const message = newMessage('<Part/>');
    await failRecipient(rig.world, first, 'later');
    await rig.within(send(sender, message), 'the first attempt');
    await failRecipient(rig.world, first, undefined);
    await rig.within(sender.send(message, { signal: new AbortController().signal, to: [first] }), 'the second attempt');
    for (const address of [first, ...others]) expect(await textsFor(rig, address)).toEqual(['<Part/>']);
  });

  ask('that nobody takes is rejected with what became of each recipient', async (rig) => {
    for (const address of recipientsOf(rig)) await failRecipient(rig.world, address, 'refused');
    const error = await failureOf(rig, send(await rig.openSender(), newMessage()));
    expectOurs(error);
    expect(error.outcome).toBe('refused');
    for (const { outcome } of error.recipients ?? []) expect(outcome).toBe('refused');
  });
}

function recipientsOf({ world }: Rig): readonly string[] {
  if (!world.recipients || world.recipients.length < 2)
    throw new Error('the harness has to give at least two `recipients`, because it gives `failRecipient`');
  return world.recipients;
}

async function textsFor({ world }: Rig, address: string): Promise<readonly string[]> {
  if (!world.takenFor) throw new Error('the harness has to give `takenFor`, because it gives `failRecipient`');
  return (await world.takenFor(address)).map(({ body }) => Buffer.from(body).toString());
}
