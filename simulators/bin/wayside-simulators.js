#!/usr/bin/env node
import { register } from 'tsx/esm/api';

register();
const { plainFunctions } = await import('@wayside/contracts/plain-functions');
plainFunctions();
await import('../src/main.ts');
