import type { Message, ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Held } from './desk.ts';
import { type Ask, group } from './question.ts';
import { newMessage, type Rig } from './rig.ts';

export function askAboutReplies(ask: Ask, guarantees: ReceiveGuarantees): void {
  switch (guarantees.replies) {
    case 'no':
      return;
    case 'open':
      group("replies 'open'", () => {
        askAboutOpenReplies(ask);
      });
      return;
    case 'addressed':
      group("replies 'addressed'", () => {
        askAboutAddressedReplies(ask);
      });
      return;
  }
}

function replyTo(held: Held): Message {
  return { ...newMessage(`re: ${held.text}`), correlationId: held.id };
}

function askAboutOpenReplies(ask: Ask): void {
  ask('answers each open request with its own reply', async (rig) => {
    const desk = await rig.listen({ concurrency: 5 });
    desk.automatically((held) => setImmediate(() => held.accept(replyTo(held))));
    const texts = Array.from({ length: 10 }, (_, number) => `<Question number="${number}"/>`);
    const answers = await rig.within(Promise.all(texts.map((text) => putAndWait(rig, text))), 'ten answers');
    expect(answers).toEqual(texts.map((text) => `re: ${text}`));
  });

  ask('answers a request that gets no reply all the same', async (rig) => {
    const desk = await rig.listen();
    desk.automatically((held) => held.accept());
    await rig.within(putAndWait(rig, '<Notification/>'), 'the exchange to end');
  });

  ask('answers a request that was rejected with the reply that came with it', async (rig) => {
    const desk = await rig.listen();
    desk.automatically((held) =>
      held.settle({ outcome: 'rejected', code: 'WB_SUITE_REJECTED', reason: 'The suite refuses this message.', reply: replyTo(held) }),
    );
    expect(await rig.within(putAndWait(rig, '<Refused/>'), 'the answer')).toBe('re: <Refused/>');
  });
}

async function putAndWait(rig: Rig, text: string): Promise<string | undefined> {
  const put = await rig.put(newMessage(text));
  if (!put?.answer) throw new Error('`put` of the harness has to give `answer`, because open replies are declared');
  const answer = await put.answer;
  return answer && Buffer.from(answer.body).toString();
}

function askAboutAddressedReplies(ask: Ask): void {
  ask('sends the reply to the address in the message, with the id of the message as correlation', async (rig) => {
    if (!rig.world.replies || rig.world.replyTo === undefined)
      throw new Error('the harness has to give `replyTo` and `replies`, because addressed replies are declared');
    const desk = await rig.listen({ concurrency: 2 });
    await rig.put({ ...newMessage('<Question/>'), replyTo: rig.world.replyTo });
    const held = await desk.next();
    held.accept(replyTo(held));
    const arrived = await rig.eventually(async () => (await rig.world.replies?.())?.[0], 'the reply');
    expect(Buffer.from(arrived.body).toString()).toBe('re: <Question/>');
    expect(arrived.correlationId).toBe(held.id);
  });

  ask('accepts a message without an address, whose reply has nowhere to go', async (rig) => {
    const desk = await rig.listen();
    await rig.put(newMessage());
    const held = await desk.next();
    held.accept(replyTo(held));
    await rig.put(newMessage());
    expect((await desk.next()).id).not.toBe(held.id);
  });
}
