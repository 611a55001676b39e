import { createServer } from 'node:net';
import { settings, Type } from '@waybill/contract';
import { type Fault, fault } from './fault.ts';

export const definitionFaults: readonly Fault[] = [
  fault('says-nothing-about-a-setting', ['describes every setting, refuses unknown ones and has defaults that it would accept'], {
    transport: (sound) => ({ ...sound, connection: settings({ host: Type.Optional(Type.String()) }) }),
  }),
  fault('has-a-wrong-default', ['describes every setting, refuses unknown ones and has defaults that it would accept'], {
    transport: (sound) => ({
      ...sound,
      connection: settings({ port: Type.Integer({ maximum: 10, default: 80, description: 'The port.' }) }),
    }),
  }),
  fault('takes-any-key', ['describes every setting, refuses unknown ones and has defaults that it would accept'], {
    transport: (sound) => ({ ...sound, connection: Type.Object({}) }),
  }),
  fault('has-a-stale-card', ['agrees with the committed card'], { harness: { card: new URL('./stale.plugin.json', import.meta.url) } }),
  fault('leaves-a-server-open', ['leaves nothing open when it is closed, and can be opened again'], {
    transport: (sound) => ({
      ...sound,
      async connect(config, context) {
        await new Promise<void>((resolve) => {
          createServer().listen(0, '127.0.0.1', resolve);
        });
        return sound.connect(config, context);
      },
    }),
  }),
];
