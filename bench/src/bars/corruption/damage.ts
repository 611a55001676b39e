import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';

/** A damage that a disk, a copy or a person does to a file, and where. */
export interface Damage {
  readonly what: string;
  readonly does: (folder: string) => void;
}

/** Numbers from 0 to 1, the same for each seed. */
export function numbersFrom(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Half of them are flipped bits. */
export function damageOf(seed: number, file: string): Damage {
  const next = numbersFrom(seed);
  const log = `${file}-wal`;
  const place = (path: string) => Math.floor(next() * statSync(path).size);
  const kinds: readonly (() => Damage)[] = [
    () => flip(file, place(file), Math.floor(next() * 8)),
    () => flip(log, place(log), Math.floor(next() * 8)),
    () => flip(file, place(file), Math.floor(next() * 8)),
    () => cut(log, place(log)),
    () => flip(log, place(log), Math.floor(next() * 8)),
    () => zero(file, Math.floor(place(file) / 4_096)),
    () => flip(file, place(file), Math.floor(next() * 8)),
    () => cut(file, place(file)),
  ];
  return (kinds[seed % kinds.length] ?? kinds[0])?.() as Damage;
}

function flip(path: string, at: number, bit: number): Damage {
  return changed(path, `bit ${bit} of byte ${at}`, (bytes) => void (bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)));
}

function zero(path: string, page: number): Damage {
  return changed(path, `page ${page + 1} of zeroes`, (bytes) => void bytes.fill(0, page * 4_096, (page + 1) * 4_096));
}

function changed(path: string, what: string, change: (bytes: Buffer) => void): Damage {
  const name = nameOf(path);
  return {
    what: `${what} in ${name}`,
    does: (folder) => {
      const bytes = readFileSync(`${folder}/${name}`);
      change(bytes);
      writeFileSync(`${folder}/${name}`, bytes);
    },
  };
}

function cut(path: string, size: number): Damage {
  const name = nameOf(path);
  return { what: `${name} cut to ${size} bytes`, does: (folder) => truncateSync(`${folder}/${name}`, size) };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
