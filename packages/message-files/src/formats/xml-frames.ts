import { constant, type Group, ignored, type Node, once, perhaps, wireName } from '@waybill/mapping';
import { type AnyTextType, text } from '@waybill/values';
import type { FrameSpec, Marks } from './format.ts';

// The frames of XML messages. `wcs` is that of every predefined message: a root with a version, a control area with verb, noun and
// credentials, a data area. `none`: the root has the nodes of the message.

export const frames = ['none', 'wcs'] as const;

const login: Readonly<Record<string, readonly [field: string, as: AnyTextType]>> = {
  LogonId: ['logonId', text({ min: 1, trim: true, example: 'erp_gateway' })],
  Password: ['password', text({ secret: true, example: 'change-me' })],
  OrgName: ['orgName', text({ example: 'Harbour and Pine' })],
};

export function objectionToFrame({ name, frame, root, credentials }: FrameSpec): string | undefined {
  if (frame.kind !== 'wcs')
    return credentials === undefined ? undefined : `The frame ${frame.kind} has no place for credentials; "frame: wcs" has one.`;
  const { verb, noun } = parts({ name, frame, root });
  if (verb === '' || noun === '') return `The frame wcs needs a verb and a noun: "${root ?? name}" is not of the form Verb_Noun.`;
  const stranger = credentials?.find((each) => !Object.hasOwn(login, each.replace(/\?$/, '')));
  return stranger === undefined ? undefined : `Credentials have the parts ${Object.keys(login).join(', ')}, and no "${stranger}".`;
}

/** `Update_WCS_OrderStatus` has the verb Update and the noun WCS_OrderStatus. */
function parts({ name, frame, root = name }: Pick<FrameSpec, 'name' | 'frame' | 'root'>): { readonly verb: string; readonly noun: string } {
  const [, verb = '', noun = ''] = /^([^_]+)_(.+)$/.exec(root) ?? [];
  return { verb: frame.verb ?? verb, noun: frame.noun ?? noun };
}

export function marksOf(spec: FrameSpec): Marks {
  const { name, version, frame, root = name, doctype } = spec;
  if (frame.kind !== 'wcs') return { root, version: undefined, verb: undefined, doctype };
  return { root, version, verb: parts(spec).verb, doctype: doctype ?? `${root}_${version.replaceAll('.', '')}.dtd` };
}

/** The root element around the nodes of a message, which live in `input`. */
export function rootOf(spec: FrameSpec, body: readonly Node[], command: string | undefined): Group {
  const { name, version, frame, root = name, credentials = ['LogonId', 'Password'] } = spec;
  const said = command === undefined ? {} : { sets: [{ path: ['command'], is: command }] };
  if (frame.kind !== 'wcs') return { ...group(root, [{ kind: 'all', occurs: once, has: body, into: ['input'] }]), ...said };
  const { verb, noun } = parts(spec);
  // A verb that the root does not tell has to be in the document: it alone tells the messages of one root apart.
  const word = (element: string, value: string): Group =>
    group(element, [constant(frame.verb === undefined ? '@value?' : '@value', value), ignored('.')]);
  const control = group('ControlArea', [word('Verb', verb), word('Noun', noun), credentialsOf(credentials)]);
  const data: Group = { ...group('DataArea', body), into: ['input'] };
  return { ...group(root, [constant('@version?', version), control, data]), ...said };
}

function credentialsOf(parts: readonly string[]): Group {
  const has = parts.map((written): Node => {
    const { name, occurs } = wireName(written);
    const [field, as] = login[name] as (typeof login)[string] & readonly unknown[];
    return { kind: 'leaf', name, occurs, to: [field], as };
  });
  return { ...group('Credentials', has), occurs: perhaps, into: ['credentials'], about: 'who the command runs as' };
}

function group(name: string, has: readonly Node[]): Group {
  return { kind: 'group', name, occurs: once, has, into: undefined };
}
