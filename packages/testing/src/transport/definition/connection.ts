import type { AnyTransport } from '@waybill/contract';
import { expect } from 'vitest';
import { expectNoNewHandles, openHandles, resources } from '../../tools/open-handles.ts';
import type { Ask } from '../asking/question.ts';
import { expectOurs, failureOf, send, takenTexts } from '../failure.ts';
import type { TransportHarness } from '../harness.ts';
import { newMessage, type Rig } from '../rig.ts';

export function askAboutConnections(ask: Ask, transport: AnyTransport): void {
  ask.group('a connection', () => {
    askAboutOpening(ask, transport);
    ask.given('hanging', (hanging) => askAboutHanging(ask, hanging));
    if (transport.send) ask.given('unreachable', (unreachable) => askAboutUnreachable(ask, transport, unreachable));
    ask.given('breakConnection', (breakConnection) => {
      if (transport.receive) askAboutBrokenListeners(ask, transport, breakConnection);
      if (transport.send) askAboutBrokenSenders(ask, breakConnection);
    });
  });
}

/** Opens everything that a connection can have, and closes it. */
async function openAndClose(rig: Rig): Promise<void> {
  const { transport } = rig;
  const connection = await rig.connect();
  if (transport.receive) await (await rig.listen({ connection })).stop();
  if (transport.send) await rig.closeSender(await rig.openSender(connection));
  await rig.within(rig.disconnect(connection), 'the connection to close');
}

function askAboutOpening(ask: Ask, transport: AnyTransport): void {
  if (transport.probe) {
    ask('passes its probe', async (rig) => {
      await rig.within(transport.probe?.(await rig.connect()) ?? Promise.resolve(), 'the probe');
    });
  }

  if (transport.receive?.probe) {
    ask('gives back what the probe of an endpoint took for it', async (rig) => {
      const connection = await rig.connect();
      await rig.within(rig.probeEndpoint(connection), 'the probe of the endpoint');
      await rig.within(rig.disconnect(connection), 'the connection to close');
      const desk = await rig.listen();
      await rig.put(newMessage('<Afterwards/>'));
      const held = await desk.next();
      expect(held.text).toBe('<Afterwards/>');
      held.accept();
    });
  }

  if (transport.send?.probe) {
    ask('sends nothing when it sees whether there is what an endpoint sends to', async (rig) => {
      const connection = await rig.connect();
      await rig.within(rig.probeTarget(connection), 'the probe of the endpoint');
      const sender = await rig.openSender(connection);
      await rig.within(send(sender, newMessage('<Afterwards/>')), 'the send');
      expect(await takenTexts(rig)).toEqual(['<Afterwards/>']);
    });
  }

  ask('leaves nothing open when it is closed, and can be opened again', async (rig) => {
    const before = openHandles();
    for (let round = 0; round < 2; round++) await openAndClose(rig);
    await expectNoNewHandles(before);
  });

  ask('leaves no timers and sockets behind, however often it is opened', async (rig) => {
    await openAndClose(rig);
    const before = resources();
    const rounds = 16;
    for (let round = 0; round < rounds; round++) await openAndClose(rig);
    // The runner has a few of its own that come and go; what stays behind each time makes one more a round.
    const grown = (): string[] =>
      Object.entries(resources()).flatMap(([kind, count]) => (count >= (before[kind] ?? 0) + rounds / 2 ? [kind] : []));
    await rig
      .eventually(() => grown().length === 0, 'everything that was opened to be closed')
      .catch((cause: unknown) => {
        throw new Error(`left behind: ${grown().join(', ')}`, { cause });
      });
  });
}

function askAboutHanging(ask: Ask, hanging: NonNullable<TransportHarness['hanging']>): void {
  ask('to a far side that does not answer ends when its signal aborts', async (rig) => {
    const settings = await hanging(rig.world);
    const time = new AbortController();
    const connecting = rig.connect(settings, time.signal).then(
      (connection) => rig.disconnect(connection).then(() => undefined),
      (error: unknown) => error,
    );
    await rig.stays(() => true, 'a moment', 50);
    time.abort();
    const error = await rig.within(connecting, 'connect() to end after its signal');
    if (error !== undefined) expectOurs(error);
  });
}

function askAboutUnreachable(ask: Ask, transport: AnyTransport, unreachable: NonNullable<TransportHarness['unreachable']>): void {
  ask('to a far side that is not there fails with an error that says to try again, and that nothing was sent', async (rig) => {
    const { connection, outbound } = await unreachable(rig.world);
    const attempt = async (): Promise<void> => {
      const sender = await rig.openSender(await rig.connect(connection), outbound);
      await send(sender, newMessage());
    };
    const error = await failureOf(rig, attempt());
    expectOurs(error);
    expect([error.retryable, error.outcome]).toEqual([true, 'not-sent']);
  });

  if (!transport.probe) return;
  ask('to a far side that is not there does not pass its probe', async (rig) => {
    const { connection } = await unreachable(rig.world);
    const attempt = async (): Promise<void> => transport.probe?.(await rig.connect(connection));
    expectOurs(await failureOf(rig, attempt()));
  });
}

type Break = NonNullable<TransportHarness['breakConnection']>;

function askAboutBrokenListeners(ask: Ask, { receive }: AnyTransport, breakConnection: Break): void {
  ask('that breaks ends run() with an error that says to try again, and nothing is lost', async (rig) => {
    const connection = await rig.connect();
    const desk = await rig.listen({ connection });
    await breakConnection(rig.world);
    const error = await failureOf(rig, desk.ending());
    expectOurs(error);
    expect(error.retryable).toBe(true);
    await rig.harness.repairConnection?.(rig.world);
    await rig.disconnect(connection);
    const later = await rig.listen();
    await rig.put(newMessage('<After/>'));
    expect((await later.next()).text).toBe('<After/>');
  });

  ask('that breaks can be used again for a new listener, or says that it is lost', async (rig) => {
    const connection = await rig.connect();
    const desk = await rig.listen({ connection });
    await breakConnection(rig.world);
    const error = await failureOf(rig, desk.ending());
    await rig.harness.repairConnection?.(rig.world);
    expectOurs(error);
    if (error.connectionLost) return;
    const later = await rig.listen({ connection });
    await rig.put(newMessage('<After/>'));
    expect((await later.next()).text).toBe('<After/>');
  });

  ask.declared(receive?.guarantees.transacted === true, 'transacted', () => askAboutBrokenDeliveries(ask, breakConnection));
}

function askAboutBrokenDeliveries(ask: Ask, breakConnection: Break): void {
  ask('that breaks ends run() also with deliveries in hand, which come again whatever is said of them', async (rig) => {
    const connection = await rig.connect();
    const desk = await rig.listen({ connection });
    await rig.put(newMessage('<InHand/>'));
    const held = await desk.next();
    await breakConnection(rig.world);
    const error = await failureOf(rig, desk.ending());
    expectOurs(error);
    expect(error.retryable).toBe(true);
    held.accept();
    await rig.harness.repairConnection?.(rig.world);
    await rig.disconnect(connection);
    const again = await (await rig.listen()).next();
    expect([again.id, again.text]).toEqual([held.id, '<InHand/>']);
  });
}

function askAboutBrokenSenders(ask: Ask, breakConnection: Break): void {
  ask('that breaks fails a send with an error that says to try again, and a new connection sends', async (rig) => {
    const connection = await rig.connect();
    const sender = await rig.openSender(connection);
    await rig.within(send(sender, newMessage('<Before/>')), 'the first send');
    await breakConnection(rig.world);
    const error = await failureOf(rig, send(sender, newMessage('<Broken/>')));
    expectOurs(error);
    expect(error.retryable).toBe(true);
    expect(['not-sent', 'unknown']).toContain(error.outcome);
    await rig.harness.repairConnection?.(rig.world);
    if (!error.connectionLost) await rig.within(send(sender, newMessage('<Between/>')), 'a send on the repaired connection');
    await rig.closeSender(sender);
    await rig.disconnect(connection);
    await rig.within(send(await rig.openSender(), newMessage('<After/>')), 'a send on a new connection');
    const texts = await takenTexts(rig);
    expect(texts).toEqual(expect.arrayContaining(['<After/>', '<Before/>']));
    if (error.outcome === 'not-sent') expect(texts).not.toContain('<Broken/>');
  });
}
