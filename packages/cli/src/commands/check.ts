import { type CheckedManifest, checkManifest, formatProblems, type Problem, readManifest } from '@waybill/manifest';
import type { Probed } from '@waybill/plugin-host';
import { errorReport, errorText } from '../error-text.ts';
import { codeOfProblems, type ExitCode, exitCode } from '../exit-code.ts';
import { manifestFile } from '../manifest-file.ts';
import { problemsOfMessageFiles, together } from '../plugins/message-files.ts';
import { json, type Terminal } from '../terminal.ts';

export interface CheckOptions {
  /** Also opens what the manifest needs, and closes it again. */
  readonly connect?: boolean;
  /** Warnings count as errors. */
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `waybill check`: everything that can be said about a manifest without starting it. */
export async function check(
  named: string | undefined,
  { connect, strict, json: asJson }: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const file = manifestFile(named);
  const source = readManifest(file);
  const result = checkManifest(source, { env: process.env });
  const inFiles = await problemsOfMessageFiles(source);
  const problems = together('problems' in result ? result.problems : result.manifest.warnings, inFiles);
  if ('problems' in result || inFiles.some(({ severity }) => severity === 'error')) {
    terminal.out(asJson ? json({ file, ok: false, problems }) : problemsText(problems, terminal));
    return codeOfProblems(problems);
  }
  const { manifest } = result;
  const refused = strict === true && problems.length > 0;
  const probed = connect && !refused ? await probe(manifest) : undefined;
  const ok = !refused && (probed ?? []).every(({ error }) => error === undefined);
  if (asJson) terminal.out(json({ file, ok, problems, probed: probed?.map(probedReport) }));
  else {
    if (problems.length > 0) terminal.out(`${problemsText(problems, terminal)}\n`);
    if (!refused) terminal.out(`${file} is in order: ${contents(manifest)}.`);
    if (probed) terminal.out(probedText(probed, terminal));
  }
  return ok ? exitCode.done : exitCode.failed;
}

/** What calls plugins takes longer to load than a check without it. */
async function probe(manifest: CheckedManifest): Promise<readonly Probed[]> {
  const { probeManifest } = await import('@waybill/plugin-host');
  return probeManifest(manifest);
}

function probedReport({ error, ...about }: Probed): object {
  return { ...about, ok: !error, error: error && errorReport(error) };
}

/** What was tried, and how its success and its failure are called. */
const words: Readonly<Record<Probed['kind'], readonly [subject: string, well: string, badly: string]>> = {
  journal: ['The journal', 'can be opened', 'cannot be opened'],
  application: ['The application', 'can be loaded', 'cannot be used'],
  connection: ['Connection', 'answers', 'does not answer'],
  inbound: ['Inbound', 'can be opened', 'cannot be opened'],
  outbound: ['Outbound', 'can be opened', 'cannot be opened'],
};

/** A line for each that is well, and a paragraph for each that is not. */
export function probedText(probed: readonly Probed[], { loudResult }: Terminal): string {
  const texts = probed.map(({ kind, name, transport, error }) => {
    const [subject, well, badly] = words[kind];
    const about = `${subject} ${name}${transport === undefined ? '' : ` (${transport})`}`;
    return error ? `\n${about} ${badly}.\n${errorText(error, loudResult)}\n` : `${about} ${well}.`;
  });
  return texts.join('\n').replaceAll('\n\n\n', '\n\n').trimEnd();
}

function problemsText(problems: readonly Problem[], { loudResult: loud }: Terminal): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const counts = [...(errors > 0 ? [count(errors, 'problem')] : []), ...(warnings > 0 ? [count(warnings, 'warning')] : [])];
  return `${formatProblems(problems, { loud })}\n\n${counts.join(' and ')}.`;
}

function contents({ plugins, connections, inbound, outbound, routes }: CheckedManifest): string {
  const parts = [
    count(plugins.length, 'plugin'),
    count(connections.length, 'connection'),
    `${inbound.length} inbound and ${outbound.length} outbound ${inbound.length + outbound.length === 1 ? 'entry' : 'entries'}`,
    count(routes.length, 'route'),
  ];
  return parts.join(', ');
}

function count(amount: number, word: string): string {
  return `${amount} ${word}${amount === 1 ? '' : 's'}`;
}
