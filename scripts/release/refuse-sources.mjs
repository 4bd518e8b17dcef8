/**
 * The `prepack` script of each kit. npm runs it for `npm pack` and `npm publish`, and then stops: a tarball of the sources would not work
 * anywhere.
 */
const name = process.env['npm_package_name'] ?? 'This package';
process.stderr.write(
  `${name} is not packed or published from its sources: they would work nowhere. ` +
    'Run `npm run release:kits` in the repository: it builds, packs and tries the packages, and says what to publish ' +
    '(docs/guides/release.md).\n',
);
process.exit(1);
