export { type CheckOptions, type CheckResult, checkManifest } from './check.ts';
export { checkTextSettings, type TextSettingsOptions } from './check-settings.ts';
export type * from './checked.ts';
export { compareManifests, type ManifestChange, type SettingChange } from './compare/compare.ts';
export type { PartKind, WrittenManifest } from './compare/parts.ts';
export { didYouMean } from './did-you-mean.ts';
export { manifestSchema } from './editor-schema.ts';
export { errors, type ManifestErrorCode } from './errors.ts';
export { defineManifest, type Manifest, type PluginSettings } from './manifest.ts';
export { objectionToCard } from './plugins/card-shape.ts';
export {
  type KnownMeanings,
  type MessageFileDraft,
  type MessageFileReader,
  type MessageFileSource,
  meaningsOf,
  type ReadMessageFile,
} from './plugins/message-file-reader.ts';
export { type OpenedMessageFile, openMessageFile } from './plugins/message-files.ts';
export { type MissingPlugin, missingPlugin } from './plugins/missing-plugin.ts';
export {
  cardFile,
  installedPlugins,
  isMessageFile,
  type Located,
  locatePlugin,
  mainModule,
  messageFileReader,
} from './plugins/plugin-entry.ts';
export { type FormatOptions, formatProblems, ManifestError, type Problem, type Spot } from './problem.ts';
export { type ManifestSource, readManifest } from './read/manifest.ts';
export type { EntryNode, ListNode, ManifestNode, ObjectNode, ScalarNode } from './read/node.ts';
export { manifestShapes } from './shape/shape.ts';
