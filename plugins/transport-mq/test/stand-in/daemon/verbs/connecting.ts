import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Client, Connection } from '../connection.ts';
import { done, MQC, type Outcome, Refusal } from '../mqi.ts';
import type { QueueManager } from '../queue-manager.ts';
import { commit } from '../units/unit.ts';
import type { Parts } from '../wire/frames.ts';
import { readLayouts } from '../wire/layouts.ts';

/** What a library says when it connects, in the order of `connectCall` in `library/connecting.cpp`. */
interface Request extends Client {
  readonly queueManager: string;
  readonly cipher: string;
  readonly table: string;
  readonly keyRepository: string;
  readonly password: string;
  readonly token: string;
}

export function connect(qm: QueueManager, connection: Connection, parts: Parts): Outcome {
  const request = readRequest(parts);
  if (qm.state === 'ended') throw new Refusal(MQC.MQRC_Q_MGR_NOT_AVAILABLE);
  if (qm.state === 'quiescing') throw new Refusal(MQC.MQRC_Q_MGR_QUIESCING);
  const { host, channel } = request.table === '' ? request : entryOf(qm, request);
  if (request.isClient) checkChannel(qm, request, channel);
  // With an asterisk in front, the name is that of a group of a table, which is of no concern here.
  const isAny = request.queueManager === '' || request.queueManager.startsWith('*');
  if (!isAny && request.queueManager !== qm.options.name) throw new Refusal(MQC.MQRC_Q_MGR_NAME_ERROR);
  checkUser(qm, request);
  const connected = [...qm.connections].filter(({ client }) => client !== undefined);
  if (connected.length >= qm.options.maxConnections) throw new Refusal(MQC.MQRC_MAX_CONNS_LIMIT_REACHED);
  connection.client = { ...request, host, channel };
  return done();
}

/** Ends a connection in good order, which commits what is open. */
export function disconnect(qm: QueueManager, connection: Connection): Outcome {
  commit(qm, connection, 'disc');
  return done();
}

function readRequest(parts: Parts): Request {
  const layouts = readLayouts(parts.text());
  const queueManager = parts.text();
  const applName = parts.text() || 'node';
  const [pid, isClient, maxMsgLength] = [parts.number(), parts.number() === 1, parts.number()];
  const [host, channel, cipher, table, keyRepository] = [parts.text(), parts.text(), parts.text(), parts.text(), parts.text()];
  const [user, password, token] = [parts.text() || userInfo().username, parts.text(), parts.text()];
  const known = { layouts, queueManager, applName, pid, isClient, host, channel, cipher, table, keyRepository, user, password, token };
  return { ...known, maxMsgLength: maxMsgLength > 0 ? maxMsgLength : Number.POSITIVE_INFINITY };
}

function checkChannel({ options }: QueueManager, { cipher, keyRepository }: Request, channel: string): void {
  if (options.channels && !options.channels.includes(channel)) throw new Refusal(MQC.MQRC_UNKNOWN_CHANNEL_NAME);
  if (cipher !== '' && ![keyRepository, `${keyRepository}.kdb`].some(isFile)) throw new Refusal(MQC.MQRC_KEY_REPOSITORY_ERROR);
  const wanted = options.cipher ?? '';
  const fits = cipher === wanted || (wanted !== '' && /^ANY_TLS1[23]/.test(cipher));
  if (!fits) throw new Refusal(MQC.MQRC_SSL_INITIALIZATION_ERROR);
}

function isFile(path: string): boolean {
  return path !== '' && existsSync(path);
}

function checkUser({ options }: QueueManager, { user, password, token }: Request): void {
  if (options.users === undefined && options.tokens === undefined) return;
  const isKnown = password !== '' && options.users?.[user] === password;
  if (!isKnown && !options.tokens?.includes(token)) throw new Refusal(MQC.MQRC_NOT_AUTHORIZED);
}

interface Table {
  readonly channel?: readonly {
    readonly name: string;
    readonly clientConnection?: {
      readonly connection?: readonly { readonly host: string; readonly port?: number }[];
      readonly queueManager?: string;
    };
  }[];
}

/** The channel of a client's table that leads here. */
function entryOf(qm: QueueManager, { table, queueManager }: Request): { host: string; channel: string } {
  const group = queueManager.replace(/^\*/, '');
  const fitting = (readTable(table).channel ?? []).filter(
    ({ clientConnection }) => group === '' || (clientConnection?.queueManager ?? '') === group,
  );
  if (fitting.length === 0) throw new Refusal(MQC.MQRC_Q_MGR_NAME_ERROR);
  for (const { name, clientConnection } of fitting) {
    const hosts = (clientConnection?.connection ?? []).map(({ host, port }) => `${host}(${port ?? 1414})`);
    const host = hosts.find((each) => qm.options.hosts.includes(each));
    if (host !== undefined) return { host, channel: name };
  }
  throw new Refusal(MQC.MQRC_HOST_NOT_AVAILABLE);
}

function readTable(url: string): Table {
  try {
    return JSON.parse(readFileSync(fileURLToPath(url), 'utf8')) as Table;
  } catch {
    throw new Refusal(MQC.MQRC_CCDT_URL_ERROR);
  }
}
