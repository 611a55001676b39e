import { LiquidError } from 'liquidjs';
import { didYouMean } from '../did-you-mean.ts';
import type { SourceFile } from '../folder/catalogue.ts';
import type { Problem } from '../problem.ts';
import { shiftedBy } from './standalone-lines.ts';

export interface FaultContext {
  /** The file that was parsed or rendered; what is wrong may be in a partial. */
  readonly file: SourceFile;
  readonly engine: { readonly part: 'text' | 'html'; readonly filterNames: readonly string[]; readonly tagNames: readonly string[] };
  /** The source of a file by its path. */
  readonly sourceOf?: (path: string) => string | undefined;
  /** Which file has this source, for faults of which liquidjs does not tell the file. */
  readonly fileWith?: (source: string) => string | undefined;
}

/** What liquidjs found wrong, with its places. */
export function problemsIn(error: unknown, context: FaultContext): readonly Problem[] {
  return single(error).map((each) => problemIn(each, context));
}

/** An error that stands for several is taken apart. */
function single(error: unknown): readonly unknown[] {
  const { errors, originalError } = (error ?? {}) as { readonly errors?: unknown; readonly originalError?: unknown };
  if (Array.isArray(errors)) return errors.flatMap(single);
  return originalError !== undefined && single(originalError)[0] !== originalError ? single(originalError) : [error];
}

function problemIn(error: unknown, context: FaultContext): Problem {
  const { file, sourceOf, fileWith } = context;
  if (!LiquidError.is(error)) return { file: file.path, what: sentence(messageOf(error)) };
  const { token } = error;
  const path = token.file ?? fileWith?.(token.input) ?? file.path;
  const [line, column] = token.getPosition() as [number, number];
  const source = (path === file.path ? file.source : sourceOf?.(path)) ?? '';
  const shift = context.engine.part === 'text' ? shiftedBy(source, line) : 0;
  return { file: path, line, column: column + shift, what: told(error, context) };
}

/** In our words where liquidjs is short, and without the place, which is told beside. */
function told(error: LiquidError, { engine }: FaultContext): string {
  const plain = messageOf(error.originalError ?? error).replace(/, (?:file:.*, )?line:\d+, col:\d+$/s, '');
  const [, filter] = /^undefined filter: (.+)$/s.exec(plain) ?? [];
  if (filter !== undefined) return unknownFilter(filter, engine.filterNames);
  const [, tag] = /^tag "(.+)" not found$/s.exec(plain) ?? [];
  if (tag !== undefined) return `There is no tag "${tag}". ${didYouMean(tag, engine.tagNames)}`.trimEnd();
  const [, name] = /^undefined variable: (.+)$/s.exec(plain) ?? [];
  if (name === undefined) return sentence(plain);
  return `"${name}" is not there in this event. Ask first, {% if ${name} %}, or say what stands there instead, {{ ${name} | default: "" }}.`;
}

/** Filters that others have and these templates do not, and what to write instead. */
const instead: Readonly<Record<string, string>> = {
  raw: 'For HTML that nobody but you has written: trusted_html; for texts with tags in them: t_html.',
  escape: 'Nothing has to be escaped: in HTML everything is, in a text nothing may be.',
  round: 'Amounts stay exact; "money" and "number" write them.',
  divided_by: 'Amounts stay exact: let the application divide, which knows how to round.',
};

function unknownFilter(name: string, known: readonly string[]): string {
  return `There is no filter "${name}". ${instead[name] ?? didYouMean(name, known)}`.trimEnd();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(start) ? start : `${start}.`;
}
