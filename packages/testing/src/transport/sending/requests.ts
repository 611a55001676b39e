import type { Sender, SendGuarantees } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import { expectOurs, failureOf } from '../failure.ts';
import type { Outside, OutsideMessage } from '../harness.ts';
import { newMessage, type Rig } from '../rig.ts';

export function askAboutRequests(ask: Ask, guarantees: SendGuarantees): void {
  if (!guarantees.requestReply) {
    ask('leaves `request` out, because it does not declare requestReply', async (rig) => {
      expect('request' in (await rig.openSender())).toBe(false);
    });
  }
  ask.declared(guarantees.requestReply, 'requestReply', () => {
    ask.group('requestReply', () => {
      askAboutCorrelation(ask);
      askAboutSilence(ask);
      ask.given('lateReplies', () => askAboutLateReplies(ask));
    });
  });
}

function requestOf(sender: Sender): NonNullable<Sender['request']> {
  return (message, options) => {
    if (!sender.request) throw new Error('the sender has no `request`, but requestReply is declared');
    return sender.request(message, options);
  };
}

async function letAnswer(rig: Rig, reply: Parameters<NonNullable<Outside['answer']>>[0]): Promise<void> {
  if (!rig.world.answer) throw new Error('the harness has to give `answer`, because requestReply is declared');
  await rig.world.answer(reply);
}

const echo = (request: OutsideMessage): OutsideMessage => ({ body: Buffer.concat([Buffer.from('re: '), request.body]) });
const signal = (): AbortSignal => new AbortController().signal;

function askAboutCorrelation(ask: Ask): void {
  ask('brings the reply to the request', async (rig) => {
    await letAnswer(rig, echo);
    const request = requestOf(await rig.openSender());
    const message = newMessage('<Question/>');
    const reply = await rig.within(request(message, { signal: signal(), timeout: rig.patience }), 'the reply');
    expect(Buffer.from(reply.body).toString()).toBe('re: <Question/>');
    expect(reply.correlationId).toBe(message.id);
  });

  ask('brings each of many replies to its own request', async (rig) => {
    await letAnswer(rig, echo);
    const request = requestOf(await rig.openSender());
    const texts = Array.from({ length: 20 }, (_, number) => `<Question number="${number}"/>`);
    const replies = Promise.all(texts.map((text) => request(newMessage(text), { signal: signal(), timeout: rig.patience })));
    const answers = (await rig.within(replies, 'twenty replies')).map((reply) => Buffer.from(reply.body).toString());
    expect(answers).toEqual(texts.map((text) => `re: ${text}`));
  });

  ask('brings replies to the sender that asked, when two ask at once', async (rig) => {
    await letAnswer(rig, echo);
    const [one, other] = [requestOf(await rig.openSender()), requestOf(await rig.openSender())];
    const texts = Array.from({ length: 10 }, (_, number) => `<Question number="${number}"/>`);
    const answers = await rig.within(
      Promise.all(texts.map((text, number) => (number % 2 ? one : other)(newMessage(text), { signal: signal(), timeout: rig.patience }))),
      'ten replies',
    );
    expect(answers.map((reply) => Buffer.from(reply.body).toString())).toEqual(texts.map((text) => `re: ${text}`));
  });
}

function askAboutSilence(ask: Ask): void {
  ask('rejects when no reply comes in time: nobody knows, and it can be tried again', async (rig) => {
    await letAnswer(rig, () => undefined);
    const request = requestOf(await rig.openSender());
    const error = await failureOf(rig, request(newMessage(), { signal: signal(), timeout: 100 }));
    expectOurs(error);
    expect([error.retryable, error.outcome]).toEqual([true, 'unknown']);
  });

  ask('rejects when the signal aborts while it waits', async (rig) => {
    await letAnswer(rig, () => undefined);
    const request = requestOf(await rig.openSender());
    const time = new AbortController();
    const failure = failureOf(rig, request(newMessage(), { signal: time.signal, timeout: 60 * rig.patience }));
    setImmediate(() => time.abort());
    expectOurs(await failure);
  });

  ask('works on after a request that got no reply', async (rig) => {
    await letAnswer(rig, (request) => (Buffer.from(request.body).toString() === '<Unheard/>' ? undefined : echo(request)));
    const request = requestOf(await rig.openSender());
    await failureOf(rig, request(newMessage('<Unheard/>'), { signal: signal(), timeout: 100 }));
    const reply = await rig.within(request(newMessage('<Heard/>'), { signal: signal(), timeout: rig.patience }), 'the reply');
    expect(Buffer.from(reply.body).toString()).toBe('re: <Heard/>');
  });
}

function askAboutLateReplies(ask: Ask): void {
  ask('hands over a reply that comes when its request has timed out', async (rig) => {
    const hold = Promise.withResolvers<void>();
    await letAnswer(rig, async (request) => {
      await hold.promise;
      return echo(request);
    });
    const request = requestOf(await rig.openSender());
    const message = newMessage('<Slow/>');
    // Long enough for the far side to take it: a request that nobody has taken in time may expire.
    await failureOf(rig, request(message, { signal: signal(), timeout: 1_000 }));
    hold.resolve();
    const [late] = await rig.eventually(() => (rig.late.length > 0 ? rig.late : undefined), 'the late reply');
    expect(Buffer.from(late?.body ?? '').toString()).toBe('re: <Slow/>');
    expect(late?.correlationId).toBe(message.id);
  });
}
