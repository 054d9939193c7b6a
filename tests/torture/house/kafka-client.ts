import { createRequire } from 'node:module';

/** Whether `npm run native` was run here. */
export function hasKafkaClient(): boolean {
  try {
    createRequire(import.meta.url).resolve('node-rdkafka');
    return true;
  } catch {
    return false;
  }
}
