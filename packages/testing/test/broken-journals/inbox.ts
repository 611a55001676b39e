import { type Fault, fault, onEnding, onMessage } from './fault.ts';

const emptied = { body: new Uint8Array(0) };
let told = 0;

export const inboxFaults: readonly Fault[] = [
  fault(
    'is done twice',
    'is known the second time, with what was recorded first, and nothing is written (the digest: digest-m-1)',
    ({ inbox }) => ({
      inbox: {
        async settle(step) {
          const answer = await inbox.settle(step);
          return answer.outcome === 'known' ? { outcome: 'recorded' } : answer;
        },
      },
    }),
  ),
  fault(
    'ends another message under the same id',
    'is known when another message is recorded under its id, whatever state that one is in',
    ({ inbox }) => ({
      inbox: {
        async settle(step) {
          const { known } = await inbox.find(step);
          return inbox.settle({ ...step, digest: 'digest' in known ? known.digest : step.digest });
        },
      },
    }),
  ),
  fault(
    'forgets the reply',
    'is answered with the very reply that was recorded',
    onEnding((ending) => (ending.outcome === 'done' ? { ...ending, reply: undefined } : ending)),
  ),
  fault(
    'takes the bytes of a reply for text',
    'is answered with the very reply that was recorded',
    onEnding((ending) =>
      ending.outcome === 'done' && ending.reply
        ? { ...ending, reply: { ...ending.reply, body: Buffer.from(Buffer.from(ending.reply.body).toString('utf8')) } }
        : ending,
    ),
  ),
  fault(
    'loses the legs of a message that is done',
    'records its legs in the same step',
    onEnding((ending) => (ending.outcome === 'done' ? { ...ending, legs: [] } : ending)),
  ),
  fault('finishes in two steps', 'is never done without its legs', ({ inbox, outbox }) => ({
    inbox: {
      async settle(step) {
        const { ending } = step;
        if (ending.outcome !== 'done') return inbox.settle(step);
        const answer = await inbox.settle({ ...step, ending: { ...ending, legs: [] } });
        await new Promise((resolve) => setImmediate(resolve));
        if (answer.outcome === 'recorded') await outbox.publish(ending.legs);
        return answer;
      },
    },
  })),
  fault(
    'archives nothing',
    'is kept where it is to be archived, and not where it is not',
    onEnding((ending) => (ending.outcome === 'done' ? { ...ending, archive: undefined } : ending)),
  ),
  fault('knows nobody that is not done', 'is counted, with its reason, and the transport hands the message out again', ({ inbox }) => ({
    inbox: {
      async find(...asked) {
        const found = await inbox.find(...asked);
        return found.known.state === 'done' ? found : { ...found, known: { state: 'unknown' } };
      },
    },
  })),
  fault('takes the newest trace', 'keeps the trace of the first one', ({ inbox }) => {
    const traces = new Map<string, string>();
    return {
      inbox: {
        settle(step) {
          traces.set(step.id, step.trace);
          return inbox.settle(step);
        },
        async find(key, orderKey) {
          const { known, blocked } = await inbox.find(key, orderKey);
          return { known: 'trace' in known ? { ...known, trace: traces.get(key.id) ?? known.trace } : known, blocked };
        },
      },
    };
  }),
  fault('stores over and over', 'is answered with what was known before, and stored', ({ inbox }) => ({
    inbox: {
      async store(...stored) {
        await inbox.store(...stored);
        return { state: 'unknown' };
      },
    },
  })),
  fault('loses the principal', 'gets them as they were stored', ({ inbox }) => ({
    inbox: { store: (stored, lease) => inbox.store({ ...stored, principal: undefined }, lease) },
  })),
  fault('loses business keys', 'finds an inbound message by a business key that came with a later step', ({ inbox }) => ({
    inbox: { settle: (step) => inbox.settle({ ...step, businessKeys: undefined }) },
  })),
  fault('loses the facts', 'shows what was recorded of it', ({ inbox }) => ({
    inbox: { settle: (step) => inbox.settle({ ...step, type: undefined, store: undefined }) },
  })),
  fault(
    'drops properties',
    'gets them as they were stored',
    onMessage((message) => ({ ...message, properties: {} })),
  ),
  fault(
    'drops the time of a message',
    'gets them as they were stored',
    onMessage((message) => ({ ...message, createdAt: 0 })),
  ),
  fault(
    'drops what is optional',
    'gets them as they were stored',
    onMessage((message) => ({ ...message, persistent: undefined })),
  ),
  fault(
    'does not wait after a failure',
    'lets the journal keep the message and hand it out when its time comes, with everything that is known of it',
    onEnding((ending) => (ending.outcome === 'again' ? { ...ending, dueIn: 0 } : ending)),
  ),
  fault(
    'counts a repeated failure',
    'is counted once when it is told again, and one more when it was another one',
    onEnding((ending) => (ending.outcome === 'again' ? { ...ending, attempts: (told += 1) } : ending)),
  ),
  fault(
    'keeps nothing after a failure',
    'lets the journal keep a message that its transport had before',
    onEnding((ending) => (ending.outcome === 'again' ? { ...ending, kept: undefined } : ending)),
  ),
  fault(
    'parks without the message',
    'keeps its bytes, the failures in order, and the last of them as the reason',
    onEnding((ending) =>
      ending.outcome === 'parked' ? { ...ending, kept: { ...ending.kept, message: { ...ending.kept.message, ...emptied } } } : ending,
    ),
  ),
  fault(
    'forgets the kind of a failure',
    'keeps its bytes, the failures in order, and the last of them as the reason',
    onEnding((ending) => (ending.outcome === 'parked' ? { ...ending, failure: { ...ending.failure, kind: 'invalid' } } : ending)),
  ),
  fault(
    'forgets the failures of a parked message',
    'keeps its bytes, the failures in order, and the last of them as the reason',
    ({ desk }) => ({
      desk: {
        async show(key) {
          const shown = await desk.show(key);
          return shown && { ...shown, failures: [] };
        },
      },
    }),
  ),
  fault('forgets what was begun', 'is known, and not handed out by the journal', () => ({ inbox: { begin: async () => undefined } })),
  fault('hands out what was begun', 'is known, and not handed out by the journal', ({ inbox }) => ({
    inbox: {
      async begin({ entry, id }, facts) {
        const message = { id, ...emptied, createdAt: 0, properties: {} };
        await inbox.store({ entry, id, ...facts, message });
      },
    },
  })),
];
