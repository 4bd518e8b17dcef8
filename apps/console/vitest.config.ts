import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Each test takes down what it has set up, so the files can share one DOM: to make one takes longer than most tests.
    isolate: false,
  },
});
