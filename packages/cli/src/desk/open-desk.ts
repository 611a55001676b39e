import { type AnyJournal, isWaybillError, type JournalDesk, type MessagePackDefinition, type OpenContext } from '@waybill/contract';
import { type CheckedManifest, checkManifest, ManifestError, readManifest } from '@waybill/manifest';
import { createLog, loadPlugins } from '@waybill/plugin-host';
import { errors } from '../errors.ts';
import { manifestFile } from '../manifest-file.ts';

/** For how long opening the journal may take, in milliseconds. */
const openLimit = 15_000;

/** A journal that is open for people, and what the manifest says about it. */
export interface OpenDesk extends Pick<JournalDesk, 'desk' | 'replays' | 'control'> {
  readonly manifest: CheckedManifest;
  /** Those of the manifest, where they were asked for. */
  readonly packs: readonly MessagePackDefinition[];
}

export interface DeskOptions {
  /** The manifest. Default: the one of the working folder. */
  readonly manifest?: string | undefined;
}

/**
 * Opens the journal of a manifest, beside running kernels or without one, has `work` done with it, and closes it again. No kernel is
 * started and no entry opened. Throws a `ManifestError`, `WB_CLI_NO_DESK`, and what the plugin of the journal throws.
 */
export async function withDesk<Result>(
  { manifest: named }: DeskOptions,
  work: (open: OpenDesk) => Promise<Result>,
  { withPacks = false } = {},
): Promise<Result> {
  const { manifest, journal, packs, settings, context } = await loadJournal(named, withPacks);
  if (!journal.openDesk) throw errors.WB_CLI_NO_DESK(`The journal ${context.name} cannot be opened by another process.`);
  const open = await journal.openDesk(settings, context);
  try {
    return await work({ desk: open.desk, replays: open.replays, control: open.control, manifest, packs });
  } finally {
    await open.close();
  }
}

interface LoadedJournal {
  readonly manifest: CheckedManifest;
  readonly journal: AnyJournal;
  readonly packs: readonly MessagePackDefinition[];
  readonly settings: object;
  readonly context: OpenContext;
}

/** The journal of a manifest, not opened yet. Throws a `ManifestError`. */
export async function loadJournal(named: string | undefined, withPacks: boolean): Promise<LoadedJournal> {
  const checked = checkManifest(readManifest(manifestFile(named)), { env: process.env });
  if ('problems' in checked) throw new ManifestError(checked.problems);
  const { manifest } = checked;
  const { plugin, settings } = manifest.journal;
  const needed = manifest.plugins.filter(({ main, card }) => main === plugin.main || (withPacks && card.kind === 'message-pack'));
  const { journal, packs } = await loadPlugins({ ...manifest, plugins: needed });
  const log = createLog({ level: 'error', secrets: manifest.secrets });
  const signal = AbortSignal.timeout(openLimit);
  return { manifest, journal, packs, settings, context: { name: plugin.card.name, log, folder: manifest.folder, signal } };
}

/** What can be said of an error without its text, which may hold what stood in a message. */
export function codeOf(error: unknown): string {
  return isWaybillError(error) ? error.code : 'an error without a code';
}
