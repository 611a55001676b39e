import { checkManifest, readManifest } from '@waybill/manifest';
import { describe, expect, it } from 'vitest';
import { root } from '../../../../scripts/generate/workspace.ts';

const imap = { host: 'imap.example.com', auth: { password: { user: 'orders', password: 'secret' } } };

/** The codes of what is wrong with these inbound entries. */
function problemsOf(inbound: Readonly<Record<string, object>>, post: object = { imap }): readonly string[] {
  const manifest = {
    name: 'mails',
    plugins: ['./plugins/transport-email', './plugins/journal-sqlite'],
    journal: { use: 'sqlite', path: './journal.db' },
    connections: { post: { transport: 'email', domain: 'shop.test', ...post } },
    inbound: Object.fromEntries(Object.entries(inbound).map(([name, entry]) => [name, { connection: 'post', ...entry }])),
  };
  const result = checkManifest(readManifest(manifest, { folder: root }), { env: {} });
  return 'problems' in result ? result.problems.map(({ code, message }) => `${code} ${message}`) : [];
}

describe('the check of manifests', () => {
  it('lets entries pass that take mails from other folders', () => {
    expect(problemsOf({ orders: {}, stock: { folders: ['Stock'], take: 'body', done: 'seen' } })).toEqual([]);
  });

  it('refuses two entries for one folder', () => {
    expect(problemsOf({ orders: { folders: ['Orders'] }, again: { folders: ['Orders'] } })).toEqual([expect.stringContaining('again')]);
  });

  it('refuses an entry on a connection without a mailbox', () => {
    expect(problemsOf({ orders: {} }, {})).toEqual([expect.stringContaining('imap')]);
  });

  it.each([
    ['a folder twice', { folders: ['INBOX', 'INBOX'] }],
    ['no folder', { folders: [] }],
    ['a keyword that is a flag of IMAP', { done: { keyword: '\\Deleted' } }],
    ['two treatments at once', { done: { keyword: 'Done', folder: 'Done' } }],
  ])('refuses %s', (_, entry) => {
    expect(problemsOf({ orders: entry }).length).toBeGreaterThan(0);
  });
});
