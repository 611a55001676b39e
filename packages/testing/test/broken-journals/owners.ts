import { type Fault, fault } from './fault.ts';

const message = (id: string) => ({ id, body: new Uint8Array(0), createdAt: 0, properties: {} });

export const ownerFaults: readonly Fault[] = [
  fault('forgets hand-outs of those who crashed', 'hands out what that one had, and says that its outcome is not known', (sound) => ({
    crash: () => void sound.close(),
  })),
  fault(
    'counts hand-outs of those who closed',
    'has ended the claims of the one that was closed, uncounted, and the waits go on',
    (sound) => ({
      itself: { close: async () => sound.crash() },
    }),
  ),
  fault('keeps the claims of those who crashed', 'hands out what that one had, and says that its outcome is not known', () => ({
    crash: () => undefined,
  })),
  fault('keeps the leases of those who crashed', 'is free when its holder has crashed, after three seconds at most', () => ({
    crash: () => undefined,
  })),
  fault('takes from those who are silent for a moment', 'leaves that one what it has for a moment', (sound) => ({
    suspend: () => sound.crash(),
  })),
  fault(
    'waits for ever for those who are silent',
    'hands out what that one has after three seconds, and that one ends nothing of it afterwards',
    () => ({
      suspend: () => undefined,
    }),
  ),
  fault('sends what a caller was to send', 'has failed legs that were sent at once, which nobody sends', (sound) => {
    const { outbox } = sound;
    const begun = new Map<string, Parameters<typeof outbox.settle>[0]>();
    return {
      outbox: {
        async begin(leg) {
          const token = await outbox.begin(leg);
          const { entry } = leg;
          const { id } = leg.message;
          if (token) begun.set(id, { entry, id, token, ending: { outcome: 'released' } });
          return token;
        },
      },
      itself: {
        async close() {
          for (const step of begun.values()) await outbox.settle(step);
          await sound.close();
        },
      },
    };
  }),
  fault('never follows a crash', 'says so to the next one who opens it', () => ({ itself: { followsCrash: false } })),
  fault('gives a lease to everybody', 'is one’s at a time, for each entry, until it is released or its holder closes', (sound) => ({
    itself: {
      async lease(entry) {
        const held = await sound.lease(entry);
        return held ?? { token: { entry, owner: 0, version: 0 }, lost: new AbortController().signal, release: async () => undefined };
      },
    },
  })),
  fault('never releases a lease', 'lets nobody record anything who has released it', (sound) => ({
    itself: {
      async lease(entry) {
        const held = await sound.lease(entry);
        return held && { ...held, release: async () => undefined };
      },
    },
  })),
  fault('does not say that a lease is lost', 'taken again by its holder, is the newer one', (sound) => ({
    itself: {
      async lease(entry) {
        const held = await sound.lease(entry);
        return held && { ...held, lost: new AbortController().signal };
      },
    },
  })),
  fault('stores without its lease', 'lets nobody record anything who has released it', ({ inbox }) => ({
    inbox: { store: (stored) => inbox.store(stored) },
  })),
  fault('settles without its lease', 'lets nobody record anything who has released it', ({ inbox }) => ({
    inbox: { settle: (step) => inbox.settle({ ...step, lease: undefined }) },
  })),
  fault('wakes nobody', 'wakes the one when the other has put work there, as long as it watches', () => ({
    itself: { watch: () => () => undefined },
  })),
  fault('wakes the first alone of those who watch', 'wakes all who watch', (sound) => {
    let isWatched = false;
    return {
      itself: {
        watch(wake) {
          if (isWatched) return () => undefined;
          isWatched = true;
          return sound.watch(wake);
        },
      },
    };
  }),
  fault('wakes who watches no longer', 'wakes nobody who watches no longer', (sound) => ({
    itself: {
      watch(wake) {
        sound.watch(wake);
        return () => undefined;
      },
    },
  })),
  fault('serves after it was closed', 'rejects what is called afterwards, for good', () => ({ itself: { close: async () => undefined } })),
  fault('loses what was called before it is closed', 'completes what was called before', ({ inbox }) => ({
    inbox: {
      async settle(step) {
        await new Promise((resolve) => setImmediate(resolve));
        return inbox.settle(step);
      },
    },
  })),
  fault('forgets what was begun by those who crashed', 'counts what that one had begun without a claim', ({ inbox }) => ({
    inbox: {
      async begin(key, facts) {
        await inbox.begin(key, facts);
        await inbox.settle({ ...key, ...facts, ending: { outcome: 'released' } });
      },
    },
  })),
  fault('says that it stored what is done', 'stays as it was when it is known already, also with another body', ({ inbox }) => ({
    inbox: {
      async store(stored, lease) {
        const before = await inbox.store(stored, lease);
        if (before?.state === 'done') await inbox.store({ ...stored, id: `${stored.id}-again`, message: message(stored.id) });
        return before?.state === 'done' ? { state: 'unknown' } : before;
      },
    },
  })),
];
