import {
  type ComposeContext,
  type Draft,
  defineMessagePack,
  type EventDefinition,
  type MessagePackDefinition,
  type MessageType,
  type MessageTypeRef,
  type TObject,
  typeName,
} from '@waybill/contract';
import { checkDeclaration } from './checking/check-declaration.ts';
import { checkFolder } from './checking/check-folder.ts';
import { Languages } from './checking/languages.ts';
import type { Shape } from './checking/shape.ts';
import { Composer } from './composing/composer.ts';
import { type Writing, writing } from './composing/writing.ts';
import type { NotificationSpec, NotificationsSpec } from './declaration.ts';
import { errors } from './errors.ts';
import { Catalogue } from './folder/catalogue.ts';
import { decodeFile } from './folder/decode-file.ts';
import { readFolder } from './folder/read-folder.ts';
import { readSamples, type Sample } from './folder/samples.ts';
import { readStoreFacts } from './folder/store-facts.ts';
import { Texts } from './folder/texts.ts';
import { Engine } from './liquid/engine.ts';
import { type Problem, placeOf } from './problem.ts';

/**
 * Defines a message pack of notifications: what people are told of events, written as templates in a folder. The folder is read once, and everything
 * in it checked for every store and language, so that a pack that loads has no template that cannot be parsed and none that names what there is not.
 * Throws `WB_TEMPLATES_WRONG` with every problem and its place.
 */
export function defineNotifications<const Events extends readonly EventDefinition[]>(
  spec: NotificationsSpec<Events>,
): MessagePackDefinition<TObject, typeof writing> {
  const messages = spec.messages as readonly NotificationSpec[];
  const { composer, samples } = loaded({ ...spec, messages: messages as NotificationsSpec<[]>['messages'] }, messages);
  const known = new Map(messages.map((message) => [typeName(message), message]));
  return defineMessagePack<TObject, typeof writing>({
    name: spec.name,
    summary: spec.summary,
    writing,
    messages: messages.map((message) => typeOf(message, composer, samples.get(templatesOf(message)))),
    recognise: () => undefined,
    read: (type: MessageTypeRef) => {
      throw errors.WB_TEMPLATES_ONE_WAY(`${typeName(type)} is written for people and not read again.`);
    },
    compose: (type: MessageTypeRef, data: unknown, context: ComposeContext<Writing>): Draft => {
      const message = known.get(typeName(type));
      if (!message) throw errors.WB_TEMPLATES_UNKNOWN(`${spec.name} has no notification ${typeName(type)}.`);
      return composer.compose(message, templatesOf(message), data, context);
    },
  });
}

/** The sample of a seed is that of another store or language: 1 is the one after the plain one. */
function typeOf(message: NotificationSpec, composer: Composer, data: Sample | undefined): MessageType {
  const { name, version, summary, event } = message;
  const sample = data && ((seed?: number) => composer.preview(message, templatesOf(message), data, seed));
  return { name, version, summary, event, direction: 'out', forPeople: true, ...(sample ? { sample } : {}) };
}

function loaded(spec: NotificationsSpec<[]>, messages: readonly NotificationSpec[]): Loaded {
  const problems: Problem[] = [];
  const files = readFolder(spec.folder, problems);
  const catalogue = new Catalogue(files, (file) => decodeFile(file, problems));
  const text = new Engine('text', catalogue);
  const engines = { subject: text, text, html: new Engine('html', catalogue) };
  const languages = new Languages(spec.language, catalogue);
  const parts = {
    catalogue,
    engines,
    languages,
    stores: readStoreFacts(files, problems),
    texts: new Texts(files, spec.language, problems),
  };
  const checked = messages.map((message) => ({ ...message, templates: templatesOf(message), data: message.event.data as Shape }));
  checkDeclaration(spec, catalogue, problems);
  checkFolder({ ...parts, files, messages: checked, problems });
  const samples = readSamples(files, problems);
  if (problems.length > 0) throw wrong(spec.name, problems);
  return { composer: new Composer(parts), samples };
}

interface Loaded {
  readonly composer: Composer;
  /** Data of an event that somebody has made up, by the name of the templates. */
  readonly samples: ReadonlyMap<string, Sample>;
}

/** `OrderReceived` and `Order_Received` are `order-received`. */
function templatesOf({ name, templates }: NotificationSpec): string {
  return (
    templates ??
    name
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
      .replaceAll('_', '-')
      .toLowerCase()
  );
}

/** So many places are listed; who has more has one fault that shows everywhere. */
const mostListed = 50;

function wrong(name: string, problems: readonly Problem[]): Error {
  // A partial is looked at for every template that renders it, and for every store.
  const lines = [...new Set(problems.map((problem) => `${placeOf(problem)}  ${problem.what}`))];
  const more = lines.length > mostListed ? [`and ${lines.length - mostListed} more`] : [];
  const listed = [...lines.slice(0, mostListed), ...more].map((line) => `\n  ${line}`).join('');
  const count = lines.length === 1 ? 'One thing is' : `${lines.length} things are`;
  return errors.WB_TEMPLATES_WRONG(`${count} wrong with the notifications "${name}":${listed}`, {
    at: problems[0] && placeOf(problems[0]),
  });
}
