/**
 * Finishes the page of a built application, which starts as a static picture of itself (`.start` in its index.html) until its script runs.
 * The sign-in page becomes a page of its own, `sign-in.html`, which has the form in the picture and names the script of its route; another
 * form of it, such as `start-sign-in-choice.html`, becomes another one. All tell the browser about the font before it has read a style sheet.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const PLACE_OF_FORM = '<!-- start-sign-in.html -->';
const FONT = /^instrument-sans-latin-wght-normal-[\w-]{8}\.woff2$/;
/** The part of the application that a route loads, named after its file. */
const SCRIPT = /^sign-in(?:-page)?-[\w-]{8}\.js$/;

/**
 * @param {string} folder of the built application
 * @param {readonly string[]} forms the files with pictures of the sign-in form: `start-sign-in.html`, and others
 * @returns {Promise<void>}
 */
export async function finishPages(folder, forms) {
  const index = join(folder, 'index.html');
  const font = (await readdir(join(folder, 'media'))).find((name) => FONT.test(name));
  const page = await readFile(index, 'utf8');
  const script = (await readdir(folder)).find((name) => SCRIPT.test(name));
  if (font === undefined || script === undefined || !page.includes(PLACE_OF_FORM)) {
    throw new Error(
      `${index}: its font, its sign-in script or the place for its form is not where it was.`,
    );
  }
  const preload = `<link rel="preload" href="media/${font}" as="font" type="font/woff2" crossorigin>`;
  const told = page.replace('<link rel="stylesheet"', `${preload}$&`);
  for (const form of forms) {
    const picture = await readFile(form, 'utf8');
    const signIn = told
      .replace(PLACE_OF_FORM, () => picture)
      .replace('<script ', `<link rel="modulepreload" href="${script}">$&`);
    await writeFile(join(folder, basename(form).replace(/^start-/, '')), signIn);
  }
  await writeFile(index, told.replace(PLACE_OF_FORM, ''));
}
