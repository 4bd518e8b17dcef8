import { builtOperations } from '@poolhouse/core';
import { coverageTable } from './coverage-table.ts';

// Prints which operations of the API the core has: npm run coverage

process.stdout.write(coverageTable(builtOperations));
