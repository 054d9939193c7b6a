// The thread of the embedded database (pglite-thread.ts) begins here.
import '@wayside/contracts/typescript';

await import('./pglite-thread-main.ts');
