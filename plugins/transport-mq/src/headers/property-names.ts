/**
 * Names of properties are Java identifiers in MQ, and upper and lower case differ. Names that are identifiers travel as they are. In
 * others, each character that is not allowed becomes `_` and its code in hexadecimal, ended by `_`, and so does what could be mistaken for
 * that: `x-request-id` is `x_2d_request_2d_id`.
 */
export function wireName(name: string): string {
  const allowed = name.replaceAll(/[^A-Za-z0-9_]|^[0-9]|_(?=[0-9a-f]{1,6}_)/gu, escaped);
  // JMS and MQ have kept some for themselves, and so have we.
  return /^(?:jms|mq|usr|waybill)/i.test(allowed) || reserved.has(allowed.toLowerCase()) ? escaped(allowed) + allowed.slice(1) : allowed;
}

/** The reverse of `wireName`. A name that it did not make is given back as it is. */
export function nameOfWire(wire: string): string {
  const name = wire.replaceAll(/_([0-9a-f]{1,6})_/g, (whole, code: string) => {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
  return wireName(name) === wire ? name : wire;
}

const reserved = new Set(['not', 'and', 'or', 'between', 'like', 'in', 'is', 'escape', 'null', 'true', 'false']);

function escaped(text: string): string {
  return `_${(text.codePointAt(0) ?? 0).toString(16)}_`;
}
