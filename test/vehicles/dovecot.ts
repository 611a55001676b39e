import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { eventually, hasVehicle, makeFolder, removeFolder } from '@waybill/testing';
import { configuration, type DovecotOptions, give, isRoot, nobody } from './dovecot-configuration.ts';

/** How long a start may take on a machine that does much else, in milliseconds. */
const patience = 30_000;
/** How many starts are tried: another program may have taken the port in between. */
const tries = 3;
/** Runs a program, and kills all that belongs to it when whoever has started it has ended, however that came. */
const endsWithUs = 'exec 3<&0; "$@" & program=$!; { read line <&3; kill -9 -$$; } & wait $program';

/** Whether the server is here. `unchecked`: what is not checked without it, as the rest of a sentence. */
export function hasDovecot(unchecked: string): boolean {
  return hasVehicle('Dovecot (the Debian package dovecot-imapd)', () => programOf() !== '', unchecked);
}

function programOf(): string {
  return ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find((file) => existsSync(file)) ?? '';
}

/**
 * A mail server of its own for one test file, on ports that the system chose and in a folder of its own. Everybody may come in who knows the
 * password, and has a mailbox then.
 */
export class Dovecot {
  readonly password = 'secret';
  readonly port: number;
  readonly tlsPort: number;
  readonly #folder: string;
  #server: ChildProcess | undefined;
  #delivered = 0;

  private constructor(folder: string, ports: readonly [number, number]) {
    this.#folder = folder;
    [this.port, this.tlsPort] = ports;
  }

  static async start(options: DovecotOptions = {}): Promise<Dovecot> {
    for (let left = tries; ; left--) {
      const dovecot = new Dovecot(await makeFolder(), [await freePort(), await freePort()]);
      await mkdir(join(dovecot.#folder, 'mail'));
      await writeFile(join(dovecot.#folder, 'dovecot.conf'), configuration(dovecot.#folder, dovecot.port, dovecot.tlsPort, options));
      for (const each of ['', 'mail', 'dovecot.conf']) await give(join(dovecot.#folder, each));
      try {
        await dovecot.restart();
        return dovecot;
      } catch (error) {
        await dovecot.end();
        if (left === 1) throw error;
      }
    }
  }

  /** Puts a mail into a folder as a delivery does. Mails come in the order of their deliveries. */
  async deliver(user: string, mail: Uint8Array | string, folder = 'INBOX'): Promise<void> {
    const place = this.folderOf(user, folder);
    await this.#make(user, place);
    const name = `${1_700_000_000 + ++this.#delivered}.M${process.pid}P${this.#delivered}.test`;
    await writeFile(join(place, 'tmp', name), mail, { mode: 0o644 });
    await give(join(place, 'tmp', name));
    await rename(join(place, 'tmp', name), join(place, 'new', name));
  }

  /** Makes a mailbox into which every program may deliver mails, and answers where it lies. */
  async openMailbox(user: string): Promise<string> {
    const place = this.folderOf(user);
    await this.#make(user, place);
    for (const each of [this.#folder, dirname(place)]) await chmod(each, 0o755);
    for (const each of [place, ...['cur', 'new', 'tmp'].map((one) => join(place, one))]) await chmod(each, 0o777);
    return place;
  }

  /** How many mails a folder holds. */
  async count(user: string, folder = 'INBOX'): Promise<number> {
    const place = this.folderOf(user, folder);
    const all = await Promise.all(['cur', 'new'].map((each) => readdir(join(place, each)).catch(() => [])));
    return all.flat().length;
  }

  /** Forgets the UIDs of a folder: when it is opened next, it has another UIDVALIDITY, and all mails have other UIDs. Nobody may have it open. */
  async forgetUids(user: string, folder = 'INBOX'): Promise<void> {
    const place = this.folderOf(user, folder);
    const before = this.uidValidity(user, folder);
    // It is the time of its making in seconds, unless the mailbox knows the last one.
    await eventually(() => Date.now() >= (before + 1) * 1000, { what: 'another second', within: 5_000 });
    const files = await readdir(place);
    for (const file of files.filter((each) => /^dovecot(-uidlist|\.index)/.test(each))) await rm(join(place, file));
    const root = await readdir(this.folderOf(user));
    for (const file of root.filter((each) => each.startsWith('dovecot-uidvalidity'))) await rm(join(this.folderOf(user), file));
  }

  /** Takes all flags and keywords off the mails of a folder, as a backup that keeps none. Nobody may have it open. */
  async forgetFlags(user: string, folder = 'INBOX'): Promise<void> {
    const place = join(this.folderOf(user, folder), 'cur');
    for (const file of await readdir(place)) await rename(join(place, file), join(place, `${file.split(':')[0]}:2,`));
  }

  /** That of a folder which was opened before. */
  uidValidity(user: string, folder = 'INBOX'): number {
    const list = join(this.folderOf(user, folder), 'dovecot-uidlist');
    return Number(/^3 V(\d+) /.exec(readFileSync(list, 'utf8'))?.[1]);
  }

  /** The flags of its mails, as letters that a maildir has for them: S for one that was seen, T for one that is deleted, a for the first keyword. */
  async flagsIn(user: string, folder = 'INBOX'): Promise<readonly string[]> {
    const files = await readdir(join(this.folderOf(user, folder), 'cur'));
    return files.map((file) => file.split(':2,')[1] ?? '').toSorted();
  }

  /** Where a folder lies. */
  folderOf(user: string, folder = 'INBOX'): string {
    const root = join(this.#folder, 'mail', user);
    return folder === 'INBOX' ? root : join(root, `.${folder}`);
  }

  /** Kills the processes of all sessions. The server lives on. */
  killSessions(): number {
    const all = this.#sessions();
    for (const pid of all) process.kill(pid, 'SIGKILL');
    return all.length;
  }

  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
    server.ref();
    const ended = once(server, 'exit');
    process.kill(-server.pid, 'SIGKILL');
    await ended;
  }

  /** Starts it with what it had. Resolves when it takes connections. */
  async restart(): Promise<void> {
    const said: string[] = [];
    const owner = isRoot() ? { uid: nobody.uid, gid: nobody.gid } : {};
    const flags = ['-F', '-c', join(this.#folder, 'dovecot.conf')];
    const server = spawn('sh', ['-c', endsWithUs, 'sh', programOf(), ...flags], { detached: true, cwd: this.#folder, ...owner });
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (part) => said.push(String(part)));
    server.unref();
    for (const stream of [server.stdin, server.stdout, server.stderr]) (stream as unknown as Socket).unref();
    this.#server = server;
    try {
      await eventually(() => server.exitCode !== null || answers(this.port), { what: 'Dovecot to start', within: patience });
      if (server.exitCode !== null) throw new Error('Dovecot has ended by itself');
    } catch (cause) {
      const log = existsSync(join(this.#folder, 'log')) ? readFileSync(join(this.#folder, 'log'), 'utf8') : '';
      throw new Error(`Dovecot does not run:\n${[...said, log].join('').split('\n').slice(-20).join('\n')}`, { cause });
    }
  }

  async end(): Promise<void> {
    await this.kill();
    await removeFolder(this.#folder);
  }

  async #make(user: string, place: string): Promise<void> {
    if (existsSync(join(place, 'new'))) return;
    for (const each of [this.folderOf(user), place, ...['cur', 'new', 'tmp'].map((one) => join(place, one))]) {
      await mkdir(each, { recursive: true });
      await give(each);
    }
  }

  /** The processes of its group that speak with somebody. */
  #sessions(): readonly number[] {
    const pids = readdirSync('/proc').filter((each) => /^\d+$/.test(each));
    return pids.map(Number).filter((pid) => {
      const [, name, group] = /^\d+ \((.*)\) \S+ \d+ (\d+) /.exec(statOf(pid)) ?? [];
      return name === 'imap' && Number(group) === this.#server?.pid;
    });
  }
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether somebody greets there as IMAP does. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once('data', (part) => resolve(String(part).startsWith('* OK'))).once('data', () => socket.destroy());
    socket.on('error', () => undefined).once('close', () => resolve(false));
  });
}
