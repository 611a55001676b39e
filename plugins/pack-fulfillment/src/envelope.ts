import { widths } from '@waybill/commerce';
import { type ChildSet, checked, defineXmlMessage, type ElementValue, element, type Finding, fixedAttribute, optional } from '@waybill/xml';
import { hidden, id, words } from './parts.ts';

// The frame of every predefined message: reference/fulfillment-messages.md, sections 2.1 and 2.2.

const logonId = id('erp_gateway', widths.logonId);
const password = hidden('change-me');

/** Who the command runs as: both parts mandatory. */
export const credentials = element('Credentials', {
  children: { logonId: element('LogonId', logonId), password: element('Password', password) },
  about: 'who the command runs as',
});

/** As `credentials`, each part optional, and with an organization. Update_WCS_OrderStatus 3.0 only. */
export const credentialsOfOrganization = element('Credentials', {
  children: {
    logonId: optional(element('LogonId', logonId)),
    password: optional(element('Password', password)),
    orgName: optional(element('OrgName', words('Harbour and Pine'))),
  },
  about: 'who the command runs as, and for which organization',
});

/** The parts of a message's name and how its schema is called. */
export interface Frame {
  readonly verb: string;
  readonly noun: string;
  readonly version: string;
  /** True where the schema declares Verb and Noun EMPTY. Default false: they may hold text, which means nothing. */
  readonly bare?: boolean;
  /** True where the schema demands the values of Verb and Noun and fixes none. Default false. */
  readonly spoken?: boolean;
  /** Root element. Default: verb, `_`, noun. */
  readonly root?: string;
  /** Default: the root, `_`, the version without its dot, `.dtd`. */
  readonly systemId?: string;
}

/** `ControlArea (Verb, Noun, …)` */
export function controlArea<const Rest extends ChildSet>({ verb, noun, bare, spoken = false }: Frame, rest: Rest) {
  const part = (name: string, value: string) =>
    element(name, { attributes: { value: fixedAttribute('value', value, { mandatory: spoken }) }, ...(bare ? {} : { text: 'ignored' }) });
  return element('ControlArea', { children: { verb: part('Verb', verb), noun: part('Noun', noun), ...rest } });
}

/** A message in the usual frame: version, control area, data area. `check` adds a rule over the data area. */
export function framed<const Control extends ChildSet, const Data extends ChildSet>(
  frame: Frame,
  control: Control,
  data: Data,
  check?: (data: ElementValue<{ readonly children: Data }>) => Finding | undefined,
) {
  const { verb, noun, version, root = `${verb}_${noun}`, systemId = `${root}_${version.replace('.', '')}.dtd` } = frame;
  const dataArea = element('DataArea', { children: data });
  return defineXmlMessage({
    systemId,
    root: element(root, {
      attributes: { version: fixedAttribute('version', version) },
      children: { control: controlArea(frame, control), data: check === undefined ? dataArea : checked(dataArea, check) },
    }),
  });
}
