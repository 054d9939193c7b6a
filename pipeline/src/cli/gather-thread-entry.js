// A thread of gather-threads.ts begins here.
import '@wayside/contracts/typescript';

await import('./gather-thread-main.ts');
