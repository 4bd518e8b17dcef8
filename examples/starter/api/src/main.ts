import { createServer } from 'node:http';
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

/** Room for the access token of somebody who is in a hundred groups with long names; Node's own limit is 16 KB. */
const maxHeaderSize = 96 * 1024;

const server = createServer({ maxHeaderSize }, createApp(config, { webFolder }));
server.once('error', (error) => {
  console.error(`The starter application cannot listen on ${host}:${port}: ${error.message}`);
  process.exit(1);
});
server.listen(port, host, () =>
  console.log(`The starter application runs at http://${host}:${port}`),
);
// The last one: what started it, and hands signals on, has died.
for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
  process.on(event, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
