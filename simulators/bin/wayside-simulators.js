#!/usr/bin/env node
import '@wayside/contracts/typescript';

await import('../src/main.ts');
