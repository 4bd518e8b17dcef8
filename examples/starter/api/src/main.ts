import { fileURLToPath } from 'node:url';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';

const { env } = process;
const config = readConfig(
  env['POOLHOUSE_STARTER_CONFIG'] ?? new URL('../../poolhouse.config.json', import.meta.url),
);
const webFolder = fileURLToPath(new URL('../../web/dist/browser', import.meta.url));
const host = env['POOLHOUSE_STARTER_HOST'] ?? 'localhost';
const port = Number(env['POOLHOUSE_STARTER_PORT'] ?? 8401);

const server = createApp(config, { webFolder }).listen(port, host, (error) => {
  if (error !== undefined) {
    console.error(`The starter application cannot listen on ${host}:${port}: ${error.message}`);
    process.exit(1);
  }
  console.log(
    `  Starter     http://${host}:${port}   (the tutorial's application: examples/starter)`,
  );
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
