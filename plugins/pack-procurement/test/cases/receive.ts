import type { PunchoutSetUpInput, PurchaseOrderSubmitInput } from '@waybill/commerce';
import { messageOf, readBody } from '../support/messages.ts';
import type { Case, Cases } from './case.ts';
import { type Given, type Received, type Sending, World } from './world.ts';

type Expected = Readonly<Record<string, unknown>>;

/** A document is posted: what is answered, what the application gets, and what is kept. */
export async function judgeReceive(given: Case, cases: Cases): Promise<readonly string[]> {
  const world = await World.open(cases);
  try {
    const [file = ''] = given.files;
    const received = await world.post(cases.bytes(file), given['send'] as Sending);
    const expected = given['expect'] as Expected;
    const read = { body: cases.bytes(file), contentType: (given['send'] as Sending).contentType };
    return [...faultsOf(received, expected, world), ...warningFaults(read, expected), ...(await world.leaked(secretsIn(expected)))];
  } finally {
    await world.close();
  }
}

function secretsIn({ 'secret-absent': absent }: Expected): readonly string[] {
  return [...((absent as readonly string[] | undefined) ?? []), 'example-secret-a', 'example-secret-hub'];
}

/** What is wrong with an answer, and with what was done. */
export function faultsOf({ status, text, given }: Received, expected: Expected, world: World): readonly string[] {
  const faults: string[] = [];
  const wanted = [expected['status'] ?? []].flat();
  if (wanted.length > 0 && !wanted.includes(status))
    faults.push(`the status is ${status}, and should be ${wanted.join(' or ')}: ${text.slice(-300)}`);
  if (expected['executed'] === 0 && given !== undefined) faults.push(`${given.command} was executed`);
  if (expected['buyer'] !== undefined && given?.buyer !== expected['buyer']) faults.push(`the buyer is ${given?.buyer}`);
  for (const [path, value] of Object.entries((expected['values'] as Readonly<Record<string, string>> | undefined) ?? {})) {
    const told = given && saidAt[path]?.(given.input as never);
    if (told !== value) faults.push(`${path} is ${JSON.stringify(told)}, and should be ${JSON.stringify(value)}`);
  }
  faults.push(...userFaults(expected['user'] as Readonly<Record<string, string>> | undefined, world));
  faults.push(...lineFaults(expected['lines'] as readonly Line[] | undefined, given));
  const attachment = expected['attachment'] as Attachment | undefined;
  if (attachment !== undefined) faults.push(...attachmentFaults(attachment, given));
  return faults;
}

const extrinsic = ({ extrinsics = [] }: PunchoutSetUpInput, name: string) => extrinsics.find((each) => each.name === name);

/** What the application is told of what stands at a path. */
const saidAt: Readonly<Record<string, (input: PunchoutSetUpInput) => string | undefined>> = {
  '@timestamp': ({ timestamp }) => timestamp,
  'Request/PunchOutSetupRequest/BuyerCookie': ({ cookie }) => cookie.trim(),
  'Request/PunchOutSetupRequest/Contact/Email': ({ contacts }) => contacts?.[0]?.emails?.[0],
  'Request/PunchOutSetupRequest/Extrinsic[@name="UniqueName"]': (input) => extrinsic(input, 'UniqueName')?.value,
  'Request/PunchOutSetupRequest/Extrinsic[@name="LastName"]': (input) => extrinsic(input, 'LastName')?.value,
  'Request/PunchOutSetupRequest/Extrinsic[@name="CostLimit"]/Money': (input) =>
    childOf(extrinsic(input, 'CostLimit')?.content, 'Money')?.text,
  'Request/PunchOutSetupRequest/Extrinsic[@name="CostLimit"]/Money/@currency': (input) =>
    childOf(extrinsic(input, 'CostLimit')?.content, 'Money')?.attributes?.['currency'],
  'Request/PunchOutSetupRequest/Extrinsic[@name="Note"]/Extrinsic': (input) =>
    childOf(extrinsic(input, 'Note')?.content, 'Extrinsic')?.text,
};

interface Tree {
  readonly name?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly Tree[];
}

function childOf(content: unknown, name: string): Tree | undefined {
  const all = (Array.isArray(content) ? content : ((content as Tree | undefined)?.children ?? [])) as readonly Tree[];
  return all.find((each) => each.name === name);
}

function userFaults(wanted: Readonly<Record<string, string>> | undefined, { users }: World): readonly string[] {
  const user = users.at(-1) as Readonly<Record<string, unknown>> | undefined;
  return Object.entries(wanted ?? {}).flatMap(([field, value]) =>
    user?.[field] === value ? [] : [`${field} of the user is ${String(user?.[field])}, and should be ${value}`],
  );
}

interface Line {
  readonly number: number;
  readonly quantity?: string;
  readonly adHoc?: boolean;
  readonly partId?: string | null;
}

function lineFaults(wanted: readonly Line[] | undefined, given: Given | undefined): readonly string[] {
  if (wanted === undefined) return [];
  const { lines = [] } = (given?.input ?? {}) as Partial<PurchaseOrderSubmitInput>;
  const told = lines.map(({ number, quantity, adHoc, partId }) => ({ number, quantity, adHoc, partId: partId ?? null }));
  return wanted.flatMap((line, index) => {
    const wrong = Object.entries(line).filter(
      ([field, value]) => (told[index] as unknown as Readonly<Record<string, unknown>> | undefined)?.[field] !== value,
    );
    return wrong.map(([field, value]) => `${field} of line ${index + 1} is not ${value}: ${JSON.stringify(told[index])}`);
  });
}

interface Attachment {
  readonly name: string;
  readonly bytes: number;
}

function attachmentFaults(wanted: Attachment, given: Given | undefined): readonly string[] {
  const { comments = [], lines = [] } = (given?.input ?? {}) as Partial<PurchaseOrderSubmitInput>;
  const all = [...comments, ...lines.flatMap((line) => line.comments ?? [])].flatMap(({ attachments = [] }) => attachments);
  const isThere = all.some(
    ({ name, bytes, content = '' }) =>
      name === wanted.name && bytes === wanted.bytes && Buffer.from(content, 'base64').length === wanted.bytes,
  );
  return isThere ? [] : [`the attachment is not there: ${JSON.stringify(all)}`];
}

function warningFaults(
  { body, contentType }: { readonly body: Buffer; readonly contentType: string },
  { warnings = 0 }: { readonly warnings?: unknown },
): readonly string[] {
  if (warnings === 0) return [];
  const { read } = readBody(messageOf(body).body, {}, contentType);
  const told = (read.surplus?.['warnings'] as readonly string[] | undefined) ?? [];
  return told.length >= Number(warnings) ? [] : [`${told.length} warnings are told`];
}
