import { basename, dirname } from 'node:path';
import type { MessageFileDraft, MessageFileSource } from '@waybill/manifest';
import { layoutFromCopybook } from '@waybill/records';
import { type Dtd, type DtdPart, filesBelow, inferDtd, parseDtd } from '@waybill/xml/dtd';
import { stringify } from 'yaml';
import { errors } from '../errors.ts';
import { shapeOfLayout } from './from-copybook.ts';
import { DtdDraft, objectOf } from './from-dtd.ts';
import { kebabCase, typeName } from './names.ts';
import { schemaOf, typeScriptOf } from './shape.ts';

/**
 * Drafts a message file, and the TypeScript type of its command, from a DTD or from sample documents: the start of a definition, which people
 * complete. What could not be carried over is noted. A copybook becomes a layout instead, for `@waybill/records`. Throws `WB_MESSAGE_FILE_NO_ROOT`, and what `parseDtd`, `inferDtd`
 * and `layoutFromCopybook` throw.
 */
export function draft(source: MessageFileSource): MessageFileDraft {
  if (source.kind === 'copybook') return draftLayout(source);
  const { dtd, notes } = readSource(source);
  const root = rootOf(dtd, source.root);
  const drafting = new DtdDraft(dtd);
  const body = drafting.content(root);
  const element = dtd.elements.find(({ name }) => name === root);
  const fixed = element?.attributes.find(({ name }) => name === 'version')?.presence;
  const version = fixed?.kind === 'fixed' ? fixed.value : '1.0';
  const command = `${kebabCase(root)}.receive`;
  const shape = objectOf(body);
  const { additionalProperties: _closed, ...input } = schemaOf(shape);
  const file = {
    pack: kebabCase(root),
    summary: `The message ${root}.`,
    commands: { [command]: { summary: `Handles a ${root}.`, input: { ...input, additionalProperties: false } } },
    messages: [{ message: root, version, ...(source.kind === 'dtd' ? { doctype: basename(source.file) } : {}), command, body: body.nodes }],
  };
  return {
    file: `# A draft from ${from(source)}: name the fields as the application knows them, and say what the texts mean (id, amount, instant, …).\n${stringify(file, { lineWidth: 160, aliasDuplicateObjects: false })}`,
    types: `/** The input of ${command}. */\n${typeScriptOf(typeName(root), shape)}`,
    notes: [...notes, ...drafting.notes],
  };
}

function draftLayout({ file, text, root }: Extract<MessageFileSource, { readonly kind: 'copybook' }>): MessageFileDraft {
  const layout = layoutFromCopybook(text, root === undefined ? {} : { record: root });
  const name = typeName(layout.name === '' ? basename(file).replace(/\.[^.]*$/, '') : layout.name);
  return {
    file: `# The layout of ${basename(file)}, for RecordFormat of @waybill/records.\n${stringify(layout, { lineWidth: 160, aliasDuplicateObjects: false })}`,
    types: `/** What a record of ${basename(file)} holds. */\n${typeScriptOf(name, shapeOfLayout(layout))}`,
    notes: [],
  };
}

function readSource(source: Exclude<MessageFileSource, { readonly kind: 'copybook' }>): {
  readonly dtd: Dtd;
  readonly notes: readonly string[];
} {
  const told = (notes: readonly { readonly at: string; readonly message: string }[]) => notes.map(({ at, message }) => `${at}: ${message}`);
  if (source.kind === 'dtd') {
    const { dtd, notes } = parseDtd(source.text, { systemId: basename(source.file), load: filesBelow(dirname(source.file)) });
    return { dtd, notes: told(notes) };
  }
  const { dtd, notes } = inferDtd(source.samples.map(({ file, body }) => ({ name: basename(file), body })));
  return { dtd, notes: told(notes) };
}

function from(source: Exclude<MessageFileSource, { readonly kind: 'copybook' }>): string {
  return source.kind === 'dtd' ? basename(source.file) : source.samples.map(({ file }) => basename(file)).join(', ');
}

/** The element that no other contains, unless one is named. */
function rootOf(dtd: Dtd, wanted: string | undefined): string {
  const names = dtd.elements.map(({ name }) => name);
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted;
    throw errors.WB_MESSAGE_FILE_NO_ROOT(`No element ${wanted} is declared.`, { hint: `There are: ${names.slice(0, 12).join(', ')}.` });
  }
  const inner = new Set(
    dtd.elements.flatMap(({ content }) =>
      content.kind === 'children' ? namesIn(content.group) : content.kind === 'mixed' ? content.names : [],
    ),
  );
  const roots = names.filter((name) => !inner.has(name));
  const [only, ...more] = roots;
  if (only !== undefined && more.length === 0) return only;
  const says =
    only === undefined
      ? 'Every element is inside of another one.'
      : `Several elements are inside of no other: ${roots.slice(0, 12).join(', ')}.`;
  throw errors.WB_MESSAGE_FILE_NO_ROOT(says, {});
}

function namesIn(part: DtdPart): readonly string[] {
  return part.kind === 'element' ? [part.name] : part.parts.flatMap(namesIn);
}
