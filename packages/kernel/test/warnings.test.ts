import { memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { promising, setUp } from './support/kernel.ts';

describe('a manifest that asks for more than a transport promises', () => {
  const inbound = { notes: { queue: 'IN', order: 'serial' } };

  it('starts, and says so in the log with its code, its place and what to do', async () => {
    const memory = memoryTransport();
    const transport = promising(memory.transport, { ordered: 'no' });
    const { kernel, lines } = setUp({ inbound, memory: { ...memory, transport } });
    await kernel.start();
    expect(kernel.state).toBe('running');
    const warnings = lines.filter(({ level }) => level === 'warn');
    expect(warnings).toMatchObject([
      {
        fields: { code: 'WB_ENDPOINT_NO_ORDER', at: 'inbound.notes.order', hint: expect.any(String) as string },
        text: expect.any(String) as string,
      },
    ]);
  });

  it('is not warned of where the transport promises it', async () => {
    const { kernel, lines } = setUp({ inbound });
    await kernel.start();
    expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });
});
