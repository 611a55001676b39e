import type { Message, ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import type { CrashWork } from '../crash-child.ts';
import type { Desk } from '../held.ts';
import { addressOf } from '../receiving/replies.ts';
import { newMessage, type Rig } from '../rig.ts';
import { CrashLedger } from './ledger.ts';
import { letDie, placesToDie } from './victim.ts';

export function askAboutDyingListeners(ask: Ask, guarantees: ReceiveGuarantees): void {
  ask.declared(guarantees.transacted, 'transacted', () => {
    ask.given(
      'module',
      (module) => {
        ask.group('a process that dies', () => {
          askAboutTaking(ask, guarantees, module);
          askAboutSettled(ask, guarantees, module);
          askAboutStopping(ask, guarantees, module);
          ask.declared(guarantees.ordered !== 'no', 'ordered', () => askAboutOrder(ask, guarantees, module));
          ask.declared(guarantees.replies === 'addressed', "replies 'addressed'", () => askAboutReplying(ask, guarantees, module));
        });
      },
      'crash',
    );
  });
}

interface Dying {
  readonly guarantees: ReceiveGuarantees;
  readonly module: URL;
  readonly workOf: (texts: readonly string[]) => Exclude<CrashWork, { kind: 'send' }>;
  /** Messages ask for a reply to this address, and get this one. */
  readonly replyTo?: string;
  readonly answerTo?: (text: string) => Message;
}

/**
 * Lets one process after the other work on three messages of its own, and die at another step of its work; the first one is killed when
 * its work is done. After each, somebody else accepts what is left.
 */
async function oneAfterTheOther(rig: Rig, dying: Dying): Promise<CrashLedger> {
  const ledger = new CrashLedger(dying.guarantees);
  const round = async (name: number, dieAt?: number): Promise<number> => {
    const texts = ['A', 'B', 'C'].map((letter) => `<${letter}${name}/>`);
    // Every second round without ids: then the transport has to give them, and the same ones after the death.
    for (const text of texts) await rig.put({ ...(name % 2 ? { body: Buffer.from(text) } : newMessage(text)), replyTo: dying.replyTo });
    ledger.puts(texts);
    const victim = await letDie(rig, dying.module, dying.workOf(texts), { dieAt });
    ledger.took(victim);
    await drain(rig, ledger, dying.answerTo);
    return victim.steps ?? 0;
  };
  const steps = await round(0);
  for (const [index, step] of placesToDie(steps).entries()) {
    if (ledger.lost.length === 0) await round(index + 1, step);
  }
  await takeWhatIsLate(rig, ledger);
  return ledger;
}

/** Somebody who accepts what comes. */
async function accepting(rig: Rig, answerTo?: (text: string) => Message): Promise<Desk> {
  const desk = await rig.listen({ order: 'serial' });
  desk.automatically((held) => held.accept(answerTo && { ...answerTo(held.text), correlationId: held.id }));
  return desk;
}

/** Lets somebody accept what a death has left. */
async function drain(rig: Rig, ledger: CrashLedger, answerTo?: (text: string) => Message): Promise<void> {
  const desk = await accepting(rig, answerTo);
  await ledger.waitFor(rig, desk);
  await ledger.drained(desk);
}

/** What was accepted and not removed may come again later than what was behind it. */
async function takeWhatIsLate(rig: Rig, ledger: CrashLedger): Promise<void> {
  const desk = await accepting(rig);
  await rig.stays(() => true, 'a while');
  await ledger.drained(desk);
}

/** One process that is killed when its work on three messages is done, and what came of them. */
async function once(rig: Rig, { guarantees, module, workOf }: Dying): Promise<CrashLedger> {
  const ledger = new CrashLedger(guarantees);
  const texts = ['<A/>', '<B/>', '<C/>'];
  for (const text of texts) await rig.put(newMessage(text));
  ledger.puts(texts);
  ledger.took(await letDie(rig, module, workOf(texts)));
  await drain(rig, ledger);
  await takeWhatIsLate(rig, ledger);
  return ledger;
}

function expectNothingLost(ledger: CrashLedger, allowed: 0 | 1): void {
  expect({ lost: ledger.lost, doubled: ledger.doubled(allowed), mistaken: ledger.mistaken }).toEqual({
    lost: [],
    doubled: [],
    mistaken: [],
  });
}

function askAboutTaking(ask: Ask, guarantees: ReceiveGuarantees, module: URL): void {
  ask('while it takes a message loses none, and doubles none', async (rig) => {
    expectNothingLost(await oneAfterTheOther(rig, { guarantees, module, workOf: (texts) => ({ kind: 'take', texts }) }), 0);
  });
}

function askAboutSettled(ask: Ask, guarantees: ReceiveGuarantees, module: URL): void {
  const workOf = (texts: readonly string[]) => ({ kind: 'settle', texts }) as const;

  ask('while it removes a message that was accepted loses none, and that one comes again under its id or not at all', async (rig) => {
    expectNothingLost(await oneAfterTheOther(rig, { guarantees, module, workOf }), 1);
  });

  ask('when it has the next message in hand has removed the one before for good', async (rig) => {
    expectNothingLost(await once(rig, { guarantees, module, workOf }), 0);
  });
}

function askAboutStopping(ask: Ask, guarantees: ReceiveGuarantees, module: URL): void {
  ask('while it stops loses nothing of what it leaves behind, and doubles none', async (rig) => {
    expectNothingLost(await oneAfterTheOther(rig, { guarantees, module, workOf: (texts) => ({ kind: 'stop', texts }) }), 1);
  });
}

function askAboutOrder(ask: Ask, guarantees: ReceiveGuarantees, module: URL): void {
  ask('with a message in hand leaves the order as it was', async (rig) => {
    const ledger = await once(rig, { guarantees, module, workOf: (texts) => ({ kind: 'take', texts }) });
    expect(ledger.order).toEqual(['<A/>', '<B/>', '<C/>']);
  });
}

function askAboutReplying(ask: Ask, guarantees: ReceiveGuarantees, module: URL): void {
  ask('while it replies has sent the reply to whatever does not come again', async (rig) => {
    const { to: replyTo, replies } = addressOf(rig);
    const answers = new Map<string, Message>();
    // The kernel gives the same reply again when its message comes again.
    const answerTo = (text: string): Message => {
      const answer = answers.get(text) ?? newMessage(`re: ${text}`);
      answers.set(text, answer);
      return answer;
    };
    const workOf = (texts: readonly string[]) => ({ kind: 'settle', texts, reply: answerTo(texts[0] ?? '') }) as const;
    const ledger = await oneAfterTheOther(rig, { guarantees, module, workOf, replyTo, answerTo });
    expectNothingLost(ledger, 1);
    const sent = (await replies()).map(({ body }) => Buffer.from(body).toString());
    for (const text of ledger.order) {
      const count = sent.filter((one) => one === `re: ${text}`).length;
      expect([text, count >= 1, count <= ledger.acceptances(text)]).toEqual([text, true, true]);
    }
  });
}
