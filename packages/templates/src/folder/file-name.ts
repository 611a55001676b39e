/** What is written for people: each notification has a subject and a text, and may have a page of HTML. */
export type Part = 'subject' | 'text' | 'html';

/** What the name of a file says that it is, and for which store and language. Without a store it is of the site; without a language in that of the pack. */
export type FileName = { readonly path: string; readonly store: string | undefined } & (
  | { readonly kind: 'template'; readonly name: string; readonly part: Part; readonly language: string | undefined }
  | { readonly kind: 'partial' | 'layout'; readonly name: string; readonly part: 'text' | 'html'; readonly language: string | undefined }
  | { readonly kind: 'texts'; readonly language: string | undefined }
  | { readonly kind: 'store' }
  | { readonly kind: 'sample'; readonly name: string }
  | { readonly kind: 'asset'; readonly name: string }
  | { readonly kind: 'unknown'; readonly why: string }
);

const tag = '[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*';
const template = new RegExp(`^([a-z0-9-]+)(?:\\.(${tag}))?\\.(subject|text|html)\\.liquid$`);
const partial = new RegExp(`^(partials|layouts)/([a-z0-9-]+)(?:\\.(${tag}))?\\.(text|html)\\.liquid$`);
const texts = new RegExp(`^texts(?:\\.(${tag}))?\\.(?:ya?ml|json)$`);
const sample = /^([a-z0-9-]+)\.sample\.json$/;
const hidden = /(?:^|\/)\.|~$|\.md$/;

/** Undefined for what is nobody's business: hidden files, copies of editors, notes. */
export function readFileName(path: string): FileName | undefined {
  if (hidden.test(path)) return undefined;
  const [, store, rest = path] = /^stores\/([^/]+)\/(.+)$/.exec(path) ?? [];
  return { path, store, ...kindOf(rest) } as FileName;
}

function kindOf(rest: string): object {
  const asTemplate = template.exec(rest);
  if (asTemplate) return { kind: 'template', name: asTemplate[1], language: asTemplate[2], part: asTemplate[3] };
  const asPartial = partial.exec(rest);
  if (asPartial) {
    const kind = asPartial[1] === 'layouts' ? 'layout' : 'partial';
    return { kind, name: asPartial[2], language: asPartial[3], part: asPartial[4] };
  }
  const asTexts = texts.exec(rest);
  if (asTexts) return { kind: 'texts', language: asTexts[1] };
  if (/^store\.(?:ya?ml|json)$/.test(rest)) return { kind: 'store' };
  const asSample = sample.exec(rest);
  if (asSample) return { kind: 'sample', name: asSample[1] };
  if (rest.endsWith('.liquid')) return { kind: 'unknown', why: whyNoTemplate(rest) };
  if (/\.(?:ya?ml|json)$/.test(rest))
    return { kind: 'unknown', why: 'is neither texts.yaml, texts.LANGUAGE.yaml, store.yaml nor NAME.sample.json' };
  return { kind: 'asset', name: rest };
}

function whyNoTemplate(rest: string): string {
  if (rest.includes('/'))
    return 'is in a folder that holds no templates: partials are partials/NAME.html.liquid or .text.liquid, layouts the same in layouts/';
  return 'is not named NAME.PART.liquid or NAME.LANGUAGE.PART.liquid, with one of the parts subject, text, html';
}
