import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { documentOf, type Page } from '../page.ts';

/** An element of a page, as a browser reads it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** With the text of what is in it; of a template, with that of its content. */
  readonly text: string;
  /** Names of what it stands in, the nearest first. */
  readonly within: readonly string[];
}

/** All elements of a page in their order, as a browser that runs no script reads them. */
export function readPage(page: Page): readonly Element[] {
  const { text } = documentOf(page, (file) => `/static/${file}`);
  const found: Element[] = [];
  visit(parse(text, { scriptingEnabled: false }), []);
  return found;

  function visit(node: Tree.ParentNode, within: readonly string[]): void {
    for (const child of childrenOf(node)) {
      if (!('tagName' in child)) continue;
      found.push({
        name: child.tagName,
        attributes: Object.fromEntries(child.attrs.map(({ name, value }) => [name, value])),
        text: textOf(child).replaceAll(/\s+/g, ' ').trim(),
        within,
      });
      visit(child, [child.tagName, ...within]);
    }
  }
}

function childrenOf(node: Tree.ParentNode): readonly Tree.ChildNode[] {
  return 'content' in node ? node.content.childNodes : node.childNodes;
}

function textOf(node: Tree.ChildNode): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? childrenOf(node).map(textOf).join('') : '';
}
