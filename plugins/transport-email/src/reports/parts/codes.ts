/** Codes of the far side in a text. */
export interface Codes {
  /** `5.1.1` (RFC 3463). */
  readonly enhanced: string | undefined;
  /** `550` (RFC 5321). */
  readonly basic: string | undefined;
}

/** Not within an address of a host, nor a version: the second number has one digit, 0 to 7. */
const enhanced = /(?<![\d.])([245])\.([0-7])\.(\d{1,3})(?!\.?\d)/g;
/** Codes that a server says, at the start of what it says; not the numbers of ports, telephones and houses. */
const basic =
  /(?:^|said:|reason:|;|\s)\s{0,8}(421|432|442|446|45[0-5]|471|50[0-4]|51[0-3]|52[1-3]|53[0-9]|54[1-7]|55\d|57[1-9])(?=[\s-]|$)/g;

/** The first of each that is a failure. Where a basic code is told, an enhanced one of the same class goes before others. */
export function codesIn(text: string): Codes {
  const start = text.slice(0, 5_000);
  const said = [...start.matchAll(basic)][0]?.[1];
  const all = [...start.matchAll(enhanced)].map(([code]) => code);
  const failures = all.filter((code) => !code.startsWith('2'));
  return { enhanced: failures.find((code) => said === undefined || code[0] === said[0]) ?? failures[0], basic: said };
}

/** The code of a Status field; comments may stand behind it. */
export function statusIn(value: string | undefined): string | undefined {
  return [...(value ?? '').slice(0, 200).matchAll(enhanced)][0]?.[0];
}

/** `5.0.0` and `4.0.0`: some systems write it for everything. */
export function saysNothing(status: string | undefined): boolean {
  return status === undefined || /^\d\.0\.0$/.test(status);
}
