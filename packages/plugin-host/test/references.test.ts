import { type Message, TransportError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { lost, message, setUp } from './side.ts';

describe('the ids by which reports will speak of a message', () => {
  const references = ({ id }: Message) => [`ref-${id}`];

  it('are told by the sender that was opened last, also while none is open', async () => {
    const { side } = setUp({ references, send: () => Promise.reject(lost()) });
    expect(side.references(message('a'))).toBeUndefined();
    await expect(side.send(message('a'), {})).rejects.toMatchObject({ connectionLost: true });
    expect(side.isReady).toBe(false);
    expect(side.references(message('a'))).toEqual(['ref-a']);
    await side.close();
    expect(side.references(message('b'))).toEqual(['ref-b']);
  });

  it('can be told as soon as a sender was opened, and what keeps it from being opened is told instead', async () => {
    let isAway = true;
    const { side, steps, clock } = setUp({
      references,
      open: async () => {
        if (isAway) throw new TransportError('WB_TEST_AWAY', 'Nobody is there.');
      },
    });
    expect(await side.openFirst()).toMatchObject({ code: 'WB_TEST_AWAY' });
    expect(side.references(message('a'))).toBeUndefined();
    isAway = false;
    // It is left alone for a while.
    expect([side.isDown, await side.openFirst(), side.references(message('a'))]).toEqual([true, undefined, undefined]);
    await clock.advance(side.downFor);
    expect([await side.openFirst(), await side.openFirst()]).toEqual([undefined, undefined]);
    expect(side.references(message('a'))).toEqual(['ref-a']);
    expect(steps.filter((step) => step.startsWith('open'))).toEqual(['open 1', 'open 2']);
    await side.close();
  });

  it('are none of a sender that makes none, or fails to', async () => {
    const none = setUp();
    await none.side.openFirst();
    expect(none.side.references(message('a'))).toBeUndefined();
    const broken = setUp({
      references: () => {
        throw new TypeError('a defect');
      },
    });
    await broken.side.openFirst();
    expect(broken.side.references(message('a'))).toBeUndefined();
    expect(broken.lines).toMatchObject([
      { text: 'the sender cannot tell how reports will speak of the message', fields: { messageId: 'a' } },
    ]);
    await none.side.close();
    await broken.side.close();
  });
});
