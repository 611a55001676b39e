import type { Message } from '@waybill/contract';
import { isLost } from './ids.ts';
import { nameOfWire, wireName } from './property-names.ts';
import type { Folders } from './rfh2.ts';

/** What descriptors have no place for, and under which names it travels beside the properties of the application. */
const own = {
  id: 'WaybillId',
  correlationId: 'WaybillCorrelationId',
  type: 'WaybillType',
  contentType: 'WaybillContentType',
  createdAt: 'WaybillCreatedAt',
  expiresAt: 'WaybillExpiresAt',
} as const;

/** What a header says of a message. */
export interface Described {
  readonly id?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly type?: string | undefined;
  readonly contentType?: string | undefined;
  readonly createdAt?: number | undefined;
  readonly expiresAt?: number | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

export function writeProperties(message: Omit<Message, 'body'>): Folders {
  const { id, correlationId } = message;
  const described: Record<keyof typeof own, string | number | undefined> = {
    id: isLost(id) ? id : undefined,
    correlationId: correlationId !== undefined && isLost(correlationId) ? correlationId : undefined,
    type: message.type,
    contentType: message.contentType,
    createdAt: message.createdAt,
    expiresAt: message.expiresAt,
  };
  const ours = Object.entries(described).flatMap(([key, value]) =>
    value === undefined ? [] : [[own[key as keyof typeof own], String(value)] as const],
  );
  const theirs = Object.entries(message.properties).map(([name, value]) => [wireName(name), value] as const);
  return { usr: Object.fromEntries([...ours, ...theirs]) };
}

/** Properties of JMS and of others stand beside those of the application, with the name of their folder in front. */
export function readProperties({ usr = {}, ...others }: Folders): Described {
  const names = new Set<string>(Object.values(own));
  const theirs = Object.entries(usr).filter(([name]) => !names.has(name));
  const beside = Object.entries(others).flatMap(([folder, values]) =>
    Object.entries(values).map(([name, value]) => [`${folder}.${name}`, value] as const),
  );
  return {
    id: usr[own.id],
    correlationId: usr[own.correlationId],
    type: usr[own.type] ?? others['mcd']?.['Type'],
    contentType: usr[own.contentType],
    createdAt: numberIn(usr[own.createdAt]),
    expiresAt: numberIn(usr[own.expiresAt]),
    properties: Object.fromEntries([...theirs.map(([name, value]) => [nameOfWire(name), value] as const), ...beside]),
  };
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : undefined;
}
