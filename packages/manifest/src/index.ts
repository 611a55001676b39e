export { type CheckOptions, type CheckResult, checkManifest } from './check.ts';
export { checkTextSettings, type TextSettingsOptions } from './check-settings.ts';
export type * from './checked.ts';
export { didYouMean } from './did-you-mean.ts';
export { manifestSchema } from './editor-schema.ts';
export { errors, type ManifestErrorCode } from './errors.ts';
export { cardFile, installedPlugins, isFolder, type Located, locatePlugin, mainModule } from './plugins/plugin-entry.ts';
export { formatProblems, ManifestError, type Problem } from './problem.ts';
export { type ManifestSource, readManifest } from './read/manifest.ts';
