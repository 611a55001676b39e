/** What an open of a queue may ask for, `context` to say who has put a message and when; `deny` names those that are answered with 2035. */
export type Right = 'input' | 'output' | 'browse' | 'inquire' | 'context';

/** Of a local queue, or of those that a model queue makes. What is left out has the value that is named. */
export interface Attributes {
  readonly description: string;
  /** Of messages that leave it to the queue. False. */
  readonly persistent: boolean;
  /** Of messages that leave it to the queue. 0. */
  readonly priority: number;
  /** 5,000 messages. */
  readonly maxDepth: number;
  /** 4,194,304 bytes. */
  readonly maxMsgLength: number;
  readonly getInhibited: boolean;
  readonly putInhibited: boolean;
  /** Whether several handles may get from it. True. */
  readonly shareable: boolean;
  /** What an open for input gets that leaves it to the queue. Shared. */
  readonly defaultInput: 'shared' | 'exclusive';
  /** Whether messages of higher priority come first. 'priority'. */
  readonly sequence: 'priority' | 'fifo';
  /** BOTHRESH. 0. */
  readonly backoutThreshold: number;
  /** BOQNAME. Empty. */
  readonly backoutQueue: string;
  /** PROPCTL. 'compat'. */
  readonly propertyControl: 'compat' | 'none' | 'all' | 'force';
  readonly deny: readonly Right[];
}

export type Definition =
  | ({ readonly type: 'local' } & Partial<Attributes>)
  | { readonly type: 'alias'; readonly target: string; readonly deny?: readonly Right[] }
  /** Each open makes a queue; a temporary one goes when the handle that made it is closed. */
  | ({ readonly type: 'model'; readonly keeps?: 'temporary' | 'permanent' } & Partial<Attributes>);

const defaults: Attributes = {
  description: '',
  persistent: false,
  priority: 0,
  maxDepth: 5_000,
  maxMsgLength: 4_194_304,
  getInhibited: false,
  putInhibited: false,
  shareable: true,
  defaultInput: 'shared',
  sequence: 'priority',
  backoutThreshold: 0,
  backoutQueue: '',
  propertyControl: 'compat',
  deny: [],
};

/** All attributes, and nothing else that was given. */
export function withDefaults(given: Partial<Attributes>): Attributes {
  const names = Object.keys(defaults) as (keyof Attributes)[];
  return Object.fromEntries(names.map((name) => [name, given[name] ?? defaults[name]])) as unknown as Attributes;
}
