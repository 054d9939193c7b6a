import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run dev` talks to a house that runs (WAYSIDE_URL), or to the demo server in dev/ where none is named. */
export default defineConfig(({ command }) => {
  const house = process.env['WAYSIDE_URL'] ?? 'http://127.0.0.1:20808';
  return {
    plugins: [react()],
    server:
      command === 'serve'
        ? { host: '127.0.0.1', proxy: { '/api': house, '/ready': house, '/health': house } }
        : {},
    build: {
      target: 'es2022',
      sourcemap: false,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: 'vendor', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|wouter)[\\/]/ },
            ],
          },
        },
      },
    },
  };
});
