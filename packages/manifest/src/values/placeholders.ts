import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { suggestion } from '../did-you-mean.ts';
import type { Finding } from '../problem.ts';
import { itemPath, keyPath, type ManifestNode, type ScalarNode } from '../read/node.ts';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

const placeholder = /\$\$\{|\$\{([^}]*)\}?/g;
const largestFile = 1024 ** 2;

/**
 * Replaces `${env:NAME}` and `${file:path}` in every text of the manifest; `$${` becomes `${`. A file loses one newline
 * at its end. What was replaced keeps its written form for messages. Keys stay as they are.
 */
export function fillPlaceholders(root: ManifestNode, around: Surroundings, findings: Finding[]): ManifestNode {
  return fill(root, '', around, findings);
}

function fill(node: ManifestNode, path: string, around: Surroundings, findings: Finding[]): ManifestNode {
  if (node.kind === 'scalar') return fillText(node, path, around, findings);
  if (node.kind === 'list') return { ...node, items: node.items.map((item, index) => fill(item, itemPath(path, index), around, findings)) };
  const entries = Array.from(node.entries.values(), (entry) => {
    return [entry.key, { ...entry, value: fill(entry.value, keyPath(path, entry.key), around, findings) }] as const;
  });
  return { ...node, entries: new Map(entries) };
}

function fillText(node: ScalarNode, path: string, around: Surroundings, findings: Finding[]): ScalarNode {
  const text = node.value;
  if (typeof text !== 'string' || !text.includes('${')) return node;
  let replaced = false;
  let failed = false;
  const value = text.replace(placeholder, (whole, inside: string | undefined) => {
    if (inside === undefined) return '${';
    replaced = true;
    const found = whole.endsWith('}') ? look(inside, around) : unclosed(whole);
    if ('value' in found) return found.value;
    failed = true;
    findings.push({ ...found, path, spot: node.spot });
    return whole;
  });
  return replaced ? { ...node, value, written: text, failed } : { ...node, value };
}

type Found = { readonly value: string } | Pick<Finding, 'code' | 'message' | 'hint'>;

function look(inside: string, around: Surroundings): Found {
  const [, scheme, name = ''] = /^(\w*):(.*)$/s.exec(inside) ?? [];
  if (name !== '' && scheme === 'env') return lookUpVariable(name, around.env);
  if (name !== '' && scheme === 'file') return lookUpFile(name, around.folder);
  const near = scheme === undefined ? undefined : suggestion(scheme, ['env', 'file']);
  return bad(
    `\${${inside}}`,
    near ?? (scheme === undefined ? `Write \${env:${inside || 'NAME'}} to read an environment variable.` : undefined),
  );
}

function unclosed(text: string): Found {
  return bad(text.length > 40 ? `${text.slice(0, 40)}…` : text, 'The closing brace } is missing.');
}

function bad(text: string, hint: string | undefined): Found {
  const escape = 'Placeholders are ${env:NAME} and ${file:path}; write $${ for a literal ${.';
  return { code: 'WB_MANIFEST_BAD_PLACEHOLDER', message: `"${text}" is not a placeholder.`, hint: hint ? `${hint} ${escape}` : escape };
}

function lookUpVariable(name: string, env: Surroundings['env']): Found {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value !== undefined) return { value };
  const near = suggestion(name, Object.keys(env));
  return {
    code: 'WB_MANIFEST_MISSING_VARIABLE',
    message: `The environment variable ${name} is not set.`,
    hint: near ?? `Set ${name} for the process that runs Waybill.`,
  };
}

function lookUpFile(name: string, folder: string): Found {
  const file = resolve(folder, name);
  try {
    if (statSync(file).size > largestFile) return missingFile(name, 'it is larger than 1 MB');
    return { value: readFileSync(file, 'utf8').replace(/\r?\n$/, '') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return missingFile(name, code === 'ENOENT' ? 'there is no such file' : `the system says ${code}`);
  }
}

function missingFile(name: string, why: string): Found {
  return {
    code: 'WB_MANIFEST_MISSING_FILE',
    message: `The file ${name} cannot be read: ${why}.`,
    hint: 'The path is relative to the folder of the manifest.',
  };
}
