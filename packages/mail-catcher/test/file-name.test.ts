import { describe, expect, it } from 'vitest';
import { asDownload, safeContentType, safeFileName } from '../src/page/file-name.ts';

describe('the name under which an attachment is saved', () => {
  it.each([
    ['invoice.pdf', 'invoice.pdf'],
    ['Rechnung Nº 1.pdf', 'Rechnung Nº 1.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\evil.exe', 'evil.exe'],
    ['a\r\nSet-Cookie: x', 'a__Set-Cookie_ x'],
    ['photo\u202egpj.exe', 'photo_gpj.exe'],
    ['.htaccess', 'htaccess'],
    ['trailing. . ', 'trailing'],
    ['CON.txt', '_CON.txt'],
    ['..', 'attachment-3'],
    ['', 'attachment-3'],
    [undefined, 'attachment-3'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(116)}.pdf`],
    ['half \ud83d', 'half \ufffd'],
  ])('of %j is %j', (name, safe) => {
    expect(safeFileName(name, 3)).toBe(safe);
  });

  it('is written so that old and new browsers read it', () => {
    expect(asDownload(`50% Größe's "x".pdf`)).toBe(
      `attachment; filename="50_ Gr__e's _x_.pdf"; filename*=UTF-8''50%25%20Gr%C3%B6%C3%9Fe%27s%20%22x%22.pdf`,
    );
  });
});

describe('the content type of an attachment', () => {
  it.each(['image/png', 'application/pdf', 'text/csv', 'TEXT/PLAIN'])('is its own where it is harmless: %s', (type) => {
    expect(safeContentType(type)).toBe(type.toLowerCase());
  });

  it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', 'text/javascript', 'x', 'image/png; a=b', 'multipart/mixed'])(
    'is none otherwise: %s',
    (type) => {
      expect(safeContentType(type)).toBe('application/octet-stream');
    },
  );
});
