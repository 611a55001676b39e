import { openHostHandle } from '../../src/handle/host-handle.ts';

// A process that dies with a message in its unit of work.
const options = {
  queueManager: 'QM1',
  server: { kind: 'environment' },
  user: 'anna',
  password: 'secret',
  application: 'parent',
  heartbeat: 30,
  maxMessage: 100_000,
  patience: 60_000,
} as const;
const handle = await openHostHandle(options, new AbortController().signal);
await handle.open(process.argv[2] ?? '', 'shared');
const got = await handle.get({ maxBytes: 1_000, waitMs: 10_000 });
process.exit(got ? 0 : 1);
