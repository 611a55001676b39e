import { type ProbedConnection, probeConnections } from '@waybill/kernel';
import { type CheckedManifest, checkManifest, formatProblems, readManifest } from '@waybill/manifest';
import { errorReport, errorText } from '../error-text.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { manifestFile } from '../manifest-file.ts';
import { json, type Terminal } from '../terminal.ts';

export interface CheckOptions {
  readonly connect?: boolean;
  readonly json?: boolean;
}

/** `waybill check`: everything that can be said about a manifest without starting it. */
export async function check(named: string | undefined, options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const file = manifestFile(named);
  const result = checkManifest(readManifest(file), { env: process.env });
  if ('problems' in result) {
    terminal.out(options.json ? json({ file, ok: false, problems: result.problems }) : problemsText(result.problems));
    return result.problems.some(({ code }) => code === 'WB_MANIFEST_UNREADABLE') ? exitCode.usage : exitCode.failed;
  }
  const connections = options.connect ? await probeConnections(result.manifest) : undefined;
  const ok = connections?.every(({ error }) => error === undefined) ?? true;
  if (options.json) {
    const probed = connections?.map((one) => ({ ...nameOf(one), ok: !one.error, error: one.error && errorReport(one.error) }));
    terminal.out(json({ file, ok, problems: [], ...(probed ? { connections: probed } : {}) }));
    return ok ? exitCode.done : exitCode.failed;
  }
  terminal.out(`${file} is in order: ${contents(result.manifest)}.`);
  for (const one of connections ?? []) terminal.out(probedText(one));
  return ok ? exitCode.done : exitCode.failed;
}

function nameOf({ connection: { name, plugin } }: ProbedConnection): { readonly name: string; readonly transport: string } {
  return { name, transport: plugin.card.name };
}

function probedText(probed: ProbedConnection): string {
  const { name, transport } = nameOf(probed);
  if (!probed.error) return `Connection ${name} (${transport}) answers.`;
  return `\nConnection ${name} (${transport}) does not answer.\n${errorText(probed.error)}`;
}

function problemsText(problems: Parameters<typeof formatProblems>[0]): string {
  return `${formatProblems(problems)}\n\n${count(problems.length, 'problem')}.`;
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
