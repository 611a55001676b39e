/** `Update_WCS_OrderStatus` as the words of it. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
}

/** `OrderNumber` as `orderNumber`, `ID` as `id`. */
export function camelCase(name: string): string {
  const [first = 'field', ...rest] = wordsOf(name).map((word) => word.toLowerCase());
  const joined = first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[a-z]/.test(joined) ? joined : `n${joined}`;
}

export function kebabCase(name: string): string {
  const joined = wordsOf(name).join('-').toLowerCase();
  return /^[a-z]/.test(joined) ? joined : `m-${joined}`;
}

export function typeName(name: string): string {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

export function plural(name: string): string {
  return name.endsWith('s') ? name : `${name}s`;
}

/** Names of fields in one object, each once. */
export class FieldNames {
  readonly #taken = new Set<string>();

  take(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${wanted}${count}`;
    this.#taken.add(name);
    return name;
  }
}
