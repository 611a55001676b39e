import type {
  ApplicationDefinition,
  CommandDefinition,
  HandlerContext,
  InputOf,
  Log,
  OutputOf,
  PublishOptions,
} from '@waybill/contract/application';

export interface Published {
  readonly event: string;
  readonly data: unknown;
  readonly options: PublishOptions | undefined;
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/** What the kernel gives a handler; what the handler publishes is kept instead of being sent. */
function contextOf(messageId: string, published: Published[], sender: string | undefined): HandlerContext {
  return {
    messageId,
    attempt: 1,
    entry: 'order-status',
    messageType: 'test@1',
    store: undefined,
    principal: sender === undefined ? undefined : { name: sender },
    trace: '0'.repeat(32),
    signal: new AbortController().signal,
    log: silent,
    publish: (event, data, options) => void published.push({ event: event.name, data, options }),
    request: () => Promise.reject(new Error('No handler of the store asks anybody.')),
  };
}

export interface Delivered<Command extends CommandDefinition> {
  readonly output: OutputOf<Command>;
  readonly published: readonly Published[];
}

/** Hands a command to the application, as the kernel does with a message; of `sender`, where it has a principal. */
export async function deliver<Command extends CommandDefinition>(
  application: ApplicationDefinition,
  command: Command,
  input: InputOf<Command>,
  messageId: string,
  sender?: string,
): Promise<Delivered<Command>> {
  const handler = application.handlers.find(({ command: { name } }) => name === command.name);
  if (!handler) throw new Error(`Nobody serves ${command.name}.`);
  const published: Published[] = [];
  const output = (await handler.run(input, contextOf(messageId, published, sender))) as OutputOf<Command>;
  return { output, published };
}
