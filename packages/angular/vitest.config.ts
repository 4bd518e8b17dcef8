import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Some tests start a server, and prove passwords to it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
