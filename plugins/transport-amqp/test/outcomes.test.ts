import type { TransportError } from '@waybill/contract';
import { newMessage } from '@waybill/testing';
import type { EventContext } from 'rhea';
import { describe, expect, it } from 'vitest';
import { openSender, startPeer } from './peer.ts';

const signal = new AbortController().signal;

/** What is told of a message with which a far side does this. */
async function failureOf(takes: (context: EventContext) => void, largest?: number): Promise<TransportError> {
  const sender = await openSender({ hosts: [`127.0.0.1:${await startPeer({ takes, largest })}`] });
  try {
    await sender.send(newMessage('x'.repeat(2_000)), { signal });
  } catch (error) {
    return error as TransportError;
  }
  throw new Error('it was sent');
}

describe('a message that the far side', () => {
  it.each<[string, (context: EventContext) => void, string, string, boolean]>([
    [
      'rejects',
      ({ delivery }) => delivery?.reject({ condition: 'amqp:precondition-failed', description: 'No.' }),
      'WB_AMQP_REFUSED',
      'refused',
      false,
    ],
    ['rejects without a reason', ({ delivery }) => delivery?.reject(), 'WB_AMQP_REFUSED', 'refused', false],
    [
      'has no room for',
      ({ delivery }) => delivery?.reject({ condition: 'amqp:resource-limit-exceeded', description: 'Full.' }),
      'WB_AMQP_BUSY',
      'not-sent',
      true,
    ],
    ['releases', ({ delivery }) => delivery?.release(), 'WB_AMQP_BUSY', 'not-sent', true],
    ['modifies', ({ delivery }) => delivery?.modified({ delivery_failed: true }), 'WB_AMQP_BUSY', 'not-sent', true],
    ['settles without saying how', ({ delivery }) => delivery?.update(true), 'WB_AMQP_NO_ANSWER', 'unknown', true],
    ['takes while it ends the link', ({ receiver }) => receiver?.close(), 'WB_AMQP_NO_ANSWER', 'unknown', true],
    ['takes while it ends the connection', ({ connection }) => connection.close(), 'WB_AMQP_NO_ANSWER', 'unknown', true],
  ])('%s is told of as what it is', async (_, takes, code, outcome, retryable) => {
    const { code: told, outcome: what, retryable: again, connectionLost } = await failureOf(takes);
    expect([told, what, again, connectionLost]).toEqual([code, outcome, retryable, false]);
  });

  it('would not take because of its size is not sent at all', async () => {
    let came = 0;
    const takes = ({ delivery }: EventContext): void => {
      came += 1;
      delivery?.accept();
    };
    expect(await failureOf(takes, 1_000)).toMatchObject({ code: 'WB_AMQP_TOO_LARGE', outcome: 'refused' });
    expect(came).toBe(0);
  });
});

describe('an address', () => {
  it.each([
    ['artemis', ['queue']],
    ['ibm-mq', ['queue']],
    ['generic', []],
  ])('is asked of a broker of the kind "%s" as a queue where it could be a topic', async (broker, capabilities) => {
    const asked: unknown[] = [];
    const port = await startPeer({ opened: ({ receiver }) => asked.push(receiver?.target.capabilities ?? []) });
    await openSender({ broker, hosts: [`127.0.0.1:${port}`] });
    expect([asked].flat(2)).toEqual(capabilities);
  });
});

describe('a sender whose link has ended', () => {
  it('says so at the next message, which was surely not sent', async () => {
    const port = await startPeer({
      takes: ({ receiver }) => receiver?.close({ condition: 'amqp:resource-deleted', description: 'Gone.' }),
    });
    const sender = await openSender({ hosts: [`127.0.0.1:${port}`] });
    await expect(sender.send(newMessage(), { signal })).rejects.toMatchObject({ outcome: 'unknown', connectionLost: false });
    await expect(sender.send(newMessage(), { signal })).rejects.toMatchObject({ outcome: 'not-sent', connectionLost: true });
  });
});

describe('a sender that sends many messages in one turn', () => {
  it('hands the far side no more than it gave credit for, and all of them in the end', async () => {
    let came = 0;
    const port = await startPeer({
      takes: ({ delivery, receiver }) => {
        came += 1;
        delivery?.accept();
        receiver?.add_credit(1);
      },
    });
    const sender = await openSender({ hosts: [`127.0.0.1:${port}`] });
    await Promise.all(Array.from({ length: 500 }, () => sender.send(newMessage(), { signal })));
    expect(came).toBe(500);
  });
});
