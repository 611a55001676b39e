import { guaranteeWords, table } from '@waybill/cli';
import { withoutComments } from '../../test/house/imports.ts';
import { packages, sourcesOf, textOf } from './workspace.ts';

export interface Guarantee {
  readonly side: 'receiving' | 'sending';
  readonly name: string;
  /** The files that read it from a transport, relative to the root. */
  readonly readers: readonly string[];
}

const interfaces = { receiving: 'ReceiveGuarantees', sending: 'SendGuarantees' } as const;

/** Every guarantee of the contract, and who reads it among the sources of the kernel and of the manifest check. */
export function guarantees(): readonly Guarantee[] {
  const declared = textOf('packages/contract/src/transport/guarantees.ts') ?? '';
  const sources = packages.filter(({ room }) => ['kernel', 'manifest'].includes(room)).flatMap(sourcesOf);
  const reads = sources.map((file) => ({ file, names: namesReadIn(withoutComments(textOf(file) ?? '')) }));
  return (['receiving', 'sending'] as const).flatMap((side) =>
    namesOf(declared, interfaces[side]).map((name) => ({
      side,
      name,
      readers: reads.filter(({ names }) => names.has(name)).map(({ file }) => file),
    })),
  );
}

function namesOf(declared: string, type: string): readonly string[] {
  const [, body = ''] = new RegExp(`export interface ${type} \\{([\\s\\S]*?)\\n\\}`).exec(withoutComments(declared)) ?? [];
  return [...body.matchAll(/^ {2}readonly (\w+):/gm)].map(([, name = '']) => name);
}

/**
 * `guarantees.ordered`, `const { waits } = side.guarantees`, and a parameter `{ exclusive }: ReceiveGuarantees`. Nothing else
 * counts as reading.
 */
function namesReadIn(text: string): ReadonlySet<string> {
  const members = [...text.matchAll(/\bguarantees\??\.(\w+)/g)].map(([, name = '']) => name);
  const taken = /\{([^{}]*)\}(?:\s*=\s*[^;{}]*\bguarantees\s*;|\s*:\s*(?:Receive|Send)Guarantees\b)/g;
  const parts = [...text.matchAll(taken)].flatMap(([, names = '']) => names.split(',').map((name) => name.trim().split(':')[0] ?? ''));
  return new Set([...members, ...parts]);
}

/** The text of `docs/guarantees.md`. */
export function guaranteesPage(): string {
  return `<!-- Generated from the contract and from those who read it by scripts/generate.ts. Do not edit. -->

# Guarantees of transports

What a transport keeps to is declared beside the code that keeps it, proved by the suite for transports, and read by those
who rely on it. \`waybill docs\` shows what each installed transport declares.

${(['receiving', 'sending'] as const).map(section).join('\n')}`;
}

function section(side: Guarantee['side']): string {
  const rows = guarantees()
    .filter((one) => one.side === side)
    .map(({ name, readers }) => [`\`${name}\``, meanings(side, name), readers.map((file) => `[${short(file)}](../${file})`).join(', ')]);
  return `## ${side === 'receiving' ? 'Receiving' : 'Sending'}\n\n${table(['guarantee', 'what its values mean', 'read by'], rows)}\n`;
}

function meanings(side: Guarantee['side'], name: string): string {
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = guaranteeWords[side];
  return Object.entries(words[name] ?? {})
    .map(([value, means]) => `\`${value}\`: ${means}`)
    .join(' ');
}

/** `kernel/inbound/intake.ts` */
function short(file: string): string {
  return file.replace(/^packages\//, '').replace('/src/', '/');
}
