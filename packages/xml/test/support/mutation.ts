import * as fc from 'fast-check';

/** One change to the bytes of a document. */
export type Change =
  | { readonly kind: 'put'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'cut'; readonly at: number; readonly length: number }
  | { readonly kind: 'copy'; readonly at: number; readonly from: number; readonly length: number }
  | { readonly kind: 'truncate'; readonly at: number };

/** A change to a document of this length. */
export function changeOf(length: number): fc.Arbitrary<Change> {
  const at = fc.nat(length);
  return fc.oneof(
    fc.record({ kind: fc.constant('put' as const), at, bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
    fc.record({ kind: fc.constant('put' as const), at, bytes: markup() }),
    fc.record({ kind: fc.constant('cut' as const), at, length: fc.integer({ min: 1, max: 200 }) }),
    fc.record({ kind: fc.constant('copy' as const), at, from: at, length: fc.integer({ min: 1, max: 200 }) }),
    fc.record({ kind: fc.constant('truncate' as const), at }),
  );
}

export function markup(): fc.Arbitrary<Uint8Array> {
  const parts = [
    '<',
    '>',
    '/',
    '&',
    ';',
    '&#0;',
    ']]>',
    '<![CDATA[',
    '<!--',
    '--',
    '-->',
    '<?',
    '?>',
    '"',
    "'",
    '=',
    '<!DOCTYPE',
    '[',
    ']',
    '\0',
    '\ufeff',
    '\r',
  ];
  return fc.constantFrom(...parts).map((part) => new TextEncoder().encode(part));
}

export function changed(document: Uint8Array, step: Change): Uint8Array {
  const before = document.subarray(0, step.at);
  switch (step.kind) {
    case 'put':
      return Buffer.concat([before, step.bytes, document.subarray(step.at)]);
    case 'cut':
      return Buffer.concat([before, document.subarray(step.at + step.length)]);
    case 'copy':
      return Buffer.concat([before, document.subarray(step.from, step.from + step.length), document.subarray(step.at)]);
    case 'truncate':
      return before;
  }
}
