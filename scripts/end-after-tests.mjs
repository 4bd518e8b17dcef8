// Loaded into each process of tests: one that a failed test has left a server or a timer in ends soon after its last test. Node's own
// `--test-force-exit` ends it at once, and what was not reported yet is lost with it: tests go missing, and nobody hears of them.
import { after } from 'node:test';

/** Reports are out long before. */
const LINGER_MS = 2_000;

after(() => {
  setTimeout(() => process.exit(), LINGER_MS).unref();
});
