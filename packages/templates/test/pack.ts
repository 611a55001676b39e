import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type ComposeContext,
  type Draft,
  defineEvent,
  isWaybillError,
  type MessagePackDefinition,
  personal,
  Type,
  type WaybillError,
} from '@waybill/contract';
import { onTestFinished } from 'vitest';
import { defineNotifications, type NotificationSpec } from '../src/index.ts';

const item = Type.Object({ name: Type.String(), quantity: Type.String(), price: Type.String() });

/** An event as shops have it. */
export const parcelSent = defineEvent({
  name: 'parcel.sent',
  summary: 'A parcel is on its way.',
  data: Type.Object({
    number: Type.String(),
    sent: Type.String(),
    total: Type.Object({ amount: Type.String(), currency: Type.Optional(Type.String()) }),
    customer: Type.Object({
      name: Type.String(),
      email: Type.Optional(personal(Type.String())),
      language: Type.Optional(Type.String()),
    }),
    comment: Type.Optional(Type.String()),
    card: Type.Optional(Type.Unsafe<string>({ type: 'string', 'x-waybill': 'secret' })),
    items: Type.Array(item),
  }),
});

export const sent = {
  number: '12007',
  sent: '2026-03-16T23:30:00Z',
  total: { amount: '1234.50', currency: 'EUR' },
  customer: { name: 'Ada Mill', email: 'ada@mill.example', language: 'en' },
  items: [
    { name: 'Cabin lamp', quantity: '2', price: '61.50' },
    { name: 'Rope', quantity: '1', price: '18.25' },
  ],
};
export type Sent = typeof sent;

export const parcelNotice = {
  name: 'ParcelSent',
  version: '1.0',
  summary: 'Tells the customer that the parcel is on its way.',
  event: parcelSent,
  to: { address: 'customer.email', name: 'customer.name' },
  language: 'customer.language',
} as const;

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** The least that a notification needs. */
export const least: Files = {
  'parcel-sent.subject.liquid': 'Your parcel {{ number }}\n',
  'parcel-sent.text.liquid': 'Hello {{ customer.name }}\n',
};

/** A folder that is removed at the end of the test. */
export function folderWith(files: Files): string {
  const folder = written(files);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function written(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-templates-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A pack whose folder is gone when it is used. */
export function packOf(files: Files, spec: Partial<NotificationSpec<typeof parcelSent>> = {}): MessagePackDefinition {
  const folder = written(files);
  const declared = { name: 'notices', summary: 'What customers are told.', folder, language: 'en' };
  try {
    return defineNotifications({ ...declared, messages: [{ ...parcelNotice, ...spec }] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Composing {
  readonly as?: 'mail' | 'text' | 'html';
  readonly store?: string;
}

export function contextFor({ as = 'mail', store }: Composing = {}): ComposeContext {
  return { time: '2026-03-17T08:00:00.000Z', messageId: 'm-1', store, options: { as } };
}

export function compose(pack: MessagePackDefinition, data: unknown = sent, composing: Composing = {}): Draft {
  return pack.compose({ name: 'ParcelSent', version: '1.0' }, data, contextFor(composing));
}

export interface Mail {
  readonly to?: readonly { readonly name?: string; readonly address: string }[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly language: string;
  readonly images?: readonly { readonly id: string; readonly contentType: string; readonly content: string }[];
  readonly attachments?: readonly Readonly<Record<string, string>>[];
  readonly [key: string]: unknown;
}

export function mailOf(pack: MessagePackDefinition, data: unknown = sent, composing: Composing = {}): Mail {
  return JSON.parse(String(compose(pack, data, composing).body)) as Mail;
}

/** The text that one template makes of the data. */
export function textOf(template: string, data: unknown = sent, files: Files = {}): string {
  return mailOf(packOf({ ...least, 'parcel-sent.text.liquid': template, ...files }), data).text;
}

export function htmlOf(template: string, data: unknown = sent, files: Files = {}): string {
  return mailOf(packOf({ ...least, 'parcel-sent.html.liquid': template, ...files }), data).html ?? '';
}

/** The error of ours with which a step ends. */
export function errorOf(step: () => unknown): WaybillError {
  try {
    step();
  } catch (error) {
    if (isWaybillError(error)) return error;
    throw error;
  }
  throw new Error('the step has not failed');
}

/** The problems that loading such a folder tells, a line each, without the headline. */
export function problemsOf(files: Files, spec: Partial<NotificationSpec<typeof parcelSent>> = {}): readonly string[] {
  const { code, message } = errorOf(() => packOf(files, spec));
  if (code !== 'WB_TEMPLATES_WRONG') throw new Error(`the error is ${code}`);
  return message
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}
