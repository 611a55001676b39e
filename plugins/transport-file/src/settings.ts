import { bytes, duration, path, type Settings, settings, Type } from '@waybill/contract';

/** A folder below another one: relative, without a way up. */
const below = '^(?![/\\\\])(?!([^/\\\\]*[/\\\\])*\\.\\.([/\\\\]|$))(?!.*:).+$';

export const folder = settings({
  path: path({ description: 'The folder that files are read from and written to.', examples: ['./exchange/erp'] }),
  create: Type.Boolean({
    description:
      'Create the folder, and those that endpoints name in it, when they are missing. `false` for a folder on a volume that may not be mounted.',
    default: true,
  }),
});

export const source = settings({
  folder: Type.Optional(
    Type.String({
      pattern: below,
      description: 'Read from this folder in the folder of the connection instead of from that itself.',
      examples: ['in', 'orders/in'],
    }),
  ),
  pattern: Type.String({
    pattern: '^[^/\\\\]+$',
    description: 'Which files to read, by name: `*` stands for any characters, `?` for one. Hidden files never match `*`.',
    default: '*.xml',
    examples: ['orders-*.xml'],
  }),
  by: Type.Union([Type.Literal('name'), Type.Literal('time')], {
    description: 'What decides which file comes first: its name, or when it was last written (then its name).',
    default: 'name',
  }),
  settle: duration({
    description:
      'Take a file only when nothing has changed in it for this long; an empty one, ten times as long. Longer than its writer pauses; `0ms` if all files come by renaming.',
    default: '2s',
  }),
  every: duration({ description: 'How often to look for files if the operating system does not tell of new ones.', default: '1s' }),
  limit: bytes({ description: 'Largest file to accept. A larger one is not read but moved to the rejected files.', default: '10MB' }),
  inHandBytes: bytes({
    description: 'How many bytes of files may be in hand at the same time, beside `concurrency`. One file always may be, however large.',
    default: '32MB',
  }),
  lease: duration({
    description: 'When a process on another machine shows no sign of life for this long, its files in hand are taken over.',
    default: '30s',
  }),
  done: Type.Optional(
    Type.String({
      pattern: below,
      description: 'Move files that are done with to this folder, next to the files, instead of deleting them.',
      examples: ['done'],
    }),
  ),
  rejected: Type.String({
    pattern: below,
    description: 'Move files that were refused to this folder, next to the files.',
    default: 'rejected',
  }),
});

export const target = settings({
  folder: Type.Optional(
    Type.String({
      pattern: below,
      description: 'Write to this folder in the folder of the connection instead of to that itself.',
      examples: ['out'],
    }),
  ),
  name: Type.String({
    pattern: '^(?!\\.)(?=.*\\{id\\})([^/\\\\{}:]|\\{(id|type|correlation)\\})+$',
    description:
      'The name of the file. `{id}` is the id of the message and has to be part of it, `{type}` its type, `{correlation}` its correlation id.',
    default: '{type}-{id}.xml',
    examples: ['order-{id}.xml'],
  }),
  remember: duration({
    description: 'How long a message that was sent is remembered, so that sending it again has no second effect.',
    default: '1d',
  }),
});

export type FolderSettings = Settings<typeof folder>;
export type Source = Settings<typeof source>;
export type Target = Settings<typeof target>;
