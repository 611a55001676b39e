import { posix } from 'node:path';
import { textOf, type WorkspacePackage } from './workspace.ts';

/** One statement at the top level of a declaration file. */
interface Declaration {
  /** The names it declares; one, but for `export { a, b }`. */
  readonly name: string;
  readonly text: string;
}

interface Module {
  readonly file: string;
  readonly declarations: readonly Declaration[];
  /** Local name to the module and the name there. */
  readonly imports: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
  readonly reexports: readonly { readonly file: string; readonly names: readonly string[] | 'all' }[];
}

/**
 * The public API of a package as text: every declaration that its entries (those of `exports` with types) export, and those that
 * they mention, module by module and without comments. It relies on the regular shape of what the compiler writes.
 */
export function apiText({ folder, json: { name, exports } }: WorkspacePackage): string {
  const reader = new ApiReader();
  for (const file of Object.values(exports ?? {}).flatMap(typesOf)) reader.exportAll(posix.join(folder, file));
  const parts = [...reader.wanted.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([file, names]) => `// ${posix.basename(file, '.d.ts')}\n\n${texts(reader.module(file), names).join('\n')}\n`);
  return `// The public API of ${name}. Generated from its declaration files by scripts/generate.ts; do not edit.\n\n${parts.join('\n')}`;
}

/** The declaration file of an entry of `exports`; none for one that is a plain file. */
function typesOf(entry: unknown): readonly string[] {
  return typeof entry === 'object' && entry !== null && 'types' in entry ? [String(entry.types)] : [];
}

function texts(module: Module, names: ReadonlySet<string>): readonly string[] {
  return module.declarations.filter(({ name }) => names.has(name)).map(({ text }) => text);
}

class ApiReader {
  readonly wanted = new Map<string, Set<string>>();
  readonly #modules = new Map<string, Module>();

  module(file: string): Module {
    const known = this.#modules.get(file);
    if (known) return known;
    const read = readModule(file);
    this.#modules.set(file, read);
    return read;
  }

  exportAll(file: string): void {
    const { declarations, reexports } = this.module(file);
    for (const { name, text } of declarations) if (text.startsWith('export ')) this.want(file, name);
    for (const { file: from, names } of reexports) {
      if (names === 'all') this.exportAll(from);
      else for (const name of names) this.want(from, name);
    }
  }

  /** Takes a declaration in, and everything of ours that it mentions. */
  want(file: string, name: string): void {
    const { declarations, imports, reexports } = this.module(file);
    const found = declarations.filter((declaration) => declaration.name === name);
    if (found.length === 0) {
      for (const from of reexports) if (from.names === 'all' || from.names.includes(name)) this.want(from.file, name);
      return;
    }
    const names = this.wanted.get(file) ?? new Set();
    this.wanted.set(file, names);
    if (names.has(name)) return;
    names.add(name);
    const words = new Set(found.flatMap(({ text }) => text.match(/[A-Za-z_$][\w$]*/g) ?? []));
    for (const word of words) {
      const imported = imports.get(word);
      if (imported) this.want(imported.file, imported.name);
      else if (word !== name && declarations.some((declaration) => declaration.name === word)) this.want(file, word);
    }
  }
}

function readModule(file: string): Module {
  const text = textOf(file);
  if (text === undefined) throw new Error(`${file} is missing: build first.`);
  const statements = split(text);
  const resolve = (from: string) => posix.join(posix.dirname(file), from.replace(/\.[jt]s$/, '.d.ts'));
  const imports = new Map<string, { file: string; name: string }>();
  const reexports: { file: string; names: readonly string[] | 'all' }[] = [];
  const declarations: Declaration[] = [];
  for (const statement of statements) {
    const from = /from '(\.[^']+)';$/.exec(statement)?.[1];
    const list = /\{([^}]*)\}/.exec(statement)?.[1];
    const names = (list ?? '').split(',').map((item) => item.replace(/^\s*(type )?/, '').trim());
    if (statement.startsWith('import ')) {
      if (from) for (const item of names) imports.set(...importOf(item, resolve(from)));
    } else if (from) {
      reexports.push({ file: resolve(from), names: list === undefined ? 'all' : names.map((item) => item.split(' as ')[0] ?? item) });
    }
    const name = /^(?:export )?(?:declare )?(?:default )?(?:abstract )?(?:const|let|function|class|interface|type|enum) ([\w$]+)/.exec(
      statement,
    )?.[1];
    if (name) declarations.push({ name, text: statement });
    else if (statement.startsWith('export {') && statement !== 'export {};' && !from)
      declarations.push({ name: statement, text: statement });
  }
  return { file, declarations, imports, reexports };
}

function importOf(item: string, file: string): [string, { file: string; name: string }] {
  const [name = item, local = name] = item.split(' as ');
  return [local, { file, name }];
}

/** Statements without comments. The compiler starts each one in the first column and indents what belongs to it. */
function split(text: string): readonly string[] {
  const statements: string[] = [];
  for (const line of text.replaceAll(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, '').split('\n')) {
    if (line === '' || line.startsWith('//')) continue;
    if (/^[a-z]/.test(line)) statements.push(line);
    else if (statements.length > 0) statements[statements.length - 1] += `\n${line}`;
  }
  return statements;
}
