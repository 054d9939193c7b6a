import { register } from 'tsx/esm/api';

register();
await import('../devices/host.ts');
