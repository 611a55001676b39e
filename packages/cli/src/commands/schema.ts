import type { JsonSchema } from '@waybill/contract/host';
import { mainModule, manifestSchema, meaningsOf } from '@waybill/manifest';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { writeBytes } from '../files.ts';
import { choosePlugins, type PluginChoice } from '../plugins/packs.ts';
import { findReader, type PluginPackage, readCard } from '../plugins/plugin-packages.ts';
import { json, type Terminal } from '../terminal.ts';

export interface SchemaOptions extends PluginChoice {
  /** Where to write; default standard output. */
  readonly out?: string;
  /** For files that declare messages instead. */
  readonly messages?: boolean;
}

/** `waybill schema`: what an editor needs to complete and check a manifest, or a message file, from the cards of the plugins. */
export async function schema(options: SchemaOptions, terminal: Terminal): Promise<ExitCode> {
  const plugins = choosePlugins(options);
  const text = json(options.messages === true ? await messageFileSchema(plugins) : manifestSchema(plugins.map(readCard)));
  if (options.out === undefined) terminal.out(text);
  else writeBytes(options.out, `${text}\n`);
  return exitCode.done;
}

/** Files that declare messages are left out: they name what plugins with code declare. Throws `WB_CLI_NO_PLUGIN`. */
async function messageFileSchema(plugins: readonly PluginPackage[]): Promise<JsonSchema> {
  const folder = plugins.find(({ messageFile }) => messageFile !== undefined)?.folder ?? findReader(process.cwd());
  const { readerOf } = await import('@waybill/plugin-host');
  const cards = plugins.filter(({ messageFile }) => messageFile === undefined).map(readCard);
  return (await readerOf(mainModule(folder) ?? folder)).messageFileSchema(meaningsOf(cards));
}
