import { openHostHandle } from './handle/host-handle.ts';
import { mqTransport } from './transport.ts';

export { errors } from './errors.ts';

export default mqTransport(openHostHandle);
