/** `npm run demo --workspace dashboards`: the built page with demo data, or only the API for `npm run dev`. */
import { fileURLToPath } from 'node:url';
import { startDemo } from './demo-server.ts';

const server = await startDemo({
  port: Number(process.env['PORT'] ?? 20808),
  clock: Date.now,
  pages: fileURLToPath(new URL('../dist', import.meta.url)),
});
process.stdout.write(`demo data at ${server.url}\n`);
process.once('SIGINT', () => void server.close());
