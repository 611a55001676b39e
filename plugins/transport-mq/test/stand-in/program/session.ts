import * as mq from 'ibmmq';
import type { Descriptor } from '../daemon/queues/message.ts';
import { Failure } from './failure.ts';

const { MQC } = mq;

export interface ConnectOptions {
  readonly applName?: string;
  /** In bindings mode, whatever the environment says. */
  readonly isLocal?: boolean;
  /** `host(port)`, several with commas; makes it a client. */
  readonly hosts?: string;
  readonly channel?: string;
  readonly cipher?: string;
  readonly keyRepository?: string;
  readonly maxMsgLength?: number;
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
  /** The URL of a table of channels. */
  readonly table?: string;
}

export interface PutOptions {
  readonly descriptor?: Partial<Descriptor>;
  /** Flags of MQPMO. */
  readonly options?: number;
  /** Set through a message handle. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

export interface GetOptions {
  /** Flags of MQGMO. */
  readonly options?: number;
  readonly wait?: number;
  /** Size of the buffer. Default 4,096. */
  readonly room?: number;
  readonly descriptor?: Partial<Pick<Descriptor, 'MsgId' | 'CorrelId'>>;
  readonly matchOptions?: number;
  /** Whether properties are wanted in a message handle. */
  readonly inHandle?: boolean;
}

export interface Got {
  readonly text: string;
  readonly body: Buffer;
  /** Of the message, even when the buffer was too small for it. */
  readonly length: number;
  readonly descriptor: Descriptor;
  readonly properties: Readonly<Record<string, unknown>>;
  /** The reason of a warning, or 0. */
  readonly warning: number;
}

/** One connection through the real package, with its synchronous calls only. */
export class Session {
  #connection: mq.MQQueueManager | undefined;
  readonly #objects = new Map<number, mq.MQObject>();
  #lastObject = 0;

  connect(name: string, options: ConnectOptions = {}): void {
    const cno = new mq.MQCNO();
    if (options.isLocal === true) cno.Options = MQC.MQCNO_LOCAL_BINDING;
    if (options.applName !== undefined) cno.ApplName = options.applName;
    if (options.table !== undefined) cno.CCDTUrl = options.table;
    if (options.hosts !== undefined) cno.ClientConn = channelOf(options);
    if (options.keyRepository !== undefined) {
      cno.SSLConfig = new mq.MQSCO();
      cno.SSLConfig.KeyRepository = options.keyRepository;
    }
    if (options.user !== undefined || options.token !== undefined) cno.SecurityParms = securityOf(options);
    this.#connection = called<mq.MQQueueManager>((done) => mq.ConnxSync(name, cno, done)).value;
  }

  disconnect(): void {
    called<void>((done) => mq.DiscSync(this.#connected(), done));
  }

  /** Answers its number, for the other calls, and the names under which it was found. */
  open(name: string, options: number, dynamicName?: string): { readonly object: number; readonly name: string; readonly resolved: string } {
    const od = new mq.MQOD();
    od.ObjectName = name;
    if (dynamicName !== undefined) od.DynamicQName = dynamicName;
    const { value } = called<mq.MQObject>((done) => mq.OpenSync(this.#connected(), od, options, done));
    this.#lastObject += 1;
    this.#objects.set(this.#lastObject, value);
    return { object: this.#lastObject, name: od.ObjectName, resolved: od.ResolvedQName };
  }

  /** Opens a queue of another queue manager. Answers its number. */
  openElsewhere(name: string, queueManager: string, options: number): number {
    const od = new mq.MQOD();
    od.ObjectName = name;
    od.ObjectQMgrName = queueManager;
    this.#lastObject += 1;
    this.#objects.set(this.#lastObject, called<mq.MQObject>((done) => mq.OpenSync(this.#connected(), od, options, done)).value);
    return this.#lastObject;
  }

  openQueueManager(): number {
    const od = new mq.MQOD();
    od.ObjectType = MQC.MQOT_Q_MGR;
    this.#lastObject += 1;
    this.#objects.set(this.#lastObject, called<mq.MQObject>((done) => mq.OpenSync(this.#connected(), od, MQC.MQOO_INQUIRE, done)).value);
    return this.#lastObject;
  }

  close(object: number, options = 0): void {
    called<void>((done) => mq.CloseSync(this.#object(object), options, done));
  }

  /** Answers the descriptor as the queue manager has completed it. */
  put(object: number, body: string | Buffer, options: PutOptions = {}): Descriptor {
    const { md, pmo } = this.#putStructures(options);
    called<void>((done) => mq.PutSync(this.#object(object), md, pmo, Buffer.from(body), done));
    return plain(md);
  }

  put1(name: string, body: string | Buffer, options: PutOptions = {}): Descriptor {
    const { md, pmo } = this.#putStructures(options);
    const od = new mq.MQOD();
    od.ObjectName = name;
    called<void>((done) => mq.Put1Sync(this.#connected(), od, md, pmo, Buffer.from(body), done));
    return plain(md);
  }

  get(object: number, { options = 0, wait, room = 4096, descriptor = {}, matchOptions, inHandle = false }: GetOptions = {}): Got {
    const md = Object.assign(new mq.MQMD(), descriptor);
    const gmo = new mq.MQGMO();
    gmo.Options = (gmo.Options as number) | options | (wait === undefined ? 0 : MQC.MQGMO_WAIT);
    gmo.WaitInterval = wait ?? 0;
    if (matchOptions !== undefined) gmo.MatchOptions = matchOptions;
    const handle = inHandle ? this.createHandle() : undefined;
    if (handle !== undefined) gmo.MsgHandle = handle as never;
    const buffer = Buffer.alloc(room);
    const { value: length, warning } = called<number>((done) => mq.GetSync(this.#object(object), md, gmo, buffer, done));
    const body = buffer.subarray(0, Math.min(length, room));
    const properties = handle === undefined ? {} : this.propertiesOf(handle);
    return { text: body.toString('utf8'), body, length, descriptor: plain(md), properties, warning };
  }

  commit(): void {
    called<void>((done) => mq.Cmit(this.#connected(), done));
  }

  backOut(): void {
    called<void>((done) => mq.Back(this.#connected(), done));
  }

  /** Values by the order of their selectors, and the reason of a warning, or 0. */
  inquire(object: number, selectors: readonly number[]): { readonly values: readonly (number | string)[]; readonly warning: number } {
    const attributes = selectors.map((selector) => new mq.MQAttr(selector as mq.MQC_MQIA));
    const { warning } = called<unknown>((done) => mq.Inq(this.#object(object), attributes, done));
    return { values: attributes.map(({ value }) => value), warning };
  }

  createHandle(): bigint {
    return called<bigint>((done) => mq.CrtMh(this.#connected(), new mq.MQCMHO(), done as never)).value;
  }

  setProperty(handle: bigint, name: string, value: unknown): void {
    called<void>((done) => mq.SetMp(this.#connected(), handle as never, new mq.MQSMPO(), name, new mq.MQPD(), value as never, done));
  }

  deleteHandle(handle: bigint): void {
    called<void>((done) => mq.DltMh(this.#connected(), handle as never, new mq.MQDMHO(), done));
  }

  propertiesOf(handle: bigint): Readonly<Record<string, unknown>> {
    const properties: Record<string, unknown> = {};
    for (let next: number = MQC.MQIMPO_INQ_FIRST; ; next = MQC.MQIMPO_INQ_NEXT) {
      const found = this.#property(handle, next);
      if (found === undefined) return properties;
      properties[found.name] = found.value;
    }
  }

  #property(handle: bigint, which: number): { name: string; value: unknown } | undefined {
    const impo = new mq.MQIMPO();
    impo.Options = (which | MQC.MQIMPO_CONVERT_VALUE) as never;
    let found: { name: string; value: unknown } | undefined;
    const buffer = Buffer.alloc(1024);
    const done = (error: mq.MQError | null, name: string, value: unknown) => {
      if (error && error.mqrc !== MQC.MQRC_PROPERTY_NOT_AVAILABLE) throw new Failure(error);
      if (!error) found = { name, value };
    };
    mq.InqMp(this.#connected(), handle as never, impo, new mq.MQPD(), '%', buffer, done);
    return found;
  }

  #putStructures({ descriptor = {}, options = 0, properties }: PutOptions): { md: mq.MQMD; pmo: mq.MQPMO } {
    const md = Object.assign(new mq.MQMD(), descriptor);
    const pmo = new mq.MQPMO();
    pmo.Options = options;
    if (properties !== undefined) {
      const handle = this.createHandle();
      for (const [name, value] of Object.entries(properties)) this.setProperty(handle, name, value);
      pmo.OriginalMsgHandle = handle as never;
    }
    return { md, pmo };
  }

  #connected(): mq.MQQueueManager {
    if (this.#connection === undefined) throw new Error('Not connected.');
    return this.#connection;
  }

  #object(number: number): mq.MQObject {
    const object = this.#objects.get(number);
    if (object === undefined) throw new Error(`Nothing was opened as ${number}.`);
    return object;
  }
}

/** What a call hands to its callback, which it calls before it returns. Throws when the call has failed; a warning is an answer. */
function called<T>(call: (done: (error: mq.MQError | null, value?: T) => void) => void): { readonly value: T; readonly warning: number } {
  let answer: { value: T; warning: number } | undefined;
  call((error, value) => {
    if (error && error.mqcc === MQC.MQCC_FAILED) throw new Failure(error);
    answer = { value: value as T, warning: error ? error.mqrc : 0 };
  });
  if (answer === undefined) throw new Error('The call has not answered.');
  return answer;
}

function channelOf({ hosts = '', channel = 'APP.SVRCONN', cipher, maxMsgLength }: ConnectOptions): mq.MQCD {
  const cd = new mq.MQCD();
  cd.ConnectionName = hosts;
  cd.ChannelName = channel;
  if (cipher !== undefined) cd.SSLCipherSpec = cipher;
  if (maxMsgLength !== undefined) cd.MaxMsgLength = maxMsgLength;
  return cd;
}

function securityOf({ user, password, token }: ConnectOptions): mq.MQCSP {
  const csp = new mq.MQCSP();
  if (user !== undefined) csp.UserId = user;
  if (password !== undefined) csp.Password = password;
  if (token !== undefined) csp.Token = token;
  return csp;
}

/** Without the prototype, which does not travel between processes. */
function plain(md: mq.MQMD): Descriptor {
  return Object.fromEntries(Object.entries(md)) as unknown as Descriptor;
}
