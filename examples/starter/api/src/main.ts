import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';

const { env } = process;
const file =
  env['POOLHOUSE_STARTER_CONFIG'] ?? new URL('../../poolhouse.config.json', import.meta.url);
/** Set by `npm start` when it runs the server somewhere else. */
const endpoint = env['POOLHOUSE_STARTER_ENDPOINT'];
const config = { ...readConfig(file), ...(endpoint && { endpoint }) };
const webFolder = fileURLToPath(new URL('../../web/dist/browser', import.meta.url));
const host = env['POOLHOUSE_STARTER_HOST'] ?? 'localhost';
const port = Number(env['POOLHOUSE_STARTER_PORT'] ?? 8401);

const server = createApp(config, { webFolder }).listen(port, host, (error) => {
  if (error !== undefined) {
    console.error(`The starter application cannot listen on ${host}:${port}: ${error.message}`);
    process.exit(1);
  }
  console.log(`The starter application runs at http://${host}:${port}`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
