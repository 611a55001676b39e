import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chown, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { eventually, hasVehicle, makeFolder, removeFolder } from '@waybill/testing';

/** How long a start may take on a machine that does much else, in milliseconds. */
const patience = 60_000;
/** How many starts are tried: another program may have taken the port in between. */
const tries = 3;
const program = '/usr/sbin/exim4';

/**
 * Runs a program, and kills it with its children when whoever has started it has ended, however that came: a test that was killed would leave its
 * server behind for ever.
 */
const endsWithUs = 'exec 3<&0; "$@" & program=$!; { read line <&3; kill -9 0; } & wait $program';

/** Whether Exim is here. `unchecked`: what is not checked without it, as the rest of a sentence. */
export function hasExim(unchecked: string): boolean {
  const isThere = () => spawnSync(program, ['-bV']).status === 0;
  return hasVehicle('Exim (Debian: exim4-daemon-light)', isThere, unchecked);
}

export interface EximOptions {
  /** PEM files for STARTTLS. */
  readonly certificate: string;
  readonly key: string;
  /** Where mails for other domains go. Without it, they bounce. */
  readonly next?: number | undefined;
  /** Let in without a password. */
  readonly isOpen?: boolean | undefined;
  /** The maildir that mails come to whose name begins with `b-`, as those of bounces do. Without it, they come to the others. */
  readonly bounces?: string | undefined;
}

/**
 * A mail server of its own for one test file, on a port that the system chose and in a folder of its own. It takes mails for `example.test` into one
 * folder, refuses `nobody@` (550), asks to come later for `later@` (451), takes mails for `gone@` and has them bounce, and lets in the user `shop` with
 * the password `secret`.
 */
export class Exim {
  readonly port: number;
  readonly #folder: string;
  readonly #user = whoDelivers();
  #server: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  static async start(options: EximOptions): Promise<Exim> {
    for (let left = tries; ; left--) {
      const exim = new Exim(await makeFolder(), await freePort());
      try {
        await exim.#prepare(options);
        await exim.#begin();
        return exim;
      } catch (error) {
        await exim.end();
        if (left === 1) throw error;
      }
    }
  }

  /** The mails that were delivered to `example.test` so far, with the headers that tell of their way. */
  async mails(): Promise<readonly string[]> {
    const folder = join(this.#folder, 'mails', 'new');
    const files = await readdir(folder).catch(() => []);
    return Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  }

  /** Ends it with all of its children, as a power cut does. */
  async end(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server?.pid !== undefined && server.exitCode === null && server.signalCode === null) {
      server.ref();
      const ended = once(server, 'exit');
      process.kill(-server.pid, 'SIGKILL');
      await ended;
    }
    await removeFolder(this.#folder);
  }

  async #prepare(options: EximOptions): Promise<void> {
    const own = (name: string): string => join(this.#folder, name);
    for (const each of ['spool', 'log', 'mails']) await mkdir(own(each));
    await copyFile(options.certificate, own('certificate.pem'));
    await copyFile(options.key, own('key.pem'));
    await writeFile(own('exim.conf'), configuration(this.#folder, this.port, options));
    const { uid, gid } = this.#user;
    if (uid === userInfo().uid) return;
    for (const each of ['', 'spool', 'log', 'mails', 'certificate.pem', 'key.pem', 'exim.conf']) await chown(own(each), uid, gid);
  }

  async #begin(): Promise<void> {
    const { uid, gid } = this.#user;
    const said: string[] = [];
    const args = [program, '-C', join(this.#folder, 'exim.conf'), '-bdf', '-q1s'];
    const server = spawn('sh', ['-c', endsWithUs, 'sh', ...args], { detached: true, uid, gid });
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (part) => said.push(String(part)));
    // Nothing of a test waits for it any more when the test has ended.
    server.unref();
    for (const stream of [server.stdin, server.stdout, server.stderr]) (stream as unknown as Socket).unref();
    this.#server = server;
    try {
      await eventually(() => server.exitCode !== null || greets(this.port), { what: 'Exim to start', within: patience });
      if (server.exitCode !== null) throw new Error('Exim has ended by itself');
    } catch (cause) {
      throw new Error(`Exim does not run:\n${said.join('').split('\n').slice(-20).join('\n')}`, { cause });
    }
  }
}

/** Exim delivers nothing as root: its own user does it then, which its package makes. */
function whoDelivers(): { readonly uid: number; readonly gid: number; readonly username: string } {
  const { uid, gid, username } = userInfo();
  if (uid !== 0) return { uid, gid, username };
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'Debian-exim'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g'), username: 'Debian-exim' };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once('data', (part) => resolve(String(part).startsWith('220'))).once('data', () => socket.end('QUIT\r\n'));
    socket.on('error', () => undefined).once('close', () => resolve(false));
  });
}

function configuration(folder: string, port: number, { next, isOpen = false, bounces }: EximOptions): string {
  const { username, gid } = whoDelivers();
  const relay =
    next === undefined
      ? '  driver = redirect\n  data = :fail: nobody takes mails for this domain'
      : `  driver = manualroute\n  domains = !+local\n  route_list = * 127.0.0.1::${next} byname\n  self = send\n  transport = onward`;
  const returned = 'returned:\n  driver = accept\n  domains = +local\n  local_parts = ^b-\n  transport = bounces\n';
  return `primary_hostname = mx.example.test
exim_user = ${username}
exim_group = ${gid}
never_users =
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
domainlist local = example.test
host_lookup =
rfc1413_query_timeout = 0s
smtputf8_advertise_hosts = *
dsn_advertise_hosts = *
tls_advertise_hosts = *
tls_certificate = ${folder}/certificate.pem
tls_privatekey = ${folder}/key.pem
auth_advertise_hosts = \${if eq{$tls_in_cipher}{}{}{*}}
pipelining_advertise_hosts = *
message_size_limit = 5M
deliver_drop_privilege = true
keep_environment =
acl_smtp_rcpt = rcpt
acl_smtp_data = data
begin acl
rcpt:
  deny    message = 5.1.1 no such user
          local_parts = nobody
  defer   message = 4.7.1 greylisted, come back in 300 seconds
          local_parts = later
  accept  authenticated = *
  ${isOpen ? 'accept' : 'deny    message = 530 authentication required'}
data:
  deny    message = 5.7.1 not wanted
          condition = \${if match{$h_Subject:}{unwanted}}
  accept
begin routers
failing:
  driver = redirect
  domains = +local
  local_parts = gone
  allow_fail
  data = :fail: the mailbox is gone
${bounces === undefined ? '' : returned}near:
  driver = accept
  domains = +local
  transport = folder
far:
${relay}
begin transports
folder:
  driver = appendfile
  maildir_format
  directory = ${folder}/mails
  create_directory
  delivery_date_add
  envelope_to_add
  return_path_add
  user = ${username}
bounces:
  driver = appendfile
  maildir_format
  directory = ${bounces ?? `${folder}/mails`}
  mode = 0644
  user = ${username}
onward:
  driver = smtp
  allow_localhost
  hosts_avoid_tls = *
begin retry
* * F,1m,1s
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{shop}}{eq{$auth3}{secret}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = \${if and{{eq{$auth1}{shop}}{eq{$auth2}{secret}}}}
  server_set_id = $auth1
`;
}
