import { didYouMean, type ObjectNode } from '@waybill/manifest';
import type { Format, FrameSpec } from '../formats/format.ts';
import { formats } from '../formats/formats.ts';
import { type Problems, under } from '../notation/problems.ts';
import { textIn } from './settings.ts';

/** What stands around a message, and whose affair that is. */
export function frameIn(object: ObjectNode, problems: Problems): { readonly format: Format; readonly spec: FrameSpec } | undefined {
  const name = required(object, 'message', 'its name', problems);
  const version = required(object, 'version', 'a text in quotes such as "1.0"', problems);
  const format = formatIn(object, problems);
  const frame = format && kindIn(object, format, problems);
  if (name === undefined || version === undefined || format === undefined || frame === undefined) return undefined;
  const credentials = under(object, 'credentials');
  const spec: FrameSpec = {
    name,
    version,
    frame,
    root: textIn(object, 'root', problems),
    doctype: textIn(object, 'doctype', problems),
    credentials: credentials && problems.texts(credentials, '"credentials"'),
  };
  const named = format.nameOf(spec.root ?? name);
  const objection = 'objection' in named ? `"${spec.root ?? name}" ${named.objection}.` : format.objectionToFrame(spec);
  if (objection === undefined) return { format, spec };
  return problems.notation(objection, under(object, 'frame') ?? under(object, 'root') ?? object);
}

/** The format by whose rules nodes are looked at, also where something else is wrong around them. */
export function formatNamed(object: ObjectNode): Format {
  const node = under(object, 'format');
  const name = node?.kind === 'scalar' && typeof node.value === 'string' && Object.hasOwn(formats, node.value) ? node.value : 'xml';
  return formats[name] as Format;
}

function required(object: ObjectNode, key: string, what: string, problems: Problems): string | undefined {
  if (object.entries.has(key)) return textIn(object, key, problems);
  return problems.notation(`The message lacks "${key}": ${what}.`, object);
}

function formatIn(object: ObjectNode, problems: Problems): Format | undefined {
  const name = object.entries.has('format') ? textIn(object, 'format', problems) : 'xml';
  if (name === undefined) return undefined;
  const found = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (found !== undefined) return found;
  const node = under(object, 'format') ?? object;
  return problems.notation(`There is no format "${name}".`, node, `Known are ${Object.keys(formats).join(', ')}.`);
}

/** `frame: wcs`, or `frame: { wcs: { verb: Reply } }`. */
function kindIn(object: ObjectNode, { frames }: Format, problems: Problems): FrameSpec['frame'] | undefined {
  const node = under(object, 'frame');
  if (node === undefined) return { kind: frames[0] ?? 'none' };
  const [entry, another] = node.kind === 'object' ? [...node.entries.values()] : [];
  if (another !== undefined) return problems.notation('"frame" names one frame.', another);
  const kind = entry?.key ?? problems.text(node, '"frame"');
  if (kind === undefined) return undefined;
  if (!frames.includes(kind)) {
    const near = didYouMean(kind, frames);
    return problems.notation(
      `There is no frame "${kind}".`,
      entry ?? node,
      near === undefined ? `Known are ${frames.join(', ')}.` : `Did you mean "${near}"?`,
    );
  }
  const more = entry && problems.object(entry.value, `The frame ${kind}`);
  if (more === undefined) return { kind };
  problems.keys(more, `The frame ${kind}`, kind === 'wcs' ? ['verb', 'noun'] : []);
  return { kind, verb: textIn(more, 'verb', problems), noun: textIn(more, 'noun', problems) };
}
