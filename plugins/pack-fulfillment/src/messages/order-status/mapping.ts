import {
  type OrderItemStatus,
  type OrderStatusInput,
  orderConfirmStatus,
  orderInvoiceStatus,
  orderShipStatus,
  orderUpdateStatus,
} from '@waybill/commerce';
import type { ReadMessage } from '@waybill/contract';
import { type Asked, bind, loginOf } from '../../binding.ts';
import { given, unlessEmpty } from '../../given.ts';
import {
  type OrderStatus20,
  type OrderStatus20Writing,
  type OrderStatus30,
  type OrderStatus30Writing,
  orderStatus20,
  orderStatus30,
} from './message.ts';

// reference/fulfillment-messages.md, section 4.2: the child of DataArea selects the command.

const kinds = { confirm: orderConfirmStatus, ship: orderShipStatus, invoice: orderInvoiceStatus, update: orderUpdateStatus } as const;
type Kind = keyof typeof kinds;
type Kinds<Body> = { readonly [K in Kind]?: Body | undefined };

/** What a status element says in each form when only a remark is given. */
const presumed: Readonly<Record<Kind, StatusCode>> = { confirm: 'C', ship: 'S', invoice: 'I', update: 'C' };

type Body30 = NonNullable<OrderStatus30['data']['kind'][Kind]>;
type Body20 = NonNullable<OrderStatus20['data']['kind'][Kind]>;
type Item30 = NonNullable<Body30['items']>[number];
type Item20 = NonNullable<Body20['items']>[number];
type StatusCode = NonNullable<Body30['header']['status']>['status'];

const kindNames = Object.keys(kinds) as readonly Kind[];

function taken<Body>(kind: Kinds<Body>): { readonly command: string; readonly body: Body } {
  const name = kindNames.find((each) => kind[each] !== undefined) as Kind;
  return { command: kinds[name].name, body: kind[name] as Body };
}

function readMessage(command: string, input: OrderStatusInput, credentials: object | undefined): ReadMessage {
  return given({ command, input, credentials: credentials && { ...credentials } });
}

function read30({ control, data }: OrderStatus30): ReadMessage {
  const { command, body } = taken<Body30>(data.kind);
  const { orderNumbers, status, ...header } = body.header;
  const [orderId, merchantOrderNumber] = bothOf(orderNumbers);
  const items = body.items?.map(itemOf30);
  const input: OrderStatusInput = given({ orderId, merchantOrderNumber, ...body.serialization, ...header, ...statusOf30(status), items });
  return readMessage(command, input, control.credentials);
}

function itemOf30({ itemNumbers, status, ...item }: Item30): OrderItemStatus {
  const [orderItemId, merchantItemNumber] = bothOf(itemNumbers);
  return given({ orderItemId, merchantItemNumber, ...item, ...statusOf30(status) });
}

function statusOf30(status: Body30['header']['status']): Pick<OrderStatusInput, 'status' | 'statusText' | 'statusFlag'> {
  return status === undefined ? {} : given({ status: status.status, statusText: status.text || undefined, statusFlag: status.flag });
}

function read20({ control, data }: OrderStatus20): ReadMessage {
  const { command, body } = taken<Body20>(data.kind);
  const { orderNumbers, ...header } = body.header;
  const [orderId, merchantOrderNumber] = bothOf(orderNumbers);
  const items = body.items?.map(itemOf20);
  return readMessage(command, given({ orderId, merchantOrderNumber, ...body.serialization, ...header, items }), control.credentials);
}

function itemOf20({ itemNumbers, ...item }: Item20): OrderItemStatus {
  const [orderItemId, merchantItemNumber] = bothOf(itemNumbers);
  return given({ orderItemId, merchantItemNumber, ...item });
}

type TypedNumber = Body30['header']['orderNumbers'][number];

/** The number of the store and the number of the back end. */
function bothOf(numbers: readonly TypedNumber[]): readonly [ours: string | undefined, theirs: string | undefined] {
  let ours: string | undefined;
  let theirs: string | undefined;
  for (const { type, text } of numbers) {
    if (type === 'ByWCS') ours = text;
    else theirs = text;
  }
  return [ours, theirs];
}

function numbersOf(ours: string | undefined, theirs: string | undefined): TypedNumber[] {
  return [
    ...(ours === undefined ? [] : [{ type: 'ByWCS', text: ours } as const]),
    ...(theirs === undefined ? [] : [{ type: 'ByBackend', text: theirs } as const]),
  ];
}

/** Throws a `TypeError` for a command that this message cannot ask for. */
function kindOf(command: string): Kind {
  const found = kindNames.find((kind) => kinds[kind].name === command);
  if (found === undefined) throw new TypeError(`no order status message asks for ${command}`);
  return found;
}

function write30({ command, input, credentials }: Asked<OrderStatusInput>): OrderStatus30Writing {
  const kind = kindOf(command);
  const { orderId, merchantOrderNumber, sequenceNumber, lastUpdateTime, status, statusText, statusFlag, items, ...header } = input;
  const body = {
    serialization: unlessEmpty({ sequenceNumber, lastUpdateTime }),
    header: {
      ...header,
      orderNumbers: numbersOf(orderId, merchantOrderNumber),
      status: write30Status(kind, { status, statusText, statusFlag }),
    },
    items: items?.map(({ orderItemId, merchantItemNumber, status, statusText, statusFlag, ...item }) => ({
      ...item,
      itemNumbers: numbersOf(orderItemId, merchantItemNumber),
      status: write30Status(kind, { status, statusText, statusFlag }),
    })),
  };
  return { control: { credentials: organizationOf(credentials) }, data: { kind: { [kind]: body } as never } };
}

interface Status {
  readonly status: string | undefined;
  readonly statusText: string | undefined;
  readonly statusFlag: 'O' | 'I' | undefined;
}

function write30Status(kind: Kind, { status, statusText, statusFlag }: Status) {
  if (status === undefined && statusText === undefined && statusFlag === undefined) return undefined;
  // A code that the message does not know is refused when it is written.
  return { status: (status ?? presumed[kind]) as StatusCode, flag: statusFlag, text: statusText ?? '' };
}

function organizationOf(credentials: Asked<unknown>['credentials']) {
  return credentials && { logonId: credentials.logonId, password: credentials.password, orgName: credentials.orgName };
}

/** Version 2.0 has no place for some of the data. Writing refuses such data, except for status flags and the default update mode, which it leaves out. */
function write20({ command, input, credentials }: Asked<OrderStatusInput>): OrderStatus20Writing {
  const { orderId, merchantOrderNumber, sequenceNumber, lastUpdateTime, updateMode, statusFlag: _flag, items, ...header } = input;
  const body = {
    serialization: unlessEmpty({ sequenceNumber, lastUpdateTime }),
    header: { ...header, ...(updateMode === 'C' ? { updateMode } : {}), orderNumbers: numbersOf(orderId, merchantOrderNumber) },
    items: items?.map(({ orderItemId, merchantItemNumber, statusFlag: _flag, ...item }) => ({
      ...item,
      itemNumbers: numbersOf(orderItemId, merchantItemNumber),
    })),
  };
  return { control: { credentials: loginOf(credentials) }, data: { kind: { [kindOf(command)]: body } as never } };
}

const type = {
  name: 'Update_WCS_OrderStatus',
  direction: 'in',
  commands: Object.values(kinds),
  summary: 'Tells the status of an order: confirmed, shipped, invoiced, or anything else that a back end has to say.',
} as const;

export const orderStatusBindings = [
  bind({ type: { ...type, version: '2.0' }, message: orderStatus20, read: read20, write: write20 }),
  bind({ type: { ...type, version: '3.0' }, message: orderStatus30, read: read30, write: write30 }),
];
