import { widths } from '@waybill/commerce';
import type { Credentials } from '@waybill/contract';
import { constant, type Group, type GroupOptions, ignored, mapping, type Node, type Nodes, once } from '@waybill/mapping';
import { defineXmlMessage, type XmlMessage } from '@waybill/xml';
import { hidden, id, words } from './parts.ts';

// The frame of every predefined message: reference/fulfillment-messages.md, sections 2.1 and 2.2.

/** What a document says as a whole: what is asked for, or the data of an event or reply, and who asks. */
export interface Envelope<Input = unknown> {
  readonly command?: string | undefined;
  readonly input: Input;
  readonly credentials?: Credentials | undefined;
}

/** The credentials that a frame has a place for. */
interface Login {
  readonly logonId?: string;
  readonly password?: string;
  readonly orgName?: string;
}

const c = mapping<Login>();
const e = mapping<{ readonly credentials?: Login }>();

export const logonId = id('erp_gateway', widths.logonId);
export const password = hidden('change-me');

/** Who the command runs as: both parts mandatory. */
export const credentials = () =>
  e.into('Credentials?', 'credentials', [c.leaf('LogonId', 'logonId', logonId), c.leaf('Password', 'password', password)], {
    about: 'who the command runs as',
  });

/** As `credentials`, each part optional, and with an organization. Update_WCS_OrderStatus 3.0 only. */
export const credentialsOfOrganization = () =>
  e.into(
    'Credentials?',
    'credentials',
    [
      c.leaf('LogonId?', 'logonId', logonId),
      c.leaf('Password?', 'password', password),
      c.leaf('OrgName?', 'orgName', words('Harbour and Pine')),
    ],
    { about: 'who the command runs as, and for which organization' },
  );

/** The parts of a message's name and how its schema is called. */
export interface Frame {
  readonly verb: string;
  readonly noun: string;
  readonly version: string;
  /** The command that the message asks for, or answers. Undefined where its content says so, and for events. */
  readonly command?: string;
  /** What the control area has behind verb and noun. */
  readonly control: () => readonly Node[];
  /** True where the schema declares Verb and Noun EMPTY. Default false: they may hold text, which means nothing. */
  readonly bare?: boolean;
  /** True where the schema demands the values of Verb and Noun and fixes none. Default false. */
  readonly spoken?: boolean;
  /** Root element. Default: verb, `_`, noun. */
  readonly root?: string;
  /** Default: the root, `_`, the version without its dot, `.dtd`. */
  readonly systemId?: string;
}

/** A message in the usual frame: version, control area, data area. `has`: what the data area has, from the input or the data of the event. */
export function framed<Input>(frame: Frame, has: () => Nodes<Input>, options: GroupOptions<Input> = {}): XmlMessage<Envelope<Input>> {
  const { verb, noun, version, command, control, root = `${verb}_${noun}`, systemId = `${root}_${version.replace('.', '')}.dtd` } = frame;
  const whole = (): Group => {
    const area = group('ControlArea', [word('Verb', verb, frame), word('Noun', noun, frame), ...control()]);
    const data: Group = { ...group('DataArea', has()), into: ['input'], check: options.check };
    return group(root, [constant('@version?', version), area, data]);
  };
  const sets = command === undefined ? undefined : [{ path: ['command'], is: command }];
  return defineXmlMessage({ systemId, root: () => ({ ...whole(), sets }) });
}

function word(name: string, value: string, { bare = false, spoken = false }: Frame): Node {
  return group(name, [constant(spoken ? '@value' : '@value?', value), ...(bare ? [] : [ignored('.')])]);
}

function group(name: string, has: readonly Node[]): Group {
  return { kind: 'group', name, occurs: once, has, into: undefined };
}
