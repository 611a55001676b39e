import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { traceHeading, traceLine } from '@waybill/cli';
import { createKernel } from '@waybill/kernel';
import { stock } from './app.ts';

const count = `<StockCount version="1.0" counter="Ada">
  <Line shop="10151"><Sku>HP-LAMP-02</Sku><Counted>240</Counted><Shelf>A-7</Shelf></Line>
</StockCount>
`;
const predefined = `<Update_WCS_ProductInventory version="2.0">
  <ControlArea><Verb value="Update"/><Noun value="WCS_ProductInventory"/></ControlArea>
  <DataArea>
    <ProductInventoryInfo><ProductSKU>HP-MUG-01</ProductSKU><MerchantID>10151</MerchantID><Quantity>12</Quantity></ProductInventoryInfo>
  </DataArea>
</Update_WCS_ProductInventory>
`;
const notice = `<ReturnNotice urgent="yes">
  <ReturnNumber>R-7</ReturnNumber><OrderNumber>12007</OrderNumber>
  <Item sku="HP-LAMP-02"><Quantity>1</Quantity><Reason>BROKEN</Reason></Item>
</ReturnNotice>
`;

const data = mkdtempSync(join(tmpdir(), 'waybill-custom-message-'));
process.env['CUSTOM_MESSAGE_DATA'] = data;
const [inbox, outbox] = ['in', 'out'].map((name) => join(data, 'exchange', name)) as [string, string];
for (const folder of [inbox, outbox]) mkdirSync(folder, { recursive: true });

try {
  await play();
} finally {
  rmSync(data, { recursive: true, force: true });
}

async function play(): Promise<void> {
  const kernel = createKernel({ manifest: fileURLToPath(new URL('../waybill.yaml', import.meta.url)) });
  const ended = new Promise<void>((resolve) => {
    let left = 4;
    kernel.observe((seen) => {
      process.stdout.write(`${traceLine(seen, (_colour, text) => text)}\n`);
      left -= 1;
      if (left === 0) resolve();
    });
  });
  process.stdout.write(`${traceHeading}\n`);
  await kernel.start();
  for (const [name, body] of Object.entries({ count, predefined, notice })) deliver(name, body);
  // Three messages come, and one goes.
  await ended;
  await kernel.stop();
  process.stdout.write(
    `Stock: ${[...stock]
      .map(([sku, quantity]) => `${sku} ${quantity}`)
      .toSorted()
      .join(', ')}\n`,
  );
  for (const file of readdirSync(outbox).filter((name) => name.endsWith('.xml')))
    process.stdout.write(readFileSync(join(outbox, file), 'utf8'));
}

/** As senders have to: under another name until the file is whole. */
function deliver(name: string, body: string): void {
  writeFileSync(join(data, name), body);
  renameSync(join(data, name), join(inbox, `${name}.xml`));
}
