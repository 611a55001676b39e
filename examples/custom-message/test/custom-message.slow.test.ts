import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from '../../../test/house/commands.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const program = fileURLToPath(new URL('../../../packages/cli/bin/waybill.js', import.meta.url));

describe('the example of messages without code', () => {
  it('moves the messages of both files beside a predefined one', async () => {
    const { code, stdout, stderr } = await run(process.execPath, ['dist/main.js'], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const type of ['StockCount@1.0', 'Update_WCS_ProductInventory@2.0', 'ReturnNotice@1.0', 'ReturnReceipt@1.0'])
      expect(stdout).toContain(type);
    expect(stdout).toContain('Stock: HP-LAMP-02 240, HP-MUG-01 12\n');
    expect(stdout).toContain('<OrderNumber>12007</OrderNumber>\n  <Broken>1</Broken>\n</ReturnReceipt>');
  });

  it('is checked without running any code of its own', async () => {
    const { code, stdout } = await run(process.execPath, [program, 'check'], { cwd: folder, env: { CUSTOM_MESSAGE_DATA: './data' } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('is in order: 5 plugins') as string });
  });
});
