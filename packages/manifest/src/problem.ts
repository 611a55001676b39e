import { isAbsolute, relative } from 'node:path';
import { WaybillError } from '@waybill/contract';
import { type ManifestErrorCode, errors as table } from './errors.ts';

/** Where something stands. `order` counts through the manifest, also where there are no lines. */
export interface Spot {
  /** From 1. Missing in a manifest that was given as an object. */
  readonly line?: number | undefined;
  /** From 1, in UTF-16 code units as editors count. */
  readonly column?: number | undefined;
  readonly order: number;
}

/** One thing that is wrong with a manifest, or with a file that it names. Holds neither secrets nor anything that came from the environment or a file. */
export interface Problem {
  /** Of this package, or of whoever else has looked at what the manifest names. */
  readonly code: string;
  /** An error stops the start. With a warning Waybill runs, and something that the manifest asks for is not promised. */
  readonly severity: 'error' | 'warning';
  /** One sentence: what and why. */
  readonly message: string;
  /** Such as `inbound.invoices.connection` or `routes[0].to[1]`; empty for the manifest as a whole. */
  readonly path: string;
  /** The absolute path of the manifest or of the file that it names, or a word for a manifest that was given as an object. */
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** What to do next. */
  readonly hint: string;
}

export interface Finding {
  readonly code: ManifestErrorCode;
  readonly message: string;
  readonly path: string;
  readonly spot: Spot;
  /** The absolute path of a file that the manifest names, where the spot is in that. */
  readonly file?: string | undefined;
  /** Where more can be said than the remedy of the code. */
  readonly hint?: string | undefined;
}

/** Turns findings into problems in the order of the manifest's text. */
export function problemsOf(errors: readonly Finding[], warnings: readonly Finding[], file: string): readonly Problem[] {
  const all = [
    ...errors.map((finding) => ({ ...finding, severity: 'error' as const })),
    ...warnings.map((finding) => ({ ...finding, severity: 'warning' as const })),
  ];
  const inOrder = all.sort((a, b) => inFile(a, b) || place(a.spot) - place(b.spot) || a.spot.order - b.spot.order);
  return inOrder.map(({ code, severity, message, path, spot, file: named, hint }) => ({
    code,
    severity,
    message,
    path,
    file: named ?? file,
    ...(spot.line === undefined ? {} : { line: spot.line, column: spot.column }),
    hint: hint ?? table[code].remedy,
  }));
}

/** Lines have far fewer columns than this, as a manifest has at most 4 MB. */
const longestLine = 2 ** 23;

/** The manifest itself comes first. */
function inFile(a: Finding, b: Finding): number {
  return (a.file ?? '').localeCompare(b.file ?? '');
}

function place(spot: Spot): number {
  return (spot.line ?? 0) * longestLine + (spot.column ?? 0);
}

/** A manifest that cannot be used. Carries every problem that was found, warnings among them, not just the first. */
export class ManifestError extends WaybillError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const { length } = problems.filter(({ severity }) => severity === 'error');
    const count = length === 1 ? 'one problem' : `${length} problems`;
    super('WB_MANIFEST_INVALID', `The manifest has ${count}; nothing was started.\n\n${formatProblems(problems)}`, {
      at: problems[0]?.file,
      hint: table.WB_MANIFEST_INVALID.remedy,
    });
    this.problems = problems;
  }
}

export interface FormatOptions {
  /** Files inside this folder are shown relative to it. Default: the working folder. */
  readonly from?: string | undefined;
  /** Makes a code stand out. Default: it stays as it is. */
  readonly loud?: ((code: string, severity: Problem['severity']) => string) | undefined;
}

/** The problems as text for a terminal: code and sentence, place, hint; an empty line between two problems. */
export function formatProblems(problems: readonly Problem[], { from = process.cwd(), loud = (code) => code }: FormatOptions = {}): string {
  return problems.map((problem) => formatProblem(problem, from, loud)).join('\n\n');
}

function formatProblem(problem: Problem, from: string, loud: NonNullable<FormatOptions['loud']>): string {
  const position = problem.line === undefined ? '' : `:${problem.line}:${problem.column}`;
  const at = `  at    ${shorten(problem.file, from)}${position}${problem.path === '' ? '' : `  ${problem.path}`}`;
  const severity = problem.severity === 'warning' ? 'Warning: ' : '';
  return [`${loud(problem.code, problem.severity)}  ${severity}${problem.message}`, at, `  hint  ${problem.hint}`].join('\n');
}

function shorten(file: string, from: string): string {
  if (!isAbsolute(file)) return file;
  const short = relative(from, file);
  return short === '' || short.startsWith('..') ? file : short;
}
