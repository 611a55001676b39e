import type { JournalEntry, Message } from '@waybill/contract';
import type { RecipientState } from '@waybill/contract/host';
import { byOf } from '../desk/confirm.ts';
import { type DeskOptions, withDesk } from '../desk/open-desk.ts';
import { counted, printable, table, timeText } from '../desk/table.ts';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { json, type Terminal } from '../terminal.ts';
import { type Content, contentOf, recipientsOf, withoutPersons } from './content.ts';
import { type Place, rowNamed } from './find-row.ts';
import { markText } from './replay/texts.ts';
import { stageText } from './stage-text.ts';

/** Bytes that can be written as they are. */
type Part = 'body' | 'original' | 'reply';

export interface ShowOptions extends DeskOptions, Place, Partial<Readonly<Record<Part, boolean>>> {
  /** Shows what is secret or personal, and records who has seen it. */
  readonly reveal?: boolean | undefined;
  readonly by?: string | undefined;
  readonly why?: string | undefined;
  readonly json?: boolean | undefined;
}

/** `waybill messages show`: all that the journal knows of one message, or one of its bodies as it is. */
export async function show(id: string, options: ShowOptions, terminal: Terminal): Promise<ExitCode> {
  const { reveal = false } = options;
  const part = partOf(options);
  if (part && !reveal) throw errors.WB_CLI_HIDDEN(`--${part} shows bytes, in which nothing can be masked.`);
  await withDesk(
    options,
    async (open) => {
      const { direction, entry } = await rowNamed(open.desk, id, options);
      const key = { direction, entry, id };
      const shown = await (reveal ? open.desk.reveal(key, byOf(options)) : open.desk.show(key));
      if (!shown) throw errors.WB_CLI_UNKNOWN_ID(`The journal has no message ${id} any more.`);
      if (part) return terminal.bytes(bytesOf(shown, part));
      const content = contentOf(shown, open, reveal);
      const facts = reveal ? shown : withoutPersons(shown, content.tagged);
      const states = recipientsOf(shown, reveal);
      terminal.out(options.json ? json(reportOf(facts, states, content, reveal)) : textOf(facts, states, content));
    },
    { withPacks: !part },
  );
  return exitCode.done;
}

function partOf(options: ShowOptions): Part | undefined {
  const [only, other] = (['body', 'original', 'reply'] as const).filter((part) => options[part]);
  if (only && other) throw errors.WB_CLI_BAD_FILTER(`--${only} and --${other} exclude each other.`);
  return only;
}

function bytesOf({ id, message, original, reply }: JournalEntry, part: Part): Uint8Array {
  const bytes = { body: message?.body, original, reply: reply?.body }[part];
  if (bytes) return bytes;
  throw errors.WB_CLI_NO_BODY(`The journal has no ${part} of ${id}.`);
}

/** As a machine reads it. Bodies are there where they may be seen: as text, else in base64. */
function reportOf(
  shown: JournalEntry,
  recipientStates: readonly RecipientState[],
  { meaning, unread }: Content,
  isRevealed: boolean,
): object {
  const { message, reply, original, ...facts } = shown;
  const withBytes = (one: Message | undefined) => one && { ...one, body: undefined, ...bytesReport(one.body, isRevealed) };
  return {
    ...facts,
    recipientStates,
    message: withBytes(message),
    original: original && bytesReport(original, isRevealed),
    reply: withBytes(reply),
    meaning,
    unread,
    masked: !isRevealed,
  };
}

function bytesReport(body: Uint8Array, isRevealed: boolean): object {
  const bytes = body.byteLength;
  if (!isRevealed) return { bytes };
  try {
    return { bytes, body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body) };
  } catch {
    return { bytes, bodyBase64: Buffer.from(body).toString('base64') };
  }
}

/** As a person reads it. */
function textOf(shown: JournalEntry, states: readonly RecipientState[], { meaning, unread }: Content): string {
  const { failures, reports, message, reply } = shown;
  const parts = [
    factLines(shown),
    section(
      'attempts that failed',
      failures.map(({ at, code, kind, reason }) => `${timeText(at)}  ${code}  ${kind}  ${reason}`),
    ),
    section(
      'recipients',
      states.map((one) => `${one.address ?? 'its recipient'}  ${stageText(one)}  ${one.detail ?? ''}`),
    ),
    section(
      'reports',
      reports.map(({ at, kind, recipient, detail }) => `${timeText(at)}  ${kind}  ${recipient ?? ''}  ${detail ?? ''}`),
    ),
    message ? section('message', messageLines(message)) : '',
    reply ? section('reply', messageLines(reply)) : '',
    meaning ? `meaning\n${indented(json(meaning).split('\n'))}` : `meaning  none: ${unread}.`,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function factLines(shown: JournalEntry): string {
  const { direction, entry, id, state, type, event, store, orderKey, businessKeys, cause, trace, original } = shown;
  const { attempts, recordedAt, changedAt, code, reason, detail, replayed } = shown;
  const keys = Object.entries(businessKeys).map(([name, value]) => `${name}=${[value].flat().join(',')}`);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['state', code === undefined ? state : `${state}: ${code} ${reason ?? ''}`],
    ['type', type],
    ['event', event || undefined],
    ['store', store],
    ['recorded', timeText(recordedAt)],
    ['changed', timeText(changedAt)],
    ['failed', attempts === 0 ? undefined : counted(attempts, 'time')],
    ['replayed', replayed && `${markText(replayed)} at ${timeText(replayed.at)}`],
    ['order key', orderKey],
    ['keys', keys.length === 0 ? undefined : keys.join(' ')],
    ['caused by', cause],
    ['trace', trace],
    ['went to', detail],
    ['edited', original && `the body that came had ${original.byteLength} bytes (--original)`],
  ];
  return `${printable(`${direction} ${entry} ${id}`)}\n${pairs(facts)}`;
}

function messageLines(message: Message): readonly string[] {
  const { body, contentType, type, createdAt, correlationId, replyTo, priority, expiresAt, properties } = message;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['bytes', String(body.byteLength)],
    ['content', contentType],
    ['type', type],
    ['made', timeText(createdAt)],
    ['answers', correlationId],
    ['reply to', replyTo],
    ['priority', priority?.toString()],
    ['expires', expiresAt === undefined ? undefined : timeText(expiresAt)],
    ...Object.entries(properties).map(([name, value]) => [`property ${name}`, value] as const),
  ];
  return pairs(facts, '').split('\n');
}

function pairs(facts: readonly (readonly [string, string | undefined])[], indent = '  '): string {
  const known = facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const [, ...lines] = table([{ title: '' }, { title: '' }], known, Number.POSITIVE_INFINITY).split('\n');
  return lines.map((line) => indent + line).join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${indented(lines)}`;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${printable(line).trimEnd()}`).join('\n');
}
