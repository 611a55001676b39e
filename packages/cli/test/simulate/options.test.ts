import { describe, expect, it } from 'vitest';
import { folderWith, plugins, waybillHere } from '../waybill.ts';

const manifest = {
  plugins: plugins('journal-sqlite', 'transport-file', 'pack-fulfillment'),
  journal: { use: 'sqlite', path: './journal.db' },
  connections: { erp: { transport: 'file', path: './exchange' } },
  inbound: { status: { connection: 'erp', messages: ['Update_WCS_OrderStatus'] } },
};

async function simulated(...args: readonly string[]) {
  const folder = await folderWith({ 'waybill.json': manifest });
  return waybillHere(['simulate', `${folder}/waybill.json`, ...args]);
}

describe('what makes no sense', () => {
  it.each([
    [['--delay', '2'], '"2" is no length of time', '--delay'],
    [['--errors', '7'], '"7" is no share', '--errors'],
    [['--unanswered', '101%'], '"101%" is no share', '--unanswered'],
    [['--seed', 'x'], '"x" is not a seed', '--seed'],
    [['--rate', '5'], 'none is named', '--rate'],
    [['--send', 'Update_WCS_OrderStatus', '--count', '0'], '"0" is not a number of messages', '--count'],
    [['--send', 'Update_WCS_OrderStatus', '--rate', 'often'], '"often" is no rate', '--rate'],
    [['--only', 'queue'], 'has no connection "queue"', '--only'],
    [['--send', 'Report_NC_PurchaseOrder'], 'takes Report_NC_PurchaseOrder', '--send'],
    [['--send', 'Update_WCS_OrderStatus', '--to', 'orders'], 'No inbound entry "orders" is played', '--to'],
  ])('is told: %s', async (args, text, at) => {
    const { code, stdout, stderr } = await simulated(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(text);
    expect(stderr).toContain(`  at    ${at}\n`);
    expect(stderr).toContain('  hint  ');
  });

  it('is told of a message that nobody knows, with what it may be', async () => {
    const { code, stderr } = await simulated('--send', 'Update_WCS_OrderStatu');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('Did you mean Update_WCS_OrderStatus?') as unknown });
  });
});
