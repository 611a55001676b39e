/** What must not be in a name on any system, and what turns the direction of writing so that `gpj.exe` looks like `exe.jpg`. */
// oxlint-disable-next-line no-control-regex -- they are what is to be found.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069"*/:<>?\\|]/g;

const longest = 120;

/** A name under which an attachment can be saved anywhere: without folders and what is special to some system. `place` counts from 1. */
export function safeFileName(name: string | undefined, place: number): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .toWellFormed()
    .replaceAll(unsafe, '_')
    .trim()
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  if (clean === '') return `attachment-${place}`;
  const short = clean.length <= longest ? clean : shortened(clean);
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(short) ? `_${short}` : short;
}

function shortened(name: string): string {
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return name.slice(0, longest - ending.length).toWellFormed() + ending;
}

/** The header that makes a browser save something under this name, and never show it. */
export function asDownload(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** What no browser runs, whatever is in it. */
const harmless =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/(?:pdf|zip|gzip|json)|text\/(?:plain|csv|calendar))$/;

/** The content type that an attachment is given out with: its own where that is harmless. */
export function safeContentType(contentType: string): string {
  const type = contentType.toLowerCase();
  return harmless.test(type) ? type : 'application/octet-stream';
}
