/** Every transport once with the messages of the pack, and once with one message only. */
export function manifest({ limit }: { readonly limit: string }): object {
  const quick = { attempts: 3, first: '1ms', most: '5ms' };
  return {
    name: 'bad-messages',
    plugins: [
      '@waybill/journal-sqlite',
      '@waybill/transport-queue',
      '@waybill/transport-file',
      '@waybill/transport-http',
      '@waybill/pack-fulfillment',
    ],
    journal: { use: 'sqlite', path: './journal.db' },
    connections: {
      'back-end': { transport: 'queue', path: './queues.db', limit },
      exchange: { transport: 'file', path: './exchange' },
      web: { transport: 'http', listen: { port: 0 } },
    },
    inbound: {
      queue: { connection: 'back-end', queue: 'IN', retry: quick },
      'queue-status': { connection: 'back-end', queue: 'STATUS.IN', messages: ['Update_WCS_OrderStatus'], retry: quick },
      files: { connection: 'exchange', folder: 'in', done: 'done', rejected: 'rejected', pattern: '*', settle: '0ms', limit, retry: quick },
      web: { connection: 'web', path: '/messages', auth: 'none', limit, retry: quick },
      'web-status': { connection: 'web', path: '/status', auth: 'none', messages: ['Update_WCS_OrderStatus'], retry: quick },
    },
  };
}
