import { readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { root, start, waybill } from '../waybill.ts';

/** A folder in which the buyer simulator is installed. */
async function folderWithBuyer(): Promise<string> {
  const folder = await temporaryFolder();
  const place = join(folder, 'node_modules', '@waybill', 'buyer-simulator');
  await mkdir(dirname(place), { recursive: true });
  await symlink(join(root, 'packages', 'buyer-simulator'), place, 'junction');
  return folder;
}

/** What people are told to type, without what is said behind it. */
const lines = ['packages/buyer-simulator/README.md', 'docs/simulate.md'].flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^npx waybill (simulate buyer [^#\n]*)/gm)].map(([, line = '']) =>
    line.trim().split(' '),
  ),
);

describe('waybill simulate buyer', () => {
  it('tells its addresses, then of each document, and ends at Ctrl-C', async () => {
    const program = start(['simulate', 'buyer', '--port', '0', '--shop', 'http://127.0.0.1:9/'], await folderWithBuyer());
    const [page = ''] = /http:\S+/.exec(await program.line('Page:')) ?? [];
    await program.line(`Documents:  ${page}cxml`);
    const answer = await fetch(`${page}cxml`, { method: 'POST', body: '\x1b[31m' });
    expect(await answer.text()).toContain('<Status code="406"');
    expect(await program.line('exchanges/1')).toMatch(/^\d\d:\d\d:\d\d {2}received {2}a document {2}.* {2}http:\S+exchanges\/1$/);
    program.signal('SIGINT');
    expect(await program.end()).toBe(0);
    await expect(fetch(page)).rejects.toThrow('fetch failed');
  });

  it('writes JSON for a machine', async () => {
    const program = start(['simulate', 'buyer', '--port', '0', '--json'], await folderWithBuyer());
    const { running } = JSON.parse(await program.line('"running"')) as { running: { page: string; documents: string } };
    await fetch(running.documents, { method: 'POST', body: 'nothing' });
    expect(JSON.parse(await program.line('"document"'))).toMatchObject({
      document: { direction: 'received', by: 'http', what: 'a document', status: '406 Not Acceptable', page: `${running.page}exchanges/1` },
    });
    program.signal('SIGTERM');
    expect(await program.end()).toBe(0);
  });

  it('is told in two places', () => {
    expect(lines.length).toBeGreaterThan(2);
  });

  it.each(lines.map((line) => [line.join(' '), line] as const))('runs as people are told: waybill %s', async (_text, line) => {
    // The port may be taken on this machine.
    const program = start([...line, '--port', '0'], await folderWithBuyer());
    await program.line('Page:');
    program.signal('SIGINT');
    expect(await program.end()).toBe(0);
  });

  it.each([
    [['--port', '70000'], 'WB_CLI_BAD_OPTION  "70000" is not a port.'],
    [['--key', 'key.pem'], 'WB_CLI_BAD_OPTION  A key and its certificate belong together.'],
    [['--key', 'none.pem', '--cert', 'none.pem'], 'WB_CLI_NO_FILE  none.pem cannot be read.'],
    [['--profile', 'none'], 'WB_BUYER_BAD_OPTION  There is no profile "none".'],
  ])('says what is wrong about %j', async (options, text) => {
    const { code, stderr } = await waybill(['simulate', 'buyer', ...options], { cwd: await folderWithBuyer() });
    expect(code).not.toBe(0);
    expect(stderr).toContain(text);
  });

  it('says how to install what it needs', async () => {
    const { code, stderr } = await waybill(['simulate', 'buyer'], { cwd: await temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain('WB_CLI_NO_BUYER  @waybill/buyer-simulator is not installed for ');
    expect(stderr).toContain('hint  npm install --save-dev @waybill/buyer-simulator');
  });
});
