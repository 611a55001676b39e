import { type Fault, fault, meddling, onSettlement } from './fault.ts';

const sent = (outcome: string): string =>
  `sends the reply to a message that was ${outcome} to the address in it, with its id as correlation`;
const unanswered = (outcome: string): string =>
  `hands a message out again that was ${outcome} when its reply was neither taken by its address nor kept`;
const withReply = (reply: 'without' | 'other') =>
  onSettlement((given) => {
    if (given.outcome === 'released' || given.reply === undefined) return given;
    return { ...given, reply: reply === 'without' ? undefined : { ...given.reply, correlationId: 'other' } };
  });

let made = 0;

export const replyFaults: readonly Fault[] = [
  fault('forgets-correlation', [sent('accepted'), sent('rejected')], { listener: withReply('other') }),
  fault('swallows-replies', [sent('accepted'), sent('rejected')], { listener: withReply('without') }),
  fault('does-not-reply-to-what-it-rejects', [sent('rejected')], {
    listener: onSettlement((given) => (given.outcome === 'rejected' ? { ...given, reply: undefined } : given)),
  }),
  fault('answers-only-what-ends', ['answers a request that may be sent again later with the reply that came with it'], {
    options: { waits: true },
    listener: onSettlement((given) => (given.outcome === 'retry' ? { ...given, reply: undefined } : given)),
  }),
  fault('replies-to-its-own-queue', ['accepts a message without an address, whose reply has nowhere to go'], {
    listener: (inner, memory, queue) =>
      meddling((deliver) => async (delivery) => {
        const given = await deliver(delivery);
        const reply = given.outcome === 'released' ? undefined : given.reply;
        if (reply && delivery.message.replyTo === undefined) memory.put(queue, reply);
        return given;
      })(inner),
  }),
  fault(
    'cannot-reply-later',
    ['has listeners with `reply` exactly if replies are addressed', 'sends a reply that comes long after its message was settled'],
    {
      listener: (inner) => ({ run: (deliver, stop) => inner.run(deliver, stop) }),
    },
  ),
  fault('replies-later-to-nobody', ['sends a reply that comes long after its message was settled'], {
    listener: (inner) => ({ run: (deliver, stop) => inner.run(deliver, stop), reply: async () => ({}) }),
  }),
  fault('replies-when-its-time-is-over', ['does not send a later reply whose time is over'], {
    listener: (inner) => ({
      run: (deliver, stop) => inner.run(deliver, stop),
      reply: (reply, to) => inner.reply?.(reply, to, { signal: new AbortController().signal }) ?? Promise.reject(new Error('no reply')),
    }),
  }),
  fault('drops-what-it-cannot-deliver', ['hands back a reply that its address does not take, and is rid of its message'], {
    receiving: (context) => ({ ...context, undeliverable: async () => undefined }),
  }),
  fault('settles-what-nobody-answers', [unanswered('accepted'), unanswered('rejected')], {
    receiving: (context) => ({ ...context, undeliverable: (...reply) => context.undeliverable(...reply).catch(() => undefined) }),
  }),
  fault('keeps-the-message-of-what-it-cannot-deliver', ['hands back a reply that its address does not take, and is rid of its message'], {
    listener: (inner, memory, queue, context) => {
      void context;
      return meddling((deliver) => async (delivery) => {
        const given = await deliver(delivery);
        const { id = '', createdAt = 0, ...message } = delivery.message;
        if (given.outcome !== 'released' && given.reply) memory.put(queue, { ...message, id, createdAt });
        return given;
      })(inner);
    },
  }),
  fault('drops-reports', ['is reported with what it tells, and not as a message'], {
    receiving: (context) => ({ ...context, report: async () => undefined }),
  }),
  fault('reports-something-else', ['is reported with what it tells, and not as a message'], {
    receiving: (context) => ({ ...context, report: (report) => context.report({ ...report, kind: 'delivered' }) }),
  }),
  fault('reports-once', ['comes again under the same id until it was recorded'], {
    receiving: (context) => ({ ...context, report: (report) => context.report(report).catch(() => undefined) }),
  }),
  fault('reports-under-new-ids', ['comes again under the same id until it was recorded'], {
    receiving: (context) => ({ ...context, report: (report) => context.report({ ...report, id: `report-${++made}` }) }),
  }),
];
