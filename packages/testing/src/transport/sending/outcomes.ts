import { type TransportError, TransportError as TransportErrorClass } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { expectOurs, failureOf, send, takenTexts } from '../failure.ts';
import type { TransportHarness } from '../harness.ts';
import { newMessage, type Rig } from '../rig.ts';

export function askAboutOutcomes(ask: Ask): void {
  ask.group('a send that does not succeed', () => {
    askAboutTimeBefore(ask);
    ask.given('silence', (silence) => askAboutTimeDuring(ask, silence));
    ask.given('refuse', (refuse) => askAboutRefusal(ask, refuse));
    ask.given('loseAnswer', (loseAnswer) => askAboutLostAnswers(ask, loseAnswer));
  });
}

async function transportErrorOf(rig: Rig, sending: Promise<unknown>): Promise<TransportError> {
  const error = await failureOf(rig, sending);
  expectOurs(error);
  expect('outcome' in error && 'connectionLost' in error, `a ${TransportErrorClass.name}, which says what became of the message`).toBe(
    true,
  );
  return error;
}

function askAboutTimeBefore(ask: Ask): void {
  ask('because its time was over before says that it may be tried again, and that nothing was sent', async (rig) => {
    const sender = await rig.openSender();
    const error = await transportErrorOf(rig, sender.send(newMessage('<TooLate/>'), { signal: AbortSignal.abort() }));
    expect([error.retryable, error.outcome]).toEqual([true, 'not-sent']);
    await rig.within(send(sender, newMessage('<InTime/>')), 'the send');
    expect(await takenTexts(rig)).toEqual(['<InTime/>']);
  });
}

function askAboutTimeDuring(ask: Ask, silence: NonNullable<TransportHarness['silence']>): void {
  ask('because no answer came in its time says that nobody knows, and that it may be tried again', async (rig) => {
    const sender = await rig.openSender();
    await silence(rig.world);
    const error = await afterAMoment(rig, (signal) => sender.send(newMessage(), { signal }));
    expect([error.retryable, error.outcome]).toEqual([true, 'unknown']);
    // Else the connection would be closed in vain for as long as it waits for an answer.
    await rig.harness.speak?.(rig.world);
  });

  ask.given('speak', (speak) => askAboutUseAfterSilence(ask, silence, speak));
}

function askAboutUseAfterSilence(
  ask: Ask,
  silence: NonNullable<TransportHarness['silence']>,
  speak: NonNullable<TransportHarness['speak']>,
): void {
  ask('because no answer came leaves a sender that can be used, or says that its connection is lost', async (rig) => {
    const sender = await rig.openSender();
    await silence(rig.world);
    await afterAMoment(rig, (signal) => sender.send(newMessage('<Unheard/>'), { signal }));
    await speak(rig.world);
    const next = await rig.within(
      send(sender, newMessage('<Next/>')).catch((error: unknown) => error),
      'the next send',
    );
    if (next instanceof Error) {
      expectOurs(next);
      expect(next.connectionLost).toBe(true);
      await rig.within(send(await rig.openSender(), newMessage('<Next/>')), 'a send on a new connection');
    }
    expect(await takenTexts(rig)).toContain('<Next/>');
  });
}

/** Ends the time of a send that is under way. */
async function afterAMoment(rig: Rig, start: (signal: AbortSignal) => Promise<unknown>): Promise<TransportError> {
  const time = new AbortController();
  const failure = transportErrorOf(rig, start(time.signal));
  failure.catch(() => undefined);
  await rig.stays(() => true, 'a moment', 50);
  time.abort();
  return failure;
}

function askAboutRefusal(ask: Ask, refuse: NonNullable<TransportHarness['refuse']>): void {
  ask('because the far side does not want the message says so', async (rig) => {
    const sender = await rig.openSender();
    await refuse(rig.world);
    const error = await transportErrorOf(rig, send(sender, newMessage()));
    expect([error.outcome, error.retryable, error.connectionLost]).toEqual(['refused', false, false]);
    expect(await rig.taken()).toEqual([]);
  });
}

function askAboutLostAnswers(ask: Ask, loseAnswer: NonNullable<TransportHarness['loseAnswer']>): void {
  ask('because its answer was lost says that nobody knows, and not that the connection was lost before', async (rig) => {
    const sender = await rig.openSender();
    await loseAnswer(rig.world);
    const error = await transportErrorOf(rig, send(sender, newMessage()));
    expect([error.outcome, error.connectionLost]).toEqual(['unknown', false]);
  });
}
