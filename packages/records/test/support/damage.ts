import * as fc from 'fast-check';

/** One change to bytes: some replaced, taken out, put in, copied from elsewhere, or the rest cut off. */
export function damage(length: number, pieces: readonly Uint8Array[]): fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> {
  const at = fc.nat(length);
  const few = fc.integer({ min: 1, max: 3 });
  const piece = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 3 }), fc.constantFrom(...pieces));
  return fc.oneof(
    fc.tuple(at, piece).map(
      ([from, put]) =>
        (bytes: Uint8Array) =>
          spliced(bytes, from, put.length, put),
    ),
    fc.tuple(at, few).map(
      ([from, cut]) =>
        (bytes: Uint8Array) =>
          spliced(bytes, from, cut, new Uint8Array()),
    ),
    fc.tuple(at, piece).map(
      ([from, put]) =>
        (bytes: Uint8Array) =>
          spliced(bytes, from, 0, put),
    ),
    fc.tuple(at, at, fc.integer({ min: 1, max: 60 })).map(
      ([from, to, count]) =>
        (bytes: Uint8Array) =>
          spliced(bytes, to, 0, bytes.subarray(from, from + count)),
    ),
    at.map((from) => (bytes: Uint8Array) => bytes.subarray(0, from)),
  );
}

function spliced(bytes: Uint8Array, at: number, cut: number, put: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
}

/** The original and up to three changes to it. */
export function damaged(original: Uint8Array, pieces: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const changes = fc.array(damage(original.length, pieces), { minLength: 1, maxLength: 3 });
  return changes.map((all) => all.reduce((bytes, change) => change(bytes), original));
}
