import type { Manifest } from '@waybill/kernel';

export interface ManifestOptions {
  /** The largest message that a transport lets in. */
  readonly limit?: string;
}

const quick = { attempts: 3, first: '1ms', most: '5ms' } as const;
const pack = '@waybill/pack-fulfillment';
const journal = { use: 'sqlite', path: './journal.db' };

/** Every transport once with all messages of the pack; a queue and an address for one message only. */
export function manifest({ limit = '10MB' }: ManifestOptions = {}): Manifest {
  const messages = ['Update_WCS_OrderStatus'];
  const file = { folder: 'in', done: 'done', rejected: 'rejected', settle: '0ms' };
  return {
    name: 'bad-messages',
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-queue', '@waybill/transport-file', '@waybill/transport-http', pack],
    journal,
    connections: {
      'back-end': { transport: 'queue', path: './queues.db', limit },
      exchange: { transport: 'file', path: './exchange' },
      web: { transport: 'http', listen: { port: 0 } },
    },
    inbound: {
      queue: { connection: 'back-end', queue: 'IN', retry: quick },
      'queue-status': { connection: 'back-end', queue: 'STATUS.IN', messages, retry: quick },
      files: { connection: 'exchange', ...file, limit, retry: quick },
      web: { connection: 'web', path: '/messages', auth: 'none', limit, retry: quick },
      'web-status': { connection: 'web', path: '/status', auth: 'none', messages, retry: quick },
    },
  };
}

/** The users of the address that takes messages as stored, and their passwords. */
export const users = { erp: 'tern-20881', warehouse: 'heron-1177' } as const;

/** One address that answers as soon as a message is durable. */
export function storingManifest(): Manifest {
  return {
    name: 'stored-messages',
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-http', pack],
    journal,
    connections: { web: { transport: 'http', listen: { port: 0 } } },
    inbound: { web: { connection: 'web', path: '/messages', auth: { basic: { users } }, accept: 'stored', retry: quick } },
  };
}

/** One queue. */
export function queueManifest(): Manifest {
  return {
    name: 'queued-messages',
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-queue', pack],
    journal,
    connections: { 'back-end': { transport: 'queue', path: './queues.db' } },
    inbound: { queue: { connection: 'back-end', queue: 'IN', retry: quick } },
  };
}
