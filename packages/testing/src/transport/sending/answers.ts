import type { Answer, Sender, TransportError } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { expectOurs, failureOf, send } from '../failure.ts';
import type { TransportHarness } from '../harness.ts';
import { newMessage, type Rig } from '../rig.ts';

/** What the far side says to a message, of a transport that brings it back. */
export function askAboutAnswers(ask: Ask): void {
  ask.given('say', (say) => ask.group('what the far side says to a message', () => askAboutEach(ask, say)));
}

function askAboutEach(ask: Ask, say: NonNullable<TransportHarness['say']>): void {
  const words = '<Said>Grüße</Said>';

  ask('comes with the receipt, where it is asked for', async (rig) => {
    const sender = await rig.openSender();
    await say(rig.world, words, 'taken');
    expect(saidIn((await rig.within(asking(sender), 'the send')).answer)).toBe(words);
  });

  ask('comes with the error when the far side refuses the message, where it is asked for', async (rig) => {
    const sender = await rig.openSender();
    await say(rig.world, words, 'refused');
    const error = await refusal(rig, asking(sender));
    expect([error.outcome, saidIn(error.answer)]).toEqual(['refused', words]);
  });

  ask('does not come where nobody asks for it', async (rig) => {
    const sender = await rig.openSender();
    await say(rig.world, words, 'taken');
    expect((await rig.within(send(sender, newMessage()), 'the send')).answer).toBeUndefined();
    await say(rig.world, words, 'refused');
    expect((await refusal(rig, send(sender, newMessage()))).answer).toBeUndefined();
  });

  ask('leaves a sender that sends the next message, also when it is long', async (rig) => {
    const sender = await rig.openSender();
    await say(rig.world, words.repeat(20_000), 'refused');
    expect(saidIn((await refusal(rig, asking(sender))).answer)?.length).toBe(words.length * 20_000);
    await say(rig.world, words, 'taken');
    expect(saidIn((await rig.within(asking(sender), 'the next send')).answer)).toBe(words);
  });
}

function asking(sender: Sender): ReturnType<Sender['send']> {
  return sender.send(newMessage(), { signal: new AbortController().signal, answer: true });
}

async function refusal(rig: Rig, sending: Promise<unknown>): Promise<TransportError> {
  const error = await failureOf(rig, sending);
  expectOurs(error);
  return error;
}

function saidIn(answer: Answer | undefined): string | undefined {
  return answer && Buffer.from(answer.body).toString();
}
