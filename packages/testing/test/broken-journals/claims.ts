import type { Claimed, Desk, Journal, OutboxJob } from '@waybill/contract';
import { type Change, type Fault, fault, onClaim, onEnding } from './fault.ts';

const onClaimedLegs =
  (change: (claimed: Claimed<OutboxJob>) => Claimed<OutboxJob>) =>
  ({ outbox }: Journal): Change => ({ outbox: { claim: async (request) => change(await outbox.claim(request)) } });

/** A desk that makes parked messages the newest ones. */
async function replayAsNewest(desk: Desk, ...[keys, by]: Parameters<Desk['replay']>): ReturnType<Desk['replay']> {
  for (const key of keys) {
    await desk.move([key], 'away', by);
    await desk.move([{ ...key, entry: 'away' }], key.entry, by);
  }
  return desk.replay(keys, by);
}

export const claimFaults: readonly Fault[] = [
  fault('claims nothing', 'gets each once although many ask at the same moment, and for as long as it is not settled', ({ inbox }) => ({
    inbox: {
      async claim(request) {
        const claimed = await inbox.claim(request);
        for (const { entry, id, digest, trace, token } of claimed.jobs) {
          await inbox.settle({ entry, id, digest, trace, token, ending: { outcome: 'released' } });
        }
        return claimed;
      },
    },
  })),
  fault(
    'hands out the newest first',
    'goes to its own destination, in the order of recording, as many as asked for',
    onClaimedLegs(({ jobs, dueIn }) => ({ jobs: jobs.toReversed(), dueIn })),
  ),
  fault(
    'knows no limit',
    'gets its own in the order of recording, as many as asked for',
    onClaim((request) => ({ ...request, limit: 1000 })),
  ),
  fault(
    'hands out others with what may have ended a process',
    'hands out alone what that one had, neither with each other nor with what is new',
    ({ inbox }) => ({
      inbox: {
        async claim(request) {
          const first = await inbox.claim(request);
          if (first.jobs[0]?.unresolved !== 1) return first;
          const { jobs, dueIn } = await inbox.claim(request);
          return { jobs: [...first.jobs, ...jobs], dueIn };
        },
      },
    }),
  ),
  fault(
    'does not say what is due next',
    'is tried again when its time comes, and the failed attempt is counted',
    onClaimedLegs(({ jobs }) => ({ jobs })),
  ),
  fault(
    'says that claimed legs are due',
    'is handed out to nobody, and is done when it was sent',
    onClaimedLegs(({ jobs, dueIn = 3000 }) => ({ jobs, dueIn })),
  ),
  fault(
    'does not keep the order of messages',
    'hands out the oldest of each key only, and the next one when that has ended',
    ({ inbox }) => ({
      inbox: { store: (stored, lease) => inbox.store({ ...stored, orderKey: undefined }, lease) },
    }),
  ),
  fault('does not keep the order of legs', 'hands out the oldest of each key only, and the next one when that has ended', ({ outbox }) => ({
    outbox: {
      publish: (legs, options) =>
        outbox.publish(
          legs.map((leg) => ({ ...leg, orderKey: undefined })),
          options,
        ),
    },
  })),
  fault('takes all keys for one', 'hands out the oldest of each key only, and the next one when that has ended', ({ inbox }) => ({
    inbox: { store: (stored, lease) => inbox.store({ ...stored, orderKey: stored.orderKey && '*' }, lease) },
  })),
  fault(
    'never blocks',
    'lets what follows wait behind one that is parked and blocks, until that is replayed and ended',
    onEnding((ending) => (ending.outcome === 'parked' ? { ...ending, blocks: false } : ending)),
  ),
  fault(
    'always blocks',
    'lets what follows pass one that is parked and does not block',
    onEnding((ending) => (ending.outcome === 'parked' ? { ...ending, blocks: true } : ending)),
  ),
  fault(
    'has no runs',
    'hands out a run: the oldest of a key and what follows, as many as asked for',
    onClaim((request) => ({ ...request, run: 1 })),
  ),
  fault(
    'has endless runs',
    'hands out a run: the oldest of a key and what follows, as many as asked for',
    onClaim((request) => ({ ...request, run: 1000 })),
  ),
  fault(
    'has runs by default',
    'hands out the oldest of each key only, and the next one when that has ended',
    onClaim((request) => ({ run: 5, ...request })),
  ),
  fault(
    'knows no bound of bytes',
    'hands out no more bytes than were asked for, and says that more is due',
    onClaim((request) => ({ ...request, bytes: undefined })),
  ),
  fault(
    'knows no bound of bytes in runs',
    'hands out no more bytes than were asked for, and says that more is due',
    onClaim(({ run = 1, bytes, ...request }) => ({ ...request, run, bytes: run > 1 ? undefined : bytes })),
  ),
  fault(
    'says of what had no room that it is not due',
    'hands out no more bytes than were asked for, and says that more is due',
    onClaimedLegs(({ jobs, dueIn }) => ({ jobs, dueIn: dueIn === 0 ? undefined : dueIn })),
  ),
  fault(
    'hands out nothing that is larger than asked for',
    'hands out one that is larger than all that were asked for, with no other, and none before its turn',
    ({ outbox }) => ({
      outbox: {
        async claim(request) {
          const claimed = await outbox.claim(request);
          const [first] = claimed.jobs;
          if (first === undefined || first.leg.message.body.byteLength <= (request.bytes ?? Infinity)) return claimed;
          await outbox.settle({ entry: request.entry, id: first.leg.message.id, token: first.token, ending: { outcome: 'released' } });
          return { jobs: [], dueIn: 0 };
        },
      },
    }),
  ),
  fault('replays as the newest', 'gives what is replayed its old place, before what was recorded later', ({ desk }) => ({
    desk: { replay: (keys, by) => replayAsNewest(desk, keys, by) },
  })),
  fault(
    'knows nothing in front',
    'is blocked by an older one that is stored, waits for its retry, or is parked and blocks',
    ({ inbox }) => ({
      inbox: { find: async (...asked) => ({ ...(await inbox.find(...asked)), blocked: false }) },
    }),
  ),
  fault('is blocked by itself', 'is not blocked by itself, nor by what is stored behind it', ({ inbox }) => ({
    inbox: {
      async find(key, orderKey) {
        const { known } = await inbox.find(key);
        return { known, blocked: (await inbox.find({ ...key, id: 'nobody' }, orderKey)).blocked };
      },
    },
  })),
  fault('lets old claims end messages', 'that has ended is not the newest any more', ({ inbox }) => ({
    inbox: {
      async settle(step) {
        const answer = await inbox.settle(step);
        return answer.outcome === 'not-yours' && step.token ? inbox.settle({ ...step, token: undefined }) : answer;
      },
    },
  })),
  fault('says that old claims were recorded', 'of a leg that has ended is not the newest any more', ({ outbox }) => ({
    outbox: {
      async settle(step) {
        const answer = await outbox.settle(step);
        return answer.outcome === 'not-yours' ? { outcome: 'recorded' } : answer;
      },
    },
  })),
  fault(
    'does not know what it was told before',
    'that was ended is recorded again when the same is told again, and counted once',
    ({ inbox }) => {
      const ended = new Set<string>();
      return {
        inbox: {
          async settle(step) {
            const { token } = step;
            const name = token && `${step.id} ${token.owner} ${token.version}`;
            if (name !== undefined && ended.has(name)) return { outcome: 'not-yours' };
            const answer = await inbox.settle(step);
            if (name !== undefined && answer.outcome === 'recorded') ended.add(name);
            return answer;
          },
        },
      };
    },
  ),
  fault('counts hand-outs that go on', 'gets them as they were stored', ({ inbox }) => ({
    inbox: {
      async claim(request) {
        const { jobs, dueIn } = await inbox.claim(request);
        return { jobs: jobs.map((job) => ({ ...job, unresolved: job.unresolved + 1 })), dueIn };
      },
    },
  })),
];
