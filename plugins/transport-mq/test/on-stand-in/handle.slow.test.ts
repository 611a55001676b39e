import { describe } from 'vitest';
import { openHostHandle } from '../../src/handle/host-handle.ts';
import { askAboutHandles } from '../handle-promises.ts';
import { plain } from '../world.ts';
import { forever, isHere, World } from './world.ts';

const world = World.forThisFile();
const options = {
  queueManager: 'QM1',
  server: { kind: 'bindings' },
  user: 'anna',
  password: 'secret',
  application: 'handle',
  heartbeat: 30,
  maxMessage: 1_000_000,
  patience: 60_000,
} as const;

describe.runIf(isHere)('on the real package', () => {
  askAboutHandles({
    open: () => openHostHandle(options, forever),
    queue: (attributes) => world.queue(attributes),
    async put(queue, text, more) {
      const { msgId, correlId, format, ccsid, priority } = plain(queue, text, more);
      const ids = { ...(msgId ? { MsgId: msgId } : {}), ...(correlId ? { CorrelId: correlId } : {}) };
      await world.qm.put(queue, { body: text, descriptor: { ...ids, Format: format, CodedCharSetId: ccsid, Priority: priority ?? 0 } });
    },
    inhibit: (queue) => world.qm.define(queue, { type: 'local', getInhibited: true }),
    texts: async (queue) => (await world.qm.browse(queue)).map(({ text }) => text),
  });
});
