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
  const told: Promise<readonly boolean[]>[] = [];
  const meanwhile = async (victim: Victim): Promise<void> => {
    await victim.says('listening');
    const telling = Promise.all((kind === 'take' ? texts.slice(0, 1) : texts).map((text) => toldOf(rig, text)));
    // When the process has died at once, nobody takes the messages, and nobody is told anything.
    const hearing = dieAt === undefined ? telling : telling.catch(() => []);
    told.push(hearing);
    // A message that cannot be put has to fail the question, and not to be waited for.
    await Promise.race([victim.says('over'), hearing]);
    await victim.says('over');
    // Long enough to see who is told before anything is decided.
    await rig.stays(() => true, 'a moment');
  };
  const victim = await letDie(rig, module, { kind, texts }, { dieAt, meanwhile });
  const heard = (await rig.within(Promise.all(told), 'every sender to be told')).flat();
  const wrongly = texts.filter((text, index) => heard[index] === true && !victim.accepted.includes(text));
  expect(wrongly, 'told that their messages were taken').toEqual([]);
  return victim.steps ?? 0;
}

/** Whether the sender of a message is told that it was taken. */
async function toldOf(rig: Rig, text: string): Promise<boolean> {
  const put = await rig.put(newMessage(text));
  if (!put?.told) throw new Error('`put` of the harness has to give `told`, because `waits` is declared');
  return put.told;
}
