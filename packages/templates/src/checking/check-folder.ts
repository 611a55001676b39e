import type { MessageTypeRef } from '@waybill/contract';
import { didYouMean, listKnown } from '../did-you-mean.ts';
import type { Catalogue, SourceFile } from '../folder/catalogue.ts';
import type { Part } from '../folder/file-name.ts';
import { canonicalLanguage, type Place } from '../folder/place.ts';
import type { FolderFile } from '../folder/read-folder.ts';
import type { AllStoreFacts } from '../folder/store-facts.ts';
import type { Texts } from '../folder/texts.ts';
import type { Engine } from '../liquid/engine.ts';
import type { Problem } from '../problem.ts';
import { type Checked, checkTemplate } from './check-template.ts';
import type { Languages } from './languages.ts';
import { type Shape, shapeOf } from './shape.ts';

/** What is checked of a notification. */
export interface CheckedMessage extends MessageTypeRef {
  /** How the names of its templates begin. */
  readonly templates: string;
  /** What its event holds. */
  readonly data: Shape;
}

export interface FolderCheck {
  readonly files: readonly FolderFile[];
  readonly messages: readonly CheckedMessage[];
  readonly catalogue: Catalogue;
  readonly engines: Readonly<Record<Part, Engine>>;
  readonly languages: Languages;
  readonly stores: AllStoreFacts;
  readonly texts: Texts;
  readonly problems: Problem[];
}

export const parts = ['subject', 'text', 'html'] as const;

/** Looks at every template for every store and language, before anything is sent. */
export function checkFolder(check: FolderCheck): void {
  checkNames(check);
  for (const [part, file] of sharedAndOwn(check)) {
    const parsed = check.engines[part].parse(file);
    if (!('templates' in parsed)) check.problems.push(...parsed);
  }
  for (const message of check.messages) checkPresence(message, check);
  const before: Before = new Map();
  for (const place of check.languages.places()) {
    if (place.languages.length > 0 && !check.languages.isOwn(place)) check.texts.compare(place, check.problems);
    for (const message of check.messages) checkMessage(message, place, check, before);
  }
}

function sharedAndOwn({ files, catalogue }: FolderCheck): readonly (readonly [Part, SourceFile])[] {
  const sources = new Map([...catalogue.templates.values()].map((file) => [file.path, file]));
  return files.flatMap((file) => {
    const source = sources.get(file.path);
    return source && 'part' in file ? [[file.part, source] as const] : [];
  });
}

function checkNames({ files, messages, languages, problems }: FolderCheck): void {
  const known = messages.map(({ templates }) => templates);
  for (const file of files) {
    const { path } = file;
    if (file.kind === 'unknown') problems.push({ file: path, what: `The file ${file.why}.` });
    if ((file.kind === 'template' || file.kind === 'sample') && !known.includes(file.name)) {
      problems.push({
        file: path,
        what: `There is no notification "${file.name}". ${didYouMean(file.name, known) || listKnown(known)}`.trimEnd(),
      });
    }
    if (!('language' in file) || file.language === undefined) continue;
    const right = canonicalLanguage(file.language);
    if (right !== file.language)
      problems.push({ file: path, what: `"${file.language}" is no language${right ? `; write "${right}"` : ''}.` });
    if (file.language === languages.own)
      problems.push({ file: path, what: `"${file.language}" is the language of the pack: leave it out of the name.` });
  }
}

function checkPresence({ name, templates }: CheckedMessage, { catalogue, problems }: FolderCheck): void {
  for (const part of ['subject', 'text'] as const) {
    if (catalogue.template(templates, part, { store: undefined, languages: [] })) continue;
    problems.push({ file: `${templates}.${part}.liquid`, what: `The notification ${name} has no ${part}: the file is missing.` });
  }
}

/** What was found out about a part in the language of the pack, by notification, part and store: mostly, the files of another language are the same. */
type Before = Map<string, CheckedPart>;

interface CheckedPart {
  readonly file: SourceFile;
  readonly checked: Checked;
}

function checkMessage(message: CheckedMessage, place: Place, check: FolderCheck, before: Before): void {
  const found = parts.flatMap((part) => {
    const file = check.catalogue.template(message.templates, part, place);
    const key = [message.name, message.version, part, place.store].join('/');
    const known = before.get(key);
    if (known && known.file === file && known.checked.isSameIn(place)) return [known];
    const checked = file && checkPart(message, part, file, place, check);
    if (!file || !checked) return [];
    if (place.languages.length === 0) before.set(key, { file, checked });
    return [{ file, checked }];
  });
  if (place.languages.length === 0) return;
  const written = found.filter(({ file, checked }) => isIn(file, place) || checked.isTranslated);
  if (written.length === 0) return;
  const { languages, problems } = check;
  languages.speaks(message.name, place);
  if (!languages.isOwn(place))
    tellMixture(
      found.map(({ file }) => file),
      written.map(({ file }) => file),
      place,
      problems,
    );
}

/** Undefined where the file cannot be parsed, which is told already. */
function checkPart(message: CheckedMessage, part: Part, file: SourceFile, place: Place, check: FolderCheck): Checked | undefined {
  const { catalogue, engines, texts, problems } = check;
  const engine = engines[part];
  const parsed = engine.parse(file);
  if (!('templates' in parsed)) return undefined;
  // A text that a language lacks is told once, with the file that lacks it.
  const known = new Set([...texts.for(place).keys(), ...texts.for({ ...place, languages: [] }).keys()]);
  const checking = { catalogue, engine, place, globals: globalsFor(place, check), texts: known, problems };
  return engine.at(place, () => checkTemplate(parsed, message.data, checking));
}

/** A mail in two languages is worse than one in the wrong language. */
function tellMixture(
  all: readonly SourceFile[],
  written: readonly SourceFile[],
  { languages: [language] }: Place,
  problems: Problem[],
): void {
  for (const file of all.filter((one) => !written.includes(one))) {
    const what = `It would stand in the language of the pack beside ${written[0]?.path} in "${language}". Write a file for "${language}", or take its texts from texts.yaml by the filter t.`;
    problems.push({ file: file.path, what });
  }
}

function isIn({ path }: SourceFile, { languages }: Place): boolean {
  return languages.some((language) => path.includes(`.${language}.`));
}

function globalsFor({ store }: Place, { stores }: FolderCheck): readonly (readonly [string, Shape])[] {
  const facts = stores.get(store) ?? stores.get(undefined);
  const told = shapeOf({ ...facts?.all, id: '' });
  return [
    ['store', told],
    ['message', shapeOf({ id: '', time: '' })],
    ['language', shapeOf('')],
  ];
}
