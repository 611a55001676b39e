import type { Message, SendGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { send, takenTexts } from '../failure.ts';
import { newMessage, type Rig } from '../rig.ts';
import { letDie, placesToDie } from './victim.ts';

export function askAboutDyingSenders(ask: Ask, guarantees: SendGuarantees): void {
  ask.given(
    'module',
    (module) => {
      ask.group('a process that dies', () => {
        askAboutWholeness(ask, module);
        askAboutSendingAgain(ask, guarantees, module);
        askAboutReceipts(ask, module);
      });
    },
    'crash',
  );
}

/** Long enough that it is not written in one step. */
const longText = (number: number): string => `<Sent number="${number}">${'x'.repeat(200_000)}</Sent>`;

/** Lets one process after the other send a message, and die at another step of that; the first one is killed when it has its receipt. */
async function oneAfterTheOther(rig: Rig, module: URL): Promise<readonly Message[]> {
  const messages: Message[] = [];
  const round = async (dieAt?: number): Promise<number> => {
    const message = newMessage(longText(messages.length));
    messages.push(message);
    return (await letDie(rig, module, { kind: 'send', message }, { dieAt })).steps ?? 0;
  };
  for (const step of placesToDie(await round())) await round(step);
  return messages;
}

/** In numbers: a text that fills the screen tells nobody anything. */
const textsOf = (messages: readonly Message[]): readonly string[] => messages.map(({ body }) => Buffer.from(body).toString());

function askAboutWholeness(ask: Ask, module: URL): void {
  ask('while it sends leaves the whole message at the far side, or nothing', async (rig) => {
    const texts = textsOf(await oneAfterTheOther(rig, module));
    await rig.stays(() => true, 'a moment');
    const parts = (await takenTexts(rig)).filter((text) => !texts.includes(text));
    expect(parts.map((text) => `${text.length} characters: ${text.slice(0, 40)}`)).toEqual([]);
  });
}

function askAboutSendingAgain(ask: Ask, { deduplicates }: SendGuarantees, module: URL): void {
  const often = deduplicates ? 'arrives once' : 'arrives, at most twice and under the same id';
  ask(`while it sends leaves a message that ${often} when the next process sends it again`, async (rig) => {
    const messages = await oneAfterTheOther(rig, module);
    const sender = await rig.openSender();
    for (const message of messages) await rig.within(send(sender, message), 'the send');
    const taken = await rig.taken();
    const counts = textsOf(messages).map((text) => taken.filter(({ body }) => Buffer.from(body).toString() === text).length);
    expect(counts.filter((count) => count < 1 || count > (deduplicates ? 1 : 2))).toEqual([]);
    if (!rig.harness.carries?.includes('id')) return;
    const ids = new Set(messages.map(({ id }) => id));
    expect(taken.filter(({ id }) => id === undefined || !ids.has(id)).length).toBe(0);
  });
}

function askAboutReceipts(ask: Ask, module: URL): void {
  ask('as soon as it has the receipt has left the message at the far side, once', async (rig) => {
    const messages = [newMessage('<One/>'), newMessage('<Two/>'), newMessage('<Three/>')];
    for (const message of messages) await letDie(rig, module, { kind: 'send', message }, { dieAt: 'end' });
    expect(await takenTexts(rig)).toEqual(textsOf(messages).toSorted());
  });
}
