import { isWaybillError } from '@waybill/contract';
import type { Group, Node } from '@waybill/mapping';
import { defineTaggedMessage, recordReadingOptions, TaggedFormat, type TaggedFormatOptions } from '@waybill/records';
import type { Envelope, Format, FormattedMessage, FrameSpec, HowToRead } from './format.ts';
import { fieldKinds, layoutOf, mixedIn, tagOf } from './records-layout.ts';

/** Messages of tagged segments, `<TAG>fields</TAG>`, whose fields have widths. Records without tags need code still. */
export const records: Format = {
  contentType: 'text/plain; charset=utf-8',
  options: recordReadingOptions,
  frames: ['ecedoc'],
  nameOf(written) {
    const [, name = '', , width] = /^([A-Za-z][\w.-]*)( (\d{1,6}))?$/.exec(written) ?? [];
    if (name === '') return { objection: 'is no name of a tag or field' };
    return { name, width: width === undefined ? undefined : Number(width) };
  },
  objectionToNode(node, width) {
    if (fieldKinds.includes(node.kind))
      return width === undefined ? 'has no width: write it behind the name, as in "OrderNumber 10"' : undefined;
    if (width !== undefined) return 'has a width, and only fields have one';
    return node.kind === 'group' || node.kind === 'entries' ? undefined : `is of a kind that records do not have (${node.kind})`;
  },
  hasDefault: () => true,
  objectionToFrame: ({ doctype, credentials }) =>
    doctype === undefined && credentials === undefined ? undefined : 'Records have neither a DOCTYPE nor credentials.',
  define(spec, body, { command, widths }) {
    const root = rootOf(spec, body, command);
    const message = defineTaggedMessage<Envelope>({ tag: tagOf(root, widths, 'refuse'), root: () => root });
    const lenient = defineTaggedMessage<Envelope>({ tag: tagOf(root, widths, 'keep'), root: () => root });
    const heads = new Map<string, TaggedFormat>();
    return {
      root,
      layout: () => layoutOf(message.tag),
      marks: { root: root.name, version: constantsOf(root), verb: undefined, doctype: undefined },
      read: (bytes, { letsPass, options }) => {
        const { value, surplus } = (letsPass ? lenient : message).read(bytes, formatOptions(options));
        return { value, surplus: surplus && { unknown: surplus } };
      },
      write: (envelope) => message.write(envelope),
      makeUp: (choose) => message.makeUp(choose),
      begins: (bytes, options) => {
        const chosen = formatOptions(options);
        const key = JSON.stringify(chosen);
        const head = heads.get(key) ?? new TaggedFormat(lenient.tag, chosen);
        heads.set(key, head);
        return begins(head, bytes);
      },
    };
  },
  ambiguity,
  recognise(body, messages, options) {
    const [, tag] = /^\s*<([A-Za-z][\w.-]*)>/.exec(new TextDecoder('latin1').decode(body.subarray(0, 128))) ?? [];
    return messages.find(({ message }) => message.marks.root === tag && message.begins?.(body, options) === true);
  },
};

/** Of the options of a file, those that its records know. */
function formatOptions({ units, lowValues }: HowToRead['options']): TaggedFormatOptions {
  return { units, lowValues } as TaggedFormatOptions;
}

/** Fields and tags have names, and stand in one order. What a layout cannot be is told by reading nothing. */
function ambiguity(message: FormattedMessage, usual: HowToRead): ReturnType<Format['ambiguity']> {
  const { root } = message;
  const both = mixedIn(root);
  if (both !== undefined) return { says: `${both.group.name} has fields and tags in it, and a tag has one or the other.`, ...both };
  try {
    message.read(new Uint8Array(), usual);
  } catch (error) {
    const isLayout = error instanceof TypeError || (isWaybillError(error) && error.code === 'WB_RECORD_LAYOUT');
    if (isLayout) return { says: error.message, group: root, child: '' };
  }
  return undefined;
}

function rootOf({ root = 'ECEDOC' }: FrameSpec, body: readonly Node[], command: string | undefined): Group {
  const occurs = { min: 1, max: 1 } as const;
  const has: readonly Node[] = [{ kind: 'all', occurs, has: body, into: ['input'] }];
  return {
    kind: 'group',
    name: root,
    occurs,
    has,
    into: undefined,
    ...(command === undefined ? {} : { sets: [{ path: ['command'], is: command }] }),
  };
}

/** What never varies in the first segment tells messages of one root apart. */
function constantsOf({ has }: Group): string {
  const [first] = has.flatMap((node) => (node.kind === 'all' ? node.has : [node]));
  const fields = first?.kind === 'group' ? first.has : [];
  return fields.flatMap((node) => (node.kind === 'constant' ? [`${node.name} ${node.value}`] : [])).join(', ');
}

/** Whether the first segment is that of the message: its widths and constants. */
function begins(format: TaggedFormat, bytes: Uint8Array): boolean {
  try {
    format.head(bytes);
    return true;
  } catch {
    return false;
  }
}
