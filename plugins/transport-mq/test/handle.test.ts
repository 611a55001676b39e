import { fakeHandles } from './fake/handle.ts';
import { FakeQueueManager } from './fake/queue-manager.ts';
import { askAboutHandles } from './handle-promises.ts';
import { plain } from './world.ts';

const manager = new FakeQueueManager();
const { open } = fakeHandles(manager);
const options = {
  queueManager: 'QM1',
  server: { kind: 'bindings' },
  application: 'test',
  heartbeat: 30,
  maxMessage: 1,
  patience: 1,
} as const;
let number = 0;

askAboutHandles({
  open: () => open(options, new AbortController().signal),
  queue: async (attributes) => manager.define(`QUEUE.${++number}`, attributes).name,
  put: async (queue, text, more) => manager.store(plain(queue, text, more)),
  inhibit: async (queue) => void (manager.queue(queue).isGetInhibited = true),
  texts: async (queue) => manager.queue(queue).messages.flatMap(({ bytes, holder }) => (holder ? [] : [bytes.toString()])),
});
