const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  zip: 'application/zip',
  xml: 'application/xml',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

/** By the end of its name. */
export function mediaTypeOf(fileName: string): string {
  const [, extension = ''] = /\.([^./]+)$/.exec(fileName) ?? [];
  return types[extension.toLowerCase()] ?? 'application/octet-stream';
}
