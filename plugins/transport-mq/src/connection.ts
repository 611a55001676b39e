import { readFile } from 'node:fs/promises';
import { errors } from './errors.ts';
import { errorOf } from './handle/error-of.ts';
import type { ConnectOptions, MqHandle, OpenHandle } from './handle/handle.ts';
import type { MqSettings } from './settings.ts';

/** How long the list of hosts may be in MQ, in characters. */
const mostOfHosts = 264;

/** A queue manager as the settings name it. Each use of it opens a handle of its own. */
export class MqConnection {
  readonly #settings: MqSettings;
  readonly #openHandle: OpenHandle;
  readonly #handles = new Set<MqHandle>();
  /** What queues are used for, and by how many. */
  readonly #uses = new Map<string, number>();
  #isClosed = false;

  constructor(settings: MqSettings, openHandle: OpenHandle) {
    this.#settings = settings;
    this.#openHandle = openHandle;
  }

  /** The name of the queue manager, where the settings give one. */
  get queueManager(): string {
    return this.#settings.queueManager;
  }

  /** Connects. `maxMessage`: the largest message with its headers, in bytes. Throws a `TransportError`. */
  async open(maxMessage: number, signal: AbortSignal): Promise<MqHandle> {
    if (this.#isClosed) throw errors.WB_MQ_CLOSED('The connection to the queue manager is closed.', { connectionLost: true });
    const options = await connectOptions(this.#settings, maxMessage);
    const name = this.queueManager === '' ? 'The queue manager' : `Queue manager ${this.queueManager}`;
    const handle = await this.#openHandle(options, signal).catch((failure: unknown) => {
      throw errorOf(failure, `${name} cannot be used`, { opening: true });
    });
    this.#handles.add(handle);
    if (this.#isClosed) handle.kill();
    void handle.gone.then(() => this.#handles.delete(handle));
    return handle;
  }

  /**
   * Notes that a queue is listened to, or awaits replies: both at once would let the listener take the replies. Answers a function that removes
   * the note. Throws WB_MQ_REPLY_QUEUE_SHARED.
   */
  use(queue: string, purpose: 'listening' | 'replies'): () => void {
    const other = purpose === 'listening' ? 'replies' : 'listening';
    if (this.#uses.get(`${other} ${queue}`))
      throw errors.WB_MQ_REPLY_QUEUE_SHARED(`Queue ${queue} is listened to, and awaits replies to requests.`);
    const key = `${purpose} ${queue}`;
    const count = (change: number): void => void this.#uses.set(key, (this.#uses.get(key) ?? 0) + change);
    count(1);
    return () => count(-1);
  }

  /** Ends what is still open: the queue manager backs it out. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#handles].map((handle) => handle.close()));
  }
}

async function connectOptions(settings: MqSettings, maxMessage: number): Promise<ConnectOptions> {
  const { queueManager, application, tls, heartbeat, patience } = settings;
  return {
    queueManager,
    server: serverOf(settings.server),
    ...(await identityOf(settings.credentials)),
    tls,
    application,
    heartbeat: Math.max(1, Math.round(heartbeat / 1000)),
    maxMessage,
    patience,
  };
}

function serverOf(server: MqSettings['server']): ConnectOptions['server'] {
  if (typeof server === 'string') return { kind: server };
  if ('ccdt' in server) return { kind: 'ccdt', url: server.ccdt };
  const hosts = server.hosts.join(',');
  if (hosts.length > mostOfHosts)
    throw errors.WB_MQ_CONFIGURATION(`The hosts have ${hosts.length} characters together, and MQ takes ${mostOfHosts}.`, {
      hint: 'Name fewer, or use a table (`ccdt`).',
    });
  return { kind: 'client', hosts, channel: server.channel };
}

async function identityOf(credentials: MqSettings['credentials']): Promise<Pick<ConnectOptions, 'user' | 'password' | 'token'>> {
  if (!credentials) return {};
  if ('tokenFile' in credentials) return { token: await secretIn(credentials.tokenFile) };
  const { user } = credentials;
  return { user, password: 'password' in credentials ? credentials.password : await secretIn(credentials.passwordFile) };
}

async function secretIn(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trimEnd();
  } catch (cause) {
    throw errors.WB_MQ_SECRET_FILE(`The file ${file} cannot be read.`, { cause });
  }
}
