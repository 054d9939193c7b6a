/**
 * Imported for what it does: the modules imported after it may be TypeScript, and their functions are plain
 * (plain-functions.ts). Every entry of the house begins with it, a thread's too, which is not born knowing TypeScript.
 */
import { register } from 'tsx/esm/api';

register();
const { plainFunctions } = await import('./plain-functions.ts');
plainFunctions();
