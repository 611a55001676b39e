import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkManifest } from '../src/check.ts';
import { compareManifests } from '../src/compare/compare.ts';
import type { WrittenManifest } from '../src/compare/parts.ts';
import { formatProblems } from '../src/problem.ts';
import { readManifest } from '../src/read/manifest.ts';
import { environment, good, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

function written(text: string, name: string): WrittenManifest {
  const file = join(workshop.folder, name);
  writeFileSync(file, text);
  const source = readManifest(file);
  const result = checkManifest(source, { env: { ...environment, OTHER: 'another-secret' } });
  if ('problems' in result) throw new Error(formatProblems(result.problems));
  return { source, manifest: result.manifest };
}

/** What is different when `from` in the good manifest becomes `to`. */
function changes(from: string, to: string) {
  expect(good).toContain(from);
  return compareManifests(written(good, 'before.jsonc'), written(good.replace(from, to), 'after.jsonc'));
}

describe('two manifests', () => {
  it('are the same where nothing was changed', () => {
    expect(changes('"name"', '"name"')).toEqual([]);
  });

  it.each([
    ['a default that is written out', '"order": "parallel",', ''],
    ['another way to write a length of time', '"timeout": "20s"', '"timeout": "20000ms"'],
    ['the schema for the editor', '"$schema": "./waybill.schema.json",', ''],
    ['a comment', '{\n  "$schema"', '{ // for the editor\n  "$schema"'],
  ])('are the same but for %s', (_, from, to) => {
    expect(changes(from, to)).toEqual([]);
  });

  it.each([
    ['a setting of the kernel', '"concurrency": 16', '"concurrency": 4', 'inbound status concurrency 16 4'],
    ['a setting in a group', '"first": "2s"', '"first": "3s"', 'inbound status retry.first "2s" "3s"'],
    ['a setting that goes back to its default', '"unknown": "park",', '', 'outbound orders unknown "park" undefined'],
    ['a setting that has a default', '"every": "250ms",', '', 'inbound status every "250ms" "1s"'],
    ['a setting of a transport', '"secure": false', '"secure": true', 'connection backend secure false true'],
    ['a setting of the journal', '"./data/journal.db"', '"./other.db"', 'journal  path "./data/journal.db" "./other.db"'],
    ['an option of a pack', '"lenient": true', '"lenient": false', 'inbound status packs.parcels.lenient true false'],
    ['an option of writing that goes back to its default', '"longest": "8KB", ', '', 'outbound orders packs.parcels.longest "8KB" "2MB"'],
    ['the level of the log', '"level": "debug"', '"level": "warn"', 'manifest  log.level "debug" "warn"'],
    ['a list', '["Parcel_Status@3.0"]', '["Parcel_Status"]', 'inbound status allow.erp_gateway ["Parcel_Status@3.0"] ["Parcel_Status"]'],
    ['a route', '"priority": [0, 9]', '"priority": [0, 5]', 'route parcel.ordered → Parcel_Order@2.0 of store 10151 priority [0,9] [0,5]'],
  ])('differ in %s', (_, from, to, told) => {
    const found = changes(from, to);
    expect(found.map(({ change }) => change)).toEqual(['changed']);
    const lines = found.flatMap(({ part, name, settings }) =>
      settings.map(({ path, before, after }) => `${part} ${name} ${path} ${String(before)} ${String(after)}`),
    );
    expect(lines).toEqual([told]);
  });

  it('differ in a secret, which neither shows', () => {
    const [, ...more] = changes('"password": "${env:WIRE_PASSWORD}"', '"password": "${env:OTHER}"');
    const [found] = changes('"password": "${env:WIRE_PASSWORD}"', '"password": "${env:OTHER}"');
    expect(more).toEqual([]);
    expect(found).toEqual({
      change: 'changed',
      part: 'connection',
      name: 'backend',
      settings: [{ path: 'password', before: '"***"', after: '"***"' }],
    });
  });

  it('differ in what was renamed: one is gone, and one is new', () => {
    const found = changes('"rumours":', '"gossip":');
    expect(found).toEqual([
      { change: 'removed', part: 'inbound', name: 'rumours', settings: [] },
      { change: 'added', part: 'inbound', name: 'gossip', settings: [] },
    ]);
  });

  it('differ in a plugin and a route', () => {
    const route = `,\n    { "event": "stock.asked", "message": "Stock_Question", "to": ["orders"] }`;
    expect(changes(route, '')).toEqual([{ change: 'removed', part: 'route', name: 'stock.asked → Stock_Question', settings: [] }]);
  });
});
