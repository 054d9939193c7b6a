// A thread of gather-threads.ts begins here, because a thread is not born knowing TypeScript.
import { register } from 'tsx/esm/api';

register();
const { plainFunctions } = await import('@wayside/contracts/plain-functions');
plainFunctions();
await import('./gather-thread-main.ts');
