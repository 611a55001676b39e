/** Of a queue manager, as its process is started with. */
export interface Options {
  readonly name: string;
  /** Holds its sockets and its log. */
  readonly folder: string;
  /** Where clients find it, in place of a network: `host(port)`. */
  readonly hosts: readonly string[];
  /** Channels that clients may use; all when left out. */
  readonly channels?: readonly string[];
  /** Names and passwords; when there are any, each connection has to bring one, or a token. */
  readonly users?: Readonly<Record<string, string>>;
  readonly tokens?: readonly string[];
  /** What the channels are encrypted with: a client that says otherwise is refused. */
  readonly cipher?: string;
  readonly deadLetterQueue?: string;
  /** Of each message, in bytes. */
  readonly maxMsgLength: number;
  /** MAXUMSGS: gets and puts in one unit of work. */
  readonly maxUncommitted: number;
  /** MAXHANDS: open objects of one connection. */
  readonly maxHandles: number;
  readonly maxConnections: number;
  /** Whether a commit of persistent messages waits for the disk. A crash of the process alone loses nothing without it. */
  readonly sync: boolean;
}
