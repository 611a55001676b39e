import { isWaybillError, type JournalDesk, type MessagePackDefinition } from '@waybill/contract';
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
  const checked = checkManifest(readManifest(manifestFile(named)), { env: process.env });
  if ('problems' in checked) throw new ManifestError(checked.problems);
  const { manifest } = checked;
  const { plugin, settings } = manifest.journal;
  const needed = manifest.plugins.filter(({ main, card }) => main === plugin.main || (withPacks && card.kind === 'message-pack'));
  const { journal, packs } = await loadPlugins({ ...manifest, plugins: needed });
  if (!journal.openDesk) throw errors.WB_CLI_NO_DESK(`The journal ${plugin.card.name} cannot be opened by another process.`);
  const log = createLog({ level: 'error', secrets: manifest.secrets });
  const signal = AbortSignal.timeout(openLimit);
  const { folder } = manifest;
  const open = await journal.openDesk(settings, { name: plugin.card.name, log, folder, signal });
  try {
    return await work({ desk: open.desk, replays: open.replays, control: open.control, manifest, packs });
  } finally {
    await open.close();
  }
}

/** What can be said of an error without its text, which may hold what stood in a message. */
export function codeOf(error: unknown): string {
  return isWaybillError(error) ? error.code : 'an error without a code';
}
