import { createKernel, defineManifest } from '@waybill/kernel';

const manifest = defineManifest({
  plugins: ['@waybill/transport-file', '@waybill/pack-fulfillment', '@waybill/journal-sqlite'],
  journal: { use: 'sqlite', path: './data/journal.db' },
  connections: { erp: { transport: 'file', path: './exchange' } },
  inbound: { 'order-status': { connection: 'erp', pattern: 'status-*.xml', order: { by: 'key' }, timeout: '30s' } },
});

export const kernel = createKernel({ manifest, folder: import.meta.dirname });
