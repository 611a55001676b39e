import { resolve } from 'node:path';
import { typeName } from '@waybill/contract';
import { type MessageFileDraft, type MessageFileSource, mainModule } from '@waybill/manifest';
import { errors } from '../errors.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { readBytes, writeBytes } from '../files.ts';
import { findMessage, loadPacks, type PluginChoice } from '../plugins/packs.ts';
import { findReader } from '../plugins/plugin-packages.ts';
import type { Terminal } from '../terminal.ts';

export interface TypesOptions extends PluginChoice {
  /** The outermost element, where a DTD does not tell. */
  readonly root?: string;
  /** A message of an installed pack, whose grammar is printed instead. */
  readonly printDtd?: string;
  /** True: the file is a COBOL copybook, and becomes a layout. */
  readonly copybook?: boolean;
  /** Where to write the message file; default standard output. */
  readonly out?: string;
  /** Where to write the TypeScript types. Default: nowhere. */
  readonly typescript?: string;
}

/** `waybill types`: a message file and TypeScript types from a DTD or from sample documents, a layout from a copybook; or the DTD of a message. */
export async function drafts(files: readonly string[], options: TypesOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.printDtd !== undefined) {
    terminal.out((await grammarOf(options.printDtd, options)).trimEnd());
    return exitCode.done;
  }
  const { file, types: declared, notes } = await draftOf(sourceOf(files, options));
  if (options.out === undefined) terminal.out(file.trimEnd());
  else writeBytes(options.out, file);
  if (options.typescript !== undefined) writeBytes(options.typescript, declared);
  for (const note of notes) terminal.err(`note  ${note}`);
  return exitCode.done;
}

/** Throws `WB_CLI_NO_GRAMMAR` where the pack tells none. */
async function grammarOf(name: string, choice: PluginChoice): Promise<string> {
  const { pack, type } = findMessage(await loadPacks(choice), name);
  const grammar = await type.grammar?.();
  if (grammar !== undefined) return grammar.text;
  throw errors.WB_CLI_NO_GRAMMAR(`The pack ${pack.name} tells no grammar of ${typeName(type)}.`);
}

/** Throws `WB_CLI_BAD_OPTION` where no file is named, or DTDs and samples are mixed. */
function sourceOf(files: readonly string[], { root, copybook = false }: TypesOptions): MessageFileSource {
  const read = files.map((file) => ({ file: resolve(file), body: readBytes(file) }));
  const [first, ...more] = read;
  if (first === undefined)
    throw errors.WB_CLI_BAD_OPTION('No file is named.', { hint: 'Name a DTD, or one or several sample documents of one message.' });
  if (copybook && more.length > 0)
    throw errors.WB_CLI_BAD_OPTION('A layout is made from one copybook.', { hint: 'Name them one after the other.' });
  if (copybook) return { kind: 'copybook', file: first.file, text: new TextDecoder().decode(first.body), root };
  const dtds = read.filter(({ file }) => /\.(dtd|mod|ent)$/i.test(file));
  if (dtds.length === 0) return { kind: 'samples', samples: read, root };
  if (more.length > 0)
    throw errors.WB_CLI_BAD_OPTION('A draft is made from one DTD, or from samples.', {
      hint: 'Name the DTD alone: it says itself which modules belong to it.',
    });
  return { kind: 'dtd', file: first.file, text: new TextDecoder().decode(first.body), root };
}

async function draftOf(source: MessageFileSource): Promise<MessageFileDraft> {
  const { readerOf } = await import('@waybill/plugin-host');
  const folder = findReader(process.cwd());
  return (await readerOf(mainModule(folder) ?? folder)).draftMessageFile(source);
}
