import { type Template, TypeGuards } from 'liquidjs';
import { imageOf } from './image-tag.ts';

/** What a piece of a template does, as far as names are concerned. */
export type TemplateStep =
  /** Gives a name to a value; without `value`, to something of which nothing is known. */
  | { readonly does: 'names'; readonly name: string; readonly value?: unknown }
  /** Repeats what is below for each item of `list`. */
  | { readonly does: 'repeats'; readonly name: string; readonly list: unknown }
  /** Renders a partial, which knows these names alone. `file` is undefined where it is not written out. */
  | { readonly does: 'renders'; readonly file: string | undefined; readonly names: readonly Named[] }
  /** Stands in a layout, which knows these names beside. */
  | { readonly does: 'stands-in'; readonly file: string | undefined; readonly names: readonly Named[] }
  | { readonly does: 'shows'; readonly image: string }
  | { readonly does: 'nothing-with-names' };

/** A name that a partial gets. `each`: the items of the value, one after the other. */
export interface Named {
  readonly name: string;
  readonly value: unknown;
  readonly each?: boolean;
}

export function stepOf(template: Template): TemplateStep {
  const image = imageOf(template);
  if (image !== undefined) return { does: 'shows', image };
  const tag = template as unknown as Readonly<Record<string, unknown>>;
  switch (nameOf(template)) {
    case 'assign':
      return { does: 'names', name: String(tag['key']), value: tag['value'] };
    case 'capture':
      return { does: 'names', name: String(tag['variable']) };
    case 'for':
      return { does: 'repeats', name: String(tag['variable']), list: tag['collection'] };
    case 'render':
      return { does: 'renders', file: fileOf(tag), names: [...argumentsOf(tag['hash']), ...bindingsOf(tag)] };
    case 'layout':
      return { does: 'stands-in', file: fileOf(tag), names: argumentsOf(tag['args']) };
    case undefined:
    default:
      return { does: 'nothing-with-names' };
  }
}

/** What stands below a piece; of a partial or layout, its own pieces come first. */
export function childrenOf(template: Template): readonly Template[] {
  const own = nameOf(template) === 'layout' ? ((template as unknown as { readonly templates: readonly Template[] }).templates ?? []) : [];
  return own.length > 0 ? own : run(template.children?.(false, true));
}

export function expressionsOf(template: Template): readonly unknown[] {
  return [...(template.arguments?.() ?? [])];
}

function nameOf({ token }: Template): string | undefined {
  return TypeGuards.isTagToken(token) ? token.name : undefined;
}

function fileOf({ file }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof file === 'string' ? file : undefined;
}

function argumentsOf(hash: unknown): readonly Named[] {
  const values = (hash as { readonly hash?: Readonly<Record<string, unknown>> } | undefined)?.hash ?? {};
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function bindingsOf({ with: one, forBinding }: Readonly<Record<string, unknown>>): readonly Named[] {
  const binding = (given: unknown, each: boolean): readonly Named[] => {
    const { alias, value } = (given ?? {}) as { readonly alias?: string; readonly value?: unknown };
    return alias === undefined ? [] : [{ name: alias, value, each }];
  };
  return [...binding(one, false), ...binding(forBinding, true), ...(forBinding ? [{ name: 'forloop', value: undefined }] : [])];
}

/** The result of a generator of liquidjs that waits for nothing. */
function run(generator: Generator<unknown, Template[]> | undefined): readonly Template[] {
  const result = generator?.next();
  return result?.done ? result.value : [];
}
