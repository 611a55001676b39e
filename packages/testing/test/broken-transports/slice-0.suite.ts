import { registerSlice } from './register.ts';

registerSlice(0);
