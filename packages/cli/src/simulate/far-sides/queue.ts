import type { FarSide } from './far-side.ts';

interface QueueFile {
  readonly path: string;
  readonly limit: number;
  readonly maxDepth: number;
  readonly create: boolean;
  readonly lease: number;
}

/** Both sides share the file and name the same queues. */
export const queueFarSide: FarSide = {
  receiving({ connection, settings }) {
    return { connection: shared(connection.settings), endpoint: { queue: settings['queue'] } };
  },
  sending({ connection, settings }) {
    const { queue, replyQueues } = settings as { readonly queue: string; readonly replyQueues?: readonly string[] };
    // The other side answers to no other queues than these.
    const replyQueue = replyQueues?.[0];
    if (replyQueues !== undefined && replyQueue === undefined) return { impossible: 'it may reply to no queue' };
    return { connection: shared(connection.settings), endpoint: { queue, ...(replyQueue === undefined ? {} : { replyQueue }) } };
  },
};

function shared(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { path, limit, maxDepth, create, lease } = settings as unknown as QueueFile;
  return { path, limit: `${limit}B`, maxDepth, create, lease: `${lease}ms` };
}
