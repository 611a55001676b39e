import { packSuite } from '../src/pack/suite.ts';
import { harness, soundPack } from './broken-packs/sound.ts';

packSuite(soundPack, harness);
