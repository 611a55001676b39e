import {
  type AnyJournal,
  type AnyTransport,
  type Deliver,
  defineJournal,
  defineTransport,
  type Journal,
  type Sender,
  type WaybillError,
} from '@waybill/contract';
import { isDefinition } from '@waybill/contract/host';
import type { Manifest } from '@waybill/kernel';

/** How a process of the rig is made worse. */
export interface Bug {
  readonly journal?: (own: Journal) => Journal;
  readonly deliver?: (own: Deliver) => Deliver;
  readonly send?: (own: Sender['send']) => Sender['send'];
  readonly failure?: (error: WaybillError) => WaybillError;
  /** Keys of the inbound entry. */
  readonly inbound?: NonNullable<Manifest['inbound']>[string] | object;
}

/** The plugin with the bug in it. */
export function plant(bug: Bug, definition: unknown): unknown {
  if (isDefinition(definition, 'journal') && bug.journal) {
    const { journal } = bug;
    const own = definition as AnyJournal;
    return defineJournal({ ...own, open: async (...given) => journal(await own.open(...given)) });
  }
  return isDefinition(definition, 'transport') && (bug.deliver ?? bug.send)
    ? plantInTransport(bug, definition as AnyTransport)
    : definition;
}

function plantInTransport({ deliver: worse = (own) => own, send = (own) => own }: Bug, own: AnyTransport): AnyTransport {
  const { receive, send: sends } = own;
  return defineTransport({
    ...own,
    ...(receive && {
      receive: {
        ...receive,
        async open(...given: Parameters<typeof receive.open>) {
          const listener = await receive.open(...given);
          return { run: (deliver: Deliver, stop: AbortSignal) => listener.run(worse(deliver), stop) };
        },
      },
    }),
    ...(sends && {
      send: {
        ...sends,
        async open(...given: Parameters<typeof sends.open>) {
          const sender = await sends.open(...given);
          return { send: send((message, options) => sender.send(message, options)), close: () => sender.close() };
        },
      },
    }),
  });
}
