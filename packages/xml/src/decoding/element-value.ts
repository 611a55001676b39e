import type { ElementNode } from '../declaring/nodes.ts';
import type { XmlAttributes } from '../reading/handler.ts';
import { Problem } from '../values/text.ts';
import { attributeFault, badText, findingFault, missingAttribute, missingChild, unknownAttribute } from './faults.ts';
import type { Frame } from './frame.ts';
import type { AttributePlan } from './plan.ts';

/** Puts the attributes of a start tag, `count` in number, into the value. Throws a `Fault` for one that is missing, unknown or wrong. */
export function readAttributes(frame: Frame, attributes: XmlAttributes, count: number): void {
  const declared = frame.plan.attributes;
  let known = 0;
  for (let index = 0; index < declared.length; index += 1) {
    const plan = declared[index] as AttributePlan;
    const text = attributes[plan.name];
    if (text === undefined) supply(frame, plan, attributes);
    else {
      known += 1;
      take(frame, plan, text);
    }
  }
  if (count !== known) throw unknownAttribute(frame, attributes);
}

function supply(frame: Frame, { key, declared }: AttributePlan, attributes: XmlAttributes): void {
  if (declared.mandatory) throw missingAttribute(frame, declared, attributes);
  if (declared.presence === 'default') frame.value[key] = declared.preset;
}

function take(frame: Frame, { key, declared }: AttributePlan, text: string): void {
  const value = declared.type.read(text);
  if (value instanceof Problem) throw attributeFault(frame, declared, value, text);
  if (declared.presence !== 'fixed') frame.value[key] = value;
}

/** The value of an element whose end tag has come. Throws a `Fault` when something is missing or wrong. */
export function closed(frame: Frame): unknown {
  const { plan, state } = frame;
  if (!state.accepts) throw missingChild(frame);
  let value: unknown = frame.value;
  if (plan.text !== undefined) {
    const text = plan.text.read(frame.text) as unknown;
    if (text instanceof Problem) throw badText(frame, text);
    if (plan.content === 'text') value = text;
    else frame.value['text'] = text;
  }
  const { check, map } = plan.node;
  if (check !== undefined) refuseFinding(frame, check(value));
  return map === undefined ? value : map.read(value);
}

function refuseFinding(frame: Frame, finding: ReturnType<NonNullable<ElementNode['check']>>): void {
  if (finding !== undefined) throw findingFault(frame, finding);
}
