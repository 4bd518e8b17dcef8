/** Puts a text into the clipboard. Answers whether the browser allowed it. */
export async function copyText(page: Document, text: string): Promise<boolean> {
  try {
    if (!page.defaultView) return false;
    await page.defaultView.navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
