import { TypeGuards, Value } from 'liquidjs';

/** A name with the fields that are asked of it, as it stands in a template: `items[0].name` is `['items', 0, 'name']`; an index that only rendering tells is undefined. */
export interface Access {
  readonly path: readonly (string | number | undefined)[];
  readonly source: string;
  readonly at: number;
}

/** A text that is written out and goes straight into a filter: `'order.thanks' | t`. */
export interface Literal {
  readonly text: string;
  readonly filter: string;
  readonly at: number;
  readonly source: string;
}

export interface Found {
  readonly accesses: Access[];
  readonly literals: Literal[];
  /** The names of all filters. */
  readonly filters: Set<string>;
}

type Node = Record<string, unknown>;

/** Everything that an expression asks for. */
export function findIn(expression: unknown, found: Found): void {
  if (expression instanceof Value) return findInValue(expression.initial.postfix, expression.filters, found);
  const node = expression as Node;
  if (TypeGuards.isPropertyAccessToken(node)) return findInAccess(node as unknown as AccessToken, found);
  if (TypeGuards.isRangeToken(node)) {
    findIn(node.lhs, found);
    findIn(node.rhs, found);
  } else if (typeof node === 'object' && node !== null && 'initial' in node && 'filters' in node) {
    findInValue((node['initial'] as { postfix: readonly unknown[] }).postfix, node['filters'] as FilterLike[], found);
  }
}

interface FilterLike {
  readonly name: string;
  readonly args: readonly unknown[];
}

function findInValue(postfix: readonly unknown[], filters: readonly FilterLike[], found: Found): void {
  for (const token of postfix) findIn(token, found);
  const [first] = postfix;
  const [filter] = filters;
  if (postfix.length === 1 && filter && TypeGuards.isQuotedToken(first)) {
    found.literals.push({ text: textOf(first), filter: filter.name, at: first.begin, source: first.input });
  }
  for (const { name } of filters) found.filters.add(name);
  for (const { args } of filters) for (const arg of args) findIn(Array.isArray(arg) ? arg[1] : arg, found);
}

interface AccessToken {
  readonly variable: unknown;
  readonly props: readonly Node[];
  readonly input: string;
  readonly begin: number;
}

function findInAccess({ variable, props, input, begin }: AccessToken, found: Found): void {
  if (variable !== undefined) findIn(variable, found);
  else found.accesses.push({ path: props.map(stepOf), source: input, at: begin });
  for (const prop of props) findIn(prop, found);
}

function stepOf(prop: Node): string | number | undefined {
  if (TypeGuards.isQuotedToken(prop)) return textOf(prop);
  if (TypeGuards.isNumberToken(prop)) return prop.content;
  return typeof prop['content'] === 'string' ? prop['content'] : undefined;
}

function textOf(token: { readonly input: string; readonly begin: number; readonly end: number }): string {
  return token.input.slice(token.begin + 1, token.end - 1);
}

/** The path of a value that is a plain name with fields, without filters. */
export function plainPath(expression: unknown): Access['path'] | undefined {
  const isValue = expression instanceof Value;
  if (isValue && (expression.filters.length > 0 || expression.initial.postfix.length !== 1)) return undefined;
  const token: unknown = isValue ? expression.initial.postfix[0] : expression;
  if (!TypeGuards.isPropertyAccessToken(token)) return undefined;
  const { variable, props } = token as unknown as AccessToken;
  return variable === undefined ? props.map(stepOf) : undefined;
}
