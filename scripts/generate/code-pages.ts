import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The code pages that are taken from the package `codepage` as they stand there: our name and its number. */
const taken = ['037', '500', '870', '1026', '1047', '1140', '1141', '1142', '1143', '1144', '1145', '1146', '1147', '1148', '1149'];

/**
 * The national pages of the time before the euro, and the page that replaced each. The two differ in one place, where the
 * old one has the currency sign. They are not taken from `codepage`: its tables of them (20273 and so on) are wrong at bytes 00 and 01.
 */
const replaced = { 273: '1141', 277: '1142', 278: '1143', 280: '1144', 284: '1145', 285: '1146', 297: '1147', 871: '1149' };

/** The text of `packages/text/data/ebcdic.json`: under each name the characters of bytes 00 to FF, as one string. */
export function codePagesText(): string {
  const pages = new Map(taken.map((number) => [`cp${number}`, tableOf(Number(number))]));
  for (const [number, successor] of Object.entries(replaced)) {
    pages.set(`cp${number}`, (pages.get(`cp${successor}`) ?? '').replace('€', '¤'));
  }
  for (const [name, characters] of pages) if (!isWhole(characters)) throw new Error(`${name} is not a table of 256 characters`);
  const lines = [...pages]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([name, characters]) => line(name, characters));
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** Only the file of the one page is read, since importing the package takes half a second. */
function tableOf(number: number): string {
  const source = readFileSync(require.resolve(`codepage/bits/${number}.js`), 'utf8');
  const [, literal = '""'] = /var d = ("(?:[^"\\]|\\.)*")/.exec(source) ?? [];
  return JSON.parse(literal) as string;
}

/** 256 characters, each of them once, none of them the sign for "no character". */
function isWhole(characters: string): boolean {
  return characters.length === 256 && new Set(characters).size === 256 && !characters.includes('\ufffd');
}

/** What nobody can see is written as an escape, so that a change of the file can be read. */
function line(name: string, characters: string): string {
  const written = JSON.stringify(characters).replaceAll(
    /[^\P{C}]|[^\P{Z} ]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `  "${name}": ${written}`;
}
