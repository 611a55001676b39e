import type { Message, ReceiveGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { expectOurs, failureOf } from '../failure.ts';
import type { TransportHarness } from '../harness.ts';
import type { Desk, Held } from '../held.ts';
import { newMessage, type Rig } from '../rig.ts';

export function askAboutReplies(ask: Ask, { replies }: ReceiveGuarantees): void {
  ask.group(`replies '${replies}'`, () => {
    ask('has listeners with `reply` exactly if replies are addressed', async (rig) => {
      expect('reply' in (await rig.openListener())).toBe(replies === 'addressed');
    });
    ask.declared(replies === 'open', "replies 'open'", () => askAboutOpenReplies(ask));
    ask.declared(replies === 'addressed', "replies 'addressed'", () => {
      askAboutAddressedReplies(ask);
      askAboutLaterReplies(ask);
      ask.given('refuseReplies', (refuseReplies) => askAboutRefusedReplies(ask, refuseReplies));
    });
  });
}

function answerTo(held: Held): Message {
  return { ...newMessage(`re: ${held.text}`), correlationId: held.id ?? 'unknown' };
}

function askAboutOpenReplies(ask: Ask): void {
  ask('answers each open request with its own reply', async (rig) => {
    const desk = await rig.listen({ concurrency: 5 });
    desk.automatically((held) => setImmediate(() => held.accept(answerTo(held))));
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
    desk.automatically((held) => held.reject('invalid', answerTo(held)));
    expect(await rig.within(putAndWait(rig, '<Refused/>'), 'the answer')).toBe('re: <Refused/>');
  });

  ask('answers a request that may be sent again later with the reply that came with it', async (rig) => {
    const desk = await rig.listen();
    desk.automatically((held) => held.retry(0, answerTo(held)));
    expect(await rig.within(putAndWait(rig, '<Later/>'), 'the answer')).toBe('re: <Later/>');
  });
}

async function putAndWait(rig: Rig, text: string): Promise<string | undefined> {
  const put = await rig.put(newMessage(text));
  if (!put?.answer) throw new Error('`put` of the harness has to give `answer`, because open replies are declared');
  const answer = await put.answer;
  return answer && Buffer.from(answer.body).toString();
}

/** The address for replies, and what has come there. */
export function addressOf({ world }: Rig): { readonly to: string; readonly replies: NonNullable<typeof world.replies> } {
  if (!world.replies || world.replyTo === undefined)
    throw new Error('the harness has to give `replyTo` and `replies`, because addressed replies are declared');
  return { to: world.replyTo, replies: world.replies.bind(world) };
}

function askAboutAddressedReplies(ask: Ask): void {
  for (const outcome of ['accepted', 'rejected'] as const) {
    ask(`sends the reply to a message that was ${outcome} to the address in it, with its id as correlation`, async (rig) => {
      const { to, replies } = addressOf(rig);
      const desk = await rig.listen({ concurrency: 2 });
      await rig.put({ ...newMessage('<Question/>'), replyTo: to });
      const held = await desk.next();
      if (outcome === 'accepted') held.accept(answerTo(held));
      else held.reject('invalid', answerTo(held));
      const arrived = await rig.eventually(async () => (await replies())[0], 'the reply');
      expect(Buffer.from(arrived.body).toString()).toBe('re: <Question/>');
      expect(arrived.correlationId).toBe(held.id);
    });
  }

  ask('accepts a message without an address, whose reply has nowhere to go', async (rig) => {
    const desk = await rig.listen();
    await rig.put(newMessage());
    const held = await desk.next();
    held.accept(answerTo(held));
    await rig.put(newMessage('<Next/>'));
    const next = await desk.next();
    expect(next.text).toBe('<Next/>');
    next.accept();
    await rig.stays(() => desk.all.length === 2, 'the reply staying away from the endpoint');
  });
}

function askAboutLaterReplies(ask: Ask): void {
  ask('sends a reply that comes long after its message was settled', async (rig) => {
    const { to, replies } = addressOf(rig);
    const { desk, listener } = await rig.listening();
    await rig.put({ ...newMessage('<Question/>'), replyTo: to });
    const held = await desk.next();
    held.accept();
    await rig.put(newMessage('<Next/>'));
    (await desk.next()).accept();
    const reply = listener.reply?.(answerTo(held), held.delivery.message.replyTo ?? '', { signal: new AbortController().signal });
    const receipt = await rig.within(reply ?? Promise.reject(new Error('there is no `reply`')), 'the reply to be sent');
    expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt);
    const [arrived] = await rig.eventually(async () => {
      const all = await replies();
      return all.length > 0 ? all : undefined;
    }, 'the reply');
    expect(arrived && [Buffer.from(arrived.body).toString(), arrived.correlationId]).toEqual(['re: <Question/>', held.id]);
  });

  ask('does not send a later reply whose time is over', async (rig) => {
    const { to, replies } = addressOf(rig);
    const { listener } = await rig.listening();
    const reply = listener.reply?.(newMessage('<TooLate/>'), to, { signal: AbortSignal.abort() });
    const error = await failureOf(rig, reply ?? Promise.resolve());
    expectOurs(error);
    expect([error.retryable, error.outcome]).toEqual([true, 'not-sent']);
    expect(await replies()).toEqual([]);
  });
}

function askAboutRefusedReplies(ask: Ask, refuseReplies: NonNullable<TransportHarness['refuseReplies']>): void {
  ask('hands back a reply that its address does not take, and is rid of its message', async (rig) => {
    const { to } = addressOf(rig);
    const desk = await rig.listen({ concurrency: 1 });
    await rig.put({ ...newMessage('<Question/>'), replyTo: to });
    const held = await desk.next();
    await refuseReplies(rig.world);
    held.accept(answerTo(held));
    await expectHandedBack(rig, desk, held);
  });

  for (const outcome of ['accepted', 'rejected'] as const) {
    ask(`hands a message out again that was ${outcome} when its reply was neither taken by its address nor kept`, async (rig) => {
      const { to } = addressOf(rig);
      const connection = await rig.connect();
      const desk = await rig.listen({ concurrency: 1, connection });
      desk.keepsReplies = false;
      await rig.put({ ...newMessage('<Question/>'), replyTo: to });
      const held = await desk.next();
      await refuseReplies(rig.world);
      if (outcome === 'accepted') held.accept(answerTo(held));
      else held.reject('invalid', answerTo(held));
      await rig.eventually(() => desk.refusedReplies.length > 0, 'the reply to be handed back');
      desk.keepsReplies = true;
      const next = await deskOfNext(rig, desk, connection);
      const again = await next.next();
      expect([again.id, again.text]).toEqual([held.id, '<Question/>']);
      again.accept(answerTo(again));
      await expectHandedBack(rig, next, again);
    });
  }
}

async function expectHandedBack(rig: Rig, desk: Desk, held: Held): Promise<void> {
  const deliveries = desk.all.length;
  const [undelivered] = await rig.eventually(
    () => (desk.undelivered.length > 0 ? desk.undelivered : undefined),
    'the reply to be handed back',
  );
  expect(undelivered?.to).toBe(held.delivery.message.replyTo);
  expect(Buffer.from(undelivered?.reply.body ?? '').toString()).toBe('re: <Question/>');
  await rig.stays(() => desk.all.length === deliveries, 'the message staying away');
}

/** Where a message comes again: at the desk that had it, or at that of the next listener, where the first one has ended for it. */
async function deskOfNext(rig: Rig, desk: Desk, connection: unknown): Promise<Desk> {
  await rig.eventually(() => desk.ended || desk.all.length > 1, 'the message to come again');
  if (!desk.ended) return desk;
  const error = await failureOf(rig, desk.ending());
  expectOurs(error);
  expect(error.retryable).toBe(true);
  await rig.disconnect(connection);
  return rig.listen({ concurrency: 1 });
}
