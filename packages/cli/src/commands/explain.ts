import { typeName } from '@waybill/contract';
import { code, table } from '../docs/markdown.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { findMessage, type KnownMessage, loadPacks, type PluginChoice } from '../plugins/packs.ts';
import { json, type Terminal } from '../terminal.ts';

export interface ExplainOptions extends PluginChoice {
  readonly json?: boolean;
}

/** `waybill explain`: what is in a message, field by field, and where each field lives in its command or event. */
export async function explain(name: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const known = findMessage(await loadPacks(options), name);
  terminal.out(options.json ? json(report(known)) : page(known));
  return exitCode.done;
}

function report({ pack, type }: KnownMessage): object {
  const { name, version, direction, summary, reply } = type;
  const commands = type.commands?.map((command) => command.name);
  return { pack: pack.name, name, version, direction, summary, commands, event: type.event?.name, reply, fields: type.fields?.() };
}

function page({ pack, type }: KnownMessage): string {
  const fields = (type.fields?.() ?? []).map(({ path, occurs, type: holds, description, field }) => [
    code(path),
    occurs,
    holds,
    field === undefined ? '' : code(field),
    description ?? '',
  ]);
  return [
    `# ${type.name} ${type.version}`,
    type.summary,
    meaning({ pack, type }),
    ...(fields.length > 0 ? [table(['field', 'occurs', 'holds', 'in the data', 'what it is'], fields)] : []),
  ].join('\n\n');
}

/** What a message is for whom. */
function meaning({ pack, type }: KnownMessage): string {
  const { commands = [], event, reply, direction } = type;
  const names = commands.map(({ name }) => code(name));
  const says = [
    ...(names.length > 0 ? [`asks for ${names.join(', ')}`] : []),
    ...(event ? [`tells of ${code(event.name)}`] : []),
    ...(reply ? [`is answered with ${code(typeName(reply))}`] : []),
  ];
  const kind = direction === 'in' ? 'An inbound message' : 'An outbound message';
  return `${kind} of the pack ${code(pack.name)}${says.length > 0 ? `: it ${says.join(', and ')}` : ''}.`;
}
