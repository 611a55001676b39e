import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { CheckedManifest, CheckedPlugin } from './checked.ts';
import { findPlugins } from './plugins/find-plugins.ts';
import { type Problem, problemsOf } from './problem.ts';
import type { ManifestSource } from './read/manifest.ts';
import type { EntryNode, ManifestNode, ObjectNode } from './read/node.ts';
import { checkConnections } from './sections/connections.ts';
import { checkInbound } from './sections/entries/inbound.ts';
import { checkOutbound } from './sections/entries/outbound.ts';
import { checkJournal } from './sections/journal.ts';
import { checkNamedOutbound, withErrorsTo } from './sections/outbound-names.ts';
import { checkRoutes } from './sections/routes.ts';
import { type Context, resolved, textOf } from './sections/section.ts';
import { manifestShape } from './shape/shape.ts';
import { checkValue, entryFor } from './values/check-value.ts';
import { fillPlaceholders } from './values/placeholders.ts';
import { asSchema, Checking } from './values/setting-schema.ts';
import { withoutSecrets } from './values/without-secrets.ts';

/**
 * Either a manifest without errors, its warnings with it, or all of its problems, errors and warnings in the order of its
 * text.
 */
export type CheckResult = { readonly manifest: CheckedManifest } | { readonly problems: readonly Problem[] };

export interface CheckOptions {
  /** Where `${env:NAME}` looks. Default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Plugins that an application hands over as code; the manifest does not name them under `plugins`. */
  readonly given?: readonly CheckedPlugin[] | undefined;
}

const shape = asSchema(manifestShape);
/** An application that hands its plugins over as code need not name any. */
const withoutPlugins = { ...shape, required: (shape.required ?? []).filter((key) => key !== 'plugins') };
const keys = Object.keys(manifestShape.properties);

/**
 * Checks a whole manifest against the cards of the plugins that it names, without importing any of their code. Reads
 * cards and the files of `${file:path}`, opens nothing else. Never throws for what is in the manifest.
 */
export function checkManifest(source: ManifestSource, options: CheckOptions = {}): CheckResult {
  const { file, root, findings } = source;
  if (root === undefined || findings.length > 0) return { problems: problemsOf(findings, [], file) };
  const checking = new Checking(source.format !== 'object');
  const manifest = checkRoot(root, source, options, checking);
  const { warnings } = checking;
  if (manifest === undefined) return { problems: problemsOf(checking.findings, warnings, file) };
  return { manifest: { ...manifest, warnings: problemsOf([], warnings, file) } };
}

function checkRoot(
  written: ManifestNode,
  source: ManifestSource,
  { env = process.env, given = [] }: CheckOptions,
  checking: Checking,
): Omit<CheckedManifest, 'warnings'> | undefined {
  const { folder } = source;
  const root = fillPlaceholders(written, { env, folder }, checking.findings);
  checkValue(given.length === 0 ? shape : withoutPlugins, root, '', root.spot, checking);
  if (root.kind !== 'object') return undefined;
  const section = (key: string): EntryNode | undefined => entryFor(root, key, keys);
  const list = section('plugins')?.value;
  const plugins = findPlugins(list?.kind === 'list' ? list : undefined, source, given, checking.findings);
  const context: Context = { folder, plugins, checking };
  const app = checkApp(section('app'), context);
  const journal = checkJournal(section('journal'), context);
  const drafts = checkConnections(section('connections'), context);
  const inbound = checkInbound(section('inbound'), drafts, context);
  const outbound = checkOutbound(section('outbound'), drafts, context);
  checkNamedOutbound(section('inbound'), outbound, context);
  const routes = checkRoutes(section('routes'), outbound, context);
  if (checking.findings.length > 0 || journal === undefined) return undefined;
  return {
    file: source.file,
    folder,
    ...general(root, context),
    plugins: plugins.all,
    app,
    journal,
    connections: [...(drafts?.values() ?? [])].flatMap(({ checked }) => checked ?? []),
    inbound: withErrorsTo(inbound, outbound),
    outbound: [...(outbound?.values() ?? [])].flatMap(({ enabled, checked }) => (enabled && checked ? [checked] : [])),
    routes,
    declared: { inbound: namesIn(section('inbound')), outbound: namesIn(section('outbound')) },
    secrets: [...new Set(checking.secrets)],
    written: withoutSecrets(written, checking.secrets),
  };
}

function namesIn(section: EntryNode | undefined): readonly string[] {
  return section?.value.kind === 'object' ? [...section.value.entries.keys()] : [];
}

function general(root: ObjectNode, context: Context): Pick<CheckedManifest, 'name' | 'log' | 'grace'> {
  const values = resolved(shape, root, context) as {
    readonly name?: string;
    readonly log: CheckedManifest['log'];
    readonly stop: { readonly grace: number };
  };
  return { name: values.name ?? (basename(context.folder) || 'waybill'), log: values.log, grace: values.stop.grace };
}

function checkApp(entry: EntryNode | undefined, { folder, checking }: Context): string | undefined {
  const path = textOf(entry);
  if (entry === undefined || path === undefined || path.includes('\0')) return undefined;
  const file = resolve(folder, path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return file;
  const what = found ? 'is a folder, not a module' : 'does not exist';
  checking.find(
    'WB_MANIFEST_NO_APP',
    `The application's module ${path} ${what}.`,
    entry.key,
    entry.value.spot,
    `It is looked for in ${folder}.`,
  );
  return undefined;
}
