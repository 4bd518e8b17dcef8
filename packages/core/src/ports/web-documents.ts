/** Reads what identity providers publish: discovery documents and metadata. */
export interface WebDocuments {
  /**
   * The text at an address of the web, or `undefined` if it cannot be read: within 5 s, 1 MB, without redirects, and only from addresses that
   * the server may speak to (security.md X11, X12).
   */
  read(url: string): Promise<string | undefined>;
}
