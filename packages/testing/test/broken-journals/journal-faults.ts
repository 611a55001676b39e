import type { Journal, Leg, Message } from '@waybill/contract';
import { memoryJournal } from '../../src/memory-journal.ts';

/** A journal with one fault: what it does otherwise than the sound one beneath it. */
export interface JournalFault {
  readonly name: string;
  readonly open: () => Journal;
}

export const control: JournalFault = { name: 'is sound', open: memoryJournal };

export const faults: readonly JournalFault[] = [
  fault('finishes twice', (sound) => ({ finish: async (done) => (await sound.finish(done)) || true })),
  fault('forgets the reply', (sound) => ({ finish: (done) => sound.finish({ ...done, reply: undefined }) })),
  fault('takes the bytes of a reply for text', (sound) => ({
    finish: (done) => sound.finish({ ...done, reply: done.reply && asText(done.reply) }),
  })),
  fault('loses the legs of a finished message', (sound) => ({ finish: (done) => sound.finish({ ...done, legs: [] }) })),
  fault('finishes in two steps', (sound) => ({
    async finish(done) {
      const isFirst = await sound.finish({ ...done, legs: [] });
      await new Promise((resolve) => setImmediate(resolve));
      if (isFirst) await sound.publish(done.legs, { at: done.at });
      return isFirst;
    },
  })),
  fault('refuses an id that is known', (sound) => ({
    async finish(done) {
      for (const leg of done.legs) if (await isKnown(sound, leg)) throw new RangeError('The id is known.');
      return sound.finish(done);
    },
  })),
  fault('skips a publication of which a part is known', (sound) => ({
    async publish(legs, options) {
      for (const leg of legs) if (await isKnown(sound, leg)) return false;
      return sound.publish(legs, options);
    },
  })),
  fault('sends again under a known id', (sound) => ({
    async publish(legs, options) {
      const again = legs.map(async (leg, index) => {
        const isNew = !(await isKnown(sound, leg));
        return isNew ? leg : { ...leg, message: { ...leg.message, id: `${leg.message.id}-${index}` } };
      });
      return sound.publish(await Promise.all(again), options);
    },
  })),
  fault('takes what it knows for news', (sound) => ({
    publish: async (legs, options) => (await sound.publish(legs, options)) || options.id === undefined,
  })),
  fault('archives everything', (sound) => ({ sent: (leg, receipt) => sound.sent(leg, { ...receipt, archive: true }) })),
  fault('archives nothing', (sound) => ({ finish: (done) => sound.finish({ ...done, archive: undefined }) })),
  fault('knows nobody that is not done', (sound) => ({
    find: async (key) => {
      const found = await sound.find(key);
      return found.state === 'done' ? found : { state: 'unknown' };
    },
  })),
  fault('stores over and over', (sound) => ({
    store: async (key, kept, at) => {
      await sound.store(key, kept, at);
      return { state: 'unknown' };
    },
  })),
  fault('loses the principal', (sound) => ({ store: (key, kept, at) => sound.store(key, { ...kept, principal: undefined }, at) })),
  fault('drops properties', (sound) => ({
    store: (key, kept, at) => sound.store(key, { ...kept, message: { ...kept.message, properties: {} } }, at),
  })),
  fault('gives no leases', (sound) => ({ claimOutbox: (claim) => sound.claimOutbox({ ...claim, leaseUntil: claim.now }) })),
  fault('gives stored messages no leases', (sound) => ({ claimStored: (claim) => sound.claimStored({ ...claim, leaseUntil: claim.now }) })),
  fault('leases for ever', (sound) => ({ claimOutbox: (claim) => sound.claimOutbox({ ...claim, leaseUntil: Number.MAX_SAFE_INTEGER }) })),
  fault('hands out the newest first', (sound) => ({
    claimOutbox: async (claim) => {
      const claimed = await sound.claimOutbox(claim);
      return { ...claimed, jobs: claimed.jobs.toReversed() };
    },
  })),
  fault('knows no limit', (sound) => ({ claimStored: (claim) => sound.claimStored({ ...claim, limit: 1000 }) })),
  fault('does not say what is due next', (sound) => ({ claimOutbox: async (claim) => ({ jobs: (await sound.claimOutbox(claim)).jobs }) })),
  fault('does not keep the order', (sound) => ({ claimOutbox: (claim) => sound.claimOutbox({ ...claim, inOrder: false }) })),
  fault('does not wait after a failure', (sound) => ({ failed: (key, failure) => sound.failed(key, { ...failure, due: failure.at }) })),
  fault('does not wait when it is told to', (sound) => ({ postponed: (leg, options) => sound.postponed(leg, { ...options, due: 0 }) })),
  fault('counts a repeated failure', (sound) => {
    let told = 0;
    return { failed: (key, failure) => sound.failed(key, { ...failure, due: failure.due + ((told += 1) % 2) / 1000 }) };
  }),
  fault('counts what was no failure', (sound) => ({
    postponed: (leg, { due, failure = { at: 0, code: 'WB_NONE', reason: '' } }) => sound.postponed(leg, { due, failure }),
  })),
  fault('forgets the failures of a parked message', (sound) => ({
    show: async (key) => {
      const shown = await sound.show(key);
      return shown && { ...shown, failures: [] };
    },
  })),
  fault('parks without the message', (sound) => ({
    park: (key, kept, failure) => sound.park(key, { ...kept, message: { ...kept.message, body: new Uint8Array(0) } }, failure),
  })),
  fault('does not know what it has published', (sound) => ({ publish: (legs, { at }) => sound.publish(legs, { at }) })),
  fault('replays the old body', (sound) => ({ replay: (key, { at }) => sound.replay(key, { at }) })),
  fault('replays at once', (sound) => ({ replay: (key, options) => sound.replay(key, { ...options, at: 0 }) })),
  fault('drops anything', (sound) => ({ drop: async (key) => (await sound.drop(key)) || (await sound.show(key)) !== undefined })),
  fault('drops nothing', (sound) => ({ drop: async (key) => (await sound.show(key))?.state === 'parked' })),
  fault('lists the oldest first', (sound) => ({ list: async (query) => (await sound.list(query)).toReversed() })),
  fault('lists every state', (sound) => ({ list: (query) => sound.list({ ...query, state: undefined }) })),
  fault('lists every cause', (sound) => ({ list: (query) => sound.list({ ...query, cause: undefined }) })),
  fault('knows no pages', (sound) => ({ list: (query) => sound.list({ ...query, before: undefined }) })),
  fault('counts too much', (sound) => ({ count: async () => (await sound.count()).map((one) => ({ ...one, rows: one.rows + 1 })) })),
  fault('forgets too much', (sound) => ({ forget: (at) => sound.forget(at + 1) })),
  fault('forgets nothing', () => ({ forget: async () => 0 })),
  fault('serves after it was closed', () => ({ close: async () => undefined })),
];

function fault(name: string, change: (sound: Journal) => Partial<Journal>): JournalFault {
  return {
    name,
    open: () => {
      const sound = memoryJournal();
      const changed = change(sound);
      return new Proxy(sound, {
        get: (_, method: keyof Journal) => changed[method] ?? sound[method].bind(sound),
      });
    },
  };
}

async function isKnown(journal: Journal, { destination, message }: Leg): Promise<boolean> {
  return (await journal.show({ direction: 'out', name: destination, id: message.id })) !== undefined;
}

function asText(message: Message): Message {
  return { ...message, body: Buffer.from(Buffer.from(message.body).toString('utf8')) };
}
