import type { AnyTransport } from '@waybill/contract';
import { expect } from 'vitest';
import { expectNoNewHandles, openHandles } from '../open-handles.ts';
import { expectOurs, failureOf, send } from './about-sending.ts';
import type { TransportHarness } from './harness.ts';
import { type Ask, group } from './question.ts';
import { newMessage, type Rig } from './rig.ts';

export function askAboutTrouble(ask: Ask, transport: AnyTransport, harness: TransportHarness): void {
  group('a connection', () => {
    askAboutOpening(ask, transport);
    if (harness.unreachable && transport.send) askAboutUnreachable(ask, transport, harness.unreachable);
    if (harness.breakConnection && transport.receive) askAboutBreak(ask, harness, harness.breakConnection);
  });
}

function askAboutOpening(ask: Ask, transport: AnyTransport): void {
  if (transport.probe) {
    ask('passes its probe', async (rig) => {
      await rig.within(transport.probe?.(await rig.connect()) ?? Promise.resolve(), 'the probe');
    });
  }

  ask('leaves nothing open when it is closed, and can be opened again', async (rig) => {
    const before = openHandles();
    for (let round = 0; round < 2; round++) {
      const connection = await rig.connect();
      if (transport.receive) await (await rig.listen({ connection })).stop();
      if (transport.send) await rig.closeSender(await rig.openSender(connection));
      await rig.within(rig.disconnect(connection), 'the connection to close');
    }
    await expectNoNewHandles(before);
  });
}

function askAboutUnreachable(ask: Ask, transport: AnyTransport, unreachable: NonNullable<TransportHarness['unreachable']>): void {
  ask('to a far side that is not there fails with an error that says to try again', async (rig) => {
    const { connection, outbound } = await unreachable(rig.world);
    const attempt = async (): Promise<void> => {
      const sender = await rig.openSender(await rig.connect(connection), outbound);
      await send(sender, newMessage());
    };
    const error = await failureOf(rig, attempt());
    expectOurs(error);
    expect(error).toMatchObject({ retryable: true });
  });

  if (!transport.probe) return;
  ask('to a far side that is not there does not pass its probe', async (rig) => {
    const { connection } = await unreachable(rig.world);
    const attempt = async (): Promise<void> => transport.probe?.(await rig.connect(connection));
    expectOurs(await failureOf(rig, attempt()));
  });
}

function askAboutBreak(ask: Ask, harness: TransportHarness, breakConnection: NonNullable<TransportHarness['breakConnection']>): void {
  ask('that breaks ends run() with an error that says to try again, and nothing is lost', async (rig: Rig) => {
    const connection = await rig.connect();
    const desk = await rig.listen({ connection });
    await breakConnection(rig.world);
    const error = await failureOf(rig, desk.ending());
    expectOurs(error);
    expect(error).toMatchObject({ retryable: true });
    await harness.repairConnection?.(rig.world);
    await rig.disconnect(connection);
    const later = await rig.listen();
    await rig.put(newMessage('<After/>'));
    expect((await later.next()).text).toBe('<After/>');
  });
}
