/**
 * The compiler behind tsx gives every function its name anew, each time it is made (`keepNames`), and cannot be told
 * otherwise: `Object.defineProperty` for each closure of each message. The engine names them by itself, so this is left out.
 */
import { register } from 'node:module';

/** To be called once tsx is registered, before what is to be fast is imported. */
export function plainFunctions(): void {
  register('./plain-functions-hook.js', import.meta.url);
}
