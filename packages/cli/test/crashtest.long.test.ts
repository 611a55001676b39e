import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { type Ended, run } from '../../../test/house/commands.ts';
import { guides, root } from './waybill.ts';

const page = 'docs/testing-handlers-against-crashes.md';

/** The lines of the page for a shell, each with what it writes. */
const shown = [...readFileSync(join(root, page), 'utf8').matchAll(/```console\n\$ (.+)\n([\s\S]*?)```/g)].map(
  ([, line = '', output = '']) => [line, output] as const,
);

async function shop(): Promise<string> {
  const folder = await temporaryFolder();
  await cp(join(guides, 'crashes'), folder, { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const path = [dirname(process.execPath), join('node_modules', '.bin'), process.env['PATH']].join(delimiter);

function sh(line: string, cwd: string, env: object = {}): Promise<Ended> {
  return run('sh', ['-c', line], { cwd, env: { PATH: path, ...env } });
}

describe('the page about handlers and crashes', () => {
  it.each(shown)('shows word for word what is written by: %s', async (line, output) => {
    const folder = await shop();
    const { code, stdout, stderr } = await sh(line, folder);
    expect({ stdout, stderr }).toEqual({ stdout: output, stderr: '' });
    expect(code).toBe(line.includes('wrong') ? 1 : 0);
    // Neither the journal nor the folder of the manifest, nor a database beside it.
    expect(['data', 'exchange', 'shop.db'].filter((name) => existsSync(join(folder, name)))).toEqual([]);
  });

  it('shows a handler that is wrong and one that is right', () => {
    expect(shown.length).toBe(2);
  });
});

/** An application whose handler does `body`, with a command that tells lines of `effects.txt` in the scratch folder. */
async function shopWith(body: string): Promise<string> {
  const folder = await shop();
  const own = JSON.parse(await readFile(join(folder, 'right.json'), 'utf8')) as object;
  await writeFile(join(folder, 'waybill.json'), JSON.stringify({ ...own, app: './app.js' }));
  const app = `import { appendFileSync, existsSync } from 'node:fs';
    import { join } from 'node:path';
    import { orderConfirmStatus, orderInvoiceStatus, orderShipStatus, orderUpdateStatus } from '@waybill/commerce';
    import { CommandError, defineApplication, handle } from '@waybill/contract/application';
    const effect = (text) => appendFileSync(join(process.env.WAYBILL_CRASHTEST, 'effects.txt'), text + '\\n');
    const commands = [orderConfirmStatus, orderShipStatus, orderInvoiceStatus, orderUpdateStatus];
    const run = async (input, context) => { ${body} };
    export default defineApplication({ handlers: commands.map((command) => handle(command, run)) });`;
  await writeFile(join(folder, 'app.js'), app);
  return folder;
}

const crashtest = `waybill crashtest --message status-1.xml --json --effects 'cat "$WAYBILL_CRASHTEST/effects.txt" 2>/dev/null || true'`;

interface Told {
  readonly ok: boolean;
  readonly samples: readonly {
    readonly points: readonly { readonly crash?: string; readonly runs: number; readonly state: string; readonly effects: object }[];
  }[];
}

async function told(folder: string, line = crashtest): Promise<{ readonly code: number | null; readonly result: Told }> {
  const { code, stdout } = await sh(line, folder);
  return { code, result: JSON.parse(stdout) as Told };
}

describe('waybill crashtest', () => {
  it('shows the id of the message as MESSAGE, so that runs can be compared', async () => {
    const { code, result } = await told(await shopWith('effect(`handled ${context.messageId}`);'));
    const returned = result.samples[0]?.points.find(({ crash }) => crash?.startsWith('after it returned'));
    expect({ code, returned }).toMatchObject({
      code: 1,
      returned: { runs: 2, effects: { 'handled MESSAGE': { times: 2, verdict: 'doubled' } } },
    });
  });

  it('finds a handler that refuses its second attempt', async () => {
    const body = `if (existsSync(join(process.env.WAYBILL_CRASHTEST, 'effects.txt'))) throw new CommandError('SHOP_TWICE', 'The order is shipped.');
      effect('shipped');`;
    const { code, result } = await told(await shopWith(body));
    const states = result.samples[0]?.points.map(({ state }) => state);
    expect({ code, states }).toMatchObject({ code: 1, states: expect.arrayContaining(['done', 'parked']) as unknown });
  });

  it('says so when the message is not handled without a crash, either', async () => {
    const folder = await shopWith(`throw new CommandError('SHOP_CLOSED', 'Closed.');`);
    const { code, stderr } = await sh('waybill crashtest --message status-1.xml', folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(
        'WB_CLI_CRASHTEST_FAILED  status-1.xml is not handled without a crash, either: it is parked, SHOP_CLOSED',
      ) as unknown,
    });
  });

  it('says so when the manifest names no application', async () => {
    const folder = await shop();
    await writeFile(
      join(folder, 'waybill.json'),
      JSON.stringify({ plugins: ['@waybill/journal-sqlite'], journal: { use: 'sqlite', path: './j.db' } }),
    );
    const { code, stderr } = await sh('waybill crashtest', folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(' names no application.\n  hint  Name its module') as unknown,
    });
  });

  it('tries the samples of the packs where no message is named', async () => {
    const folder = await shopWith(`effect('shipped');`);
    const { result } = await told(folder, crashtest.replace('--message status-1.xml', ''));
    expect(result.samples.length).toBeGreaterThan(0);
  });

  it('leaves no scratch folder', async () => {
    const [folder, scratch] = [await shopWith(''), await temporaryFolder()];
    const { code } = await sh('waybill crashtest --message status-1.xml', folder, { TMPDIR: scratch });
    expect({ code, left: readdirSync(scratch) }).toEqual({ code: 0, left: [] });
  });
});
