import { createKernel } from '@waybill/kernel';
import { memoryJournalPlugin, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { least, packOf, parcelSent, sent } from './pack.ts';

describe('an event whose template fails', () => {
  it('is parked with the place in the template, while the next one goes out', async () => {
    const memory = memoryTransport();
    const pack = packOf({ ...least, 'parcel-sent.text.liquid': 'Hello\n{{ comment }}' });
    const kernel = createKernel({
      application: { handlers: [] },
      plugins: [memory.transport, pack, memoryJournalPlugin],
      manifest: {
        plugins: [],
        journal: { use: 'memory' },
        connections: { far: { transport: 'memory' } },
        outbound: { customers: { connection: 'far', queue: 'MAILS' } },
        routes: [{ event: 'parcel.sent', message: 'ParcelSent@1.0', to: ['customers'] }],
        log: { level: 'silent' },
      },
    });
    await kernel.start();
    await kernel.publish(parcelSent, sent);
    await kernel.publish(parcelSent, { ...sent, comment: 'Ring twice' });
    const mail = await memory.take('MAILS');
    expect(JSON.parse(Buffer.from(mail.body).toString())).toMatchObject({ text: 'Hello\nRing twice\n' });
    const { rows } = await kernel.desk.list({ state: 'parked' });
    expect(rows).toMatchObject([{ entry: 'customers', event: 'parcel.sent', code: 'WB_TEMPLATES_FAILED' }]);
    expect(rows[0]?.reason).toMatch(/^parcel-sent\.text\.liquid:2:4: "comment" is not there in this event\./);
    expect(memory.size('MAILS')).toBe(0);
    await kernel.stop();
  });
});
