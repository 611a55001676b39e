import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root, start, waybill } from '../waybill.ts';

/** A folder in which the mail catcher is installed. */
async function folderWithCatcher(): Promise<string> {
  const folder = await temporaryFolder();
  const place = join(folder, 'node_modules', '@waybill', 'mail-catcher');
  await mkdir(dirname(place), { recursive: true });
  await symlink(join(root, 'packages', 'mail-catcher'), place, 'junction');
  return folder;
}

/** Sends a mail by hand, as any program would: this package knows no other means. */
async function send(port: number, to: string, mail: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  for (const line of ['EHLO x', 'MAIL FROM:<shop@example.test>', `RCPT TO:<${to}>`, 'DATA', `${mail}\r\n.`, 'QUIT']) {
    await once(socket, 'data');
    socket.write(`${line}\r\n`);
  }
  await once(socket, 'close');
}

/** What the README of the mail catcher has people type, without what it says behind. */
const lines = [...readFileSync(join(root, 'packages/mail-catcher/README.md'), 'utf8').matchAll(/^npx waybill ([^#\n]*)/gm)].map(
  ([, line = '']) => line.trim().split(' '),
);

const anyPorts = ['mail', 'catch', '--smtp', '0', '--page', '0'];

describe('waybill mail catch', () => {
  it('tells its addresses, then of each mail, and ends at Ctrl-C', async () => {
    const program = start(anyPorts, await folderWithCatcher());
    const [, port = ''] = /port (\d+)/.exec(await program.line('SMTP on port')) ?? [];
    const [page = ''] = /http:\S+/.exec(await program.line('Page:')) ?? [];
    expect((await fetch(page)).status).toBe(200);
    await send(Number(port), 'anna@example.test', 'Subject: \x1b[31mred\r\n\r\nhello');
    const line = await program.line('mails/1');
    expect(line).toMatch(/^\d\d:\d\d:\d\d {2}shop@example\.test → anna@example\.test {2}�\[31mred {2}http:\S+mails\/1$/);
    program.signal('SIGINT');
    expect(await program.end()).toBe(0);
    await expect(fetch(page)).rejects.toThrow('fetch failed');
  });

  it('is what the README says', () => {
    expect(lines.length).toBeGreaterThan(0);
  });

  it.each(lines.map((line) => [line.join(' '), line] as const))('runs as the README says: waybill %s', async (_text, line) => {
    // The ports that it names may be taken on this machine.
    const program = start([...line, ...anyPorts.slice(2)], await folderWithCatcher());
    await program.line('Page:');
    program.signal('SIGINT');
    expect(await program.end()).toBe(0);
  });

  it('writes JSON for a machine', async () => {
    const program = start([...anyPorts, '--json'], await folderWithCatcher());
    const { running } = JSON.parse(await program.line('"running"')) as { running: { smtpPort: number; page: string } };
    await send(running.smtpPort, 'anna@example.test', 'Subject: Order 12007\r\n\r\nhello');
    expect(JSON.parse(await program.line('"mail"'))).toEqual({
      mail: {
        id: '1',
        from: 'shop@example.test',
        to: ['anna@example.test'],
        subject: 'Order 12007',
        size: 31,
        attachments: 0,
        page: `${running.page}mails/1`,
      },
    });
    program.signal('SIGTERM');
    expect(await program.end()).toBe(0);
  });

  it('says how to install what it needs', async () => {
    const { code, stderr } = await waybill(anyPorts, { cwd: await temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain('WB_CLI_NO_CATCHER  @waybill/mail-catcher is not installed for ');
    expect(stderr).toContain('hint  npm install --save-dev @waybill/mail-catcher');
  });

  it('says which port is in use', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await waybill(['mail', 'catch', '--smtp', String(port), '--page', '0'], { cwd: await folderWithCatcher() });
    expect(code).toBe(1);
    expect(stderr).toContain(`WB_CATCHER_PORT_IN_USE  Port ${port} of 127.0.0.1, which was to be the one for SMTP, is in use.`);
  });

  it('says what is not a port', async () => {
    const { code, stderr } = await waybill(['mail', 'catch', '--page', '70000'], { cwd: await temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain('WB_CLI_BAD_OPTION  "70000" is not a port.');
  });
});
