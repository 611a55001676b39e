import type { PresentProcess } from '@waybill/contract';
import type { CheckedManifest, ManifestChange } from '@waybill/manifest';
import type { ToldStatus } from '../status/gather.ts';

/**
 * What is different from what running processes of this name say of themselves: they know names and transports, no settings.
 * Undefined where none says anything.
 */
export function changesFromRunning(processes: readonly PresentProcess[], next: CheckedManifest): readonly ManifestChange[] | undefined {
  const told = processes
    .map(({ status }) => status as ToldStatus)
    .filter(({ manifest, shortened }) => manifest === next.name && !shortened);
  if (told.length === 0) return undefined;
  return [
    ...differences(
      'connection',
      told.flatMap(({ connections = [] }) => connections),
      next.connections,
    ),
    ...differences(
      'inbound',
      told.flatMap(({ inbound = [] }) => inbound),
      next.inbound,
    ),
    ...differences(
      'outbound',
      told.flatMap(({ outbound = [] }) => outbound),
      next.outbound,
    ),
  ];
}

interface Named {
  readonly name: string;
}

function differences(part: ManifestChange['part'], before: readonly Named[], after: readonly Named[]): readonly ManifestChange[] {
  const [old, next] = [before, after].map((all) => new Set(all.map(({ name }) => name)));
  const change =
    (what: 'added' | 'removed') =>
    (name: string): ManifestChange => ({ change: what, part, name, settings: [] });
  return [
    ...[...(old ?? [])].filter((name) => !next?.has(name)).map(change('removed')),
    ...[...(next ?? [])].filter((name) => !old?.has(name)).map(change('added')),
  ];
}
