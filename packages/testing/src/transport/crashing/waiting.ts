import type { ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { newMessage, type Rig } from '../rig.ts';
import { letDie, placesToDie, type Victim } from './victim.ts';

/** Where senders wait, whoever has sent what a death has cut short has to hear that it was not taken: nobody else will send it again. */
export function askAboutDyingWhileSendersWait(ask: Ask, { waits }: ReceiveGuarantees): void {
  ask.declared(waits, 'waits', () => {
    ask.given(
      'module',
      (module) => {
        ask.group('a process that dies while senders wait', () => {
          askAboutTelling(ask, module);
        });
      },
      'crash',
    );
  });
}

function askAboutTelling(ask: Ask, module: URL): void {
  for (const kind of ['take', 'settle'] as const) {
    const when = kind === 'take' ? 'with their messages in hand' : 'while it tells them';
    ask(`${when} tells nobody that a message was taken which was not accepted`, async (rig) => {
      const steps = await deathOf(rig, module, kind, 0);
      for (const [index, step] of placesToDie(steps).entries()) await deathOf(rig, module, kind, index + 1, step);
    });
  }
}

/** Puts two messages, one after the other, to a process that dies of them. Answers how many steps its work took. */
async function deathOf(rig: Rig, module: URL, kind: 'take' | 'settle', round: number, dieAt?: number): Promise<number> {
  const texts = [`<A${round}/>`, `<B${round}/>`];
  const told: Promise<boolean>[] = [];
  const meanwhile = async (victim: Victim): Promise<void> => {
    await victim.says('listening');
    for (const text of kind === 'take' ? texts.slice(0, 1) : texts) told.push(toldOf(rig, text, victim));
    await victim.says('over');
    // Long enough to see who is told before anything is decided.
    await rig.stays(() => true, 'a moment');
  };
  const victim = await letDie(rig, module, { kind, texts }, { dieAt, meanwhile });
  const heard = await rig.within(Promise.all(told), 'every sender to be told');
  const wrongly = texts.filter((text, index) => heard[index] === true && !victim.accepted.includes(text));
  expect(wrongly, 'told that their messages were taken').toEqual([]);
  return victim.steps ?? 0;
}

/** Whether the sender of a message is told that it was taken. One that finds nobody to send it to is told that it was not. */
async function toldOf(rig: Rig, text: string, victim: Victim): Promise<boolean> {
  const putting = rig.put(newMessage(text)).catch((error: unknown) => {
    if (victim.isDead) return undefined;
    throw error;
  });
  return (await (await putting)?.told) ?? false;
}
