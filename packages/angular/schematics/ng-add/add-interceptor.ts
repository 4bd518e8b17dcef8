import type { Tree } from '@angular-devkit/schematics';
import { insertImport } from '@schematics/angular/utility/ast-utils';
import { type Change, InsertChange } from '@schematics/angular/utility/change';
import { applyChangesToFile, getSourceFile } from '@schematics/angular/utility/standalone/util';
import * as ts from 'typescript';
import { findProviderCall, isCallOf } from './find-provider-call';

const INTERCEPTOR = 'poolhouseInterceptor';

/** Adds the interceptor to the `provideHttpClient(...)` that an application has already. */
export function addInterceptor(tree: Tree, main: string): void {
  const found = findProviderCall(tree, main, 'provideHttpClient');
  if (!found) return;
  const { path, call } = found;
  const interceptors = call.arguments.find((feature) => isCallOf(feature, 'withInterceptors'));
  const list = interceptors?.arguments[0];
  const imports: [string, string][] = [[INTERCEPTOR, '@poolhouse/angular']];
  let change: Change;
  if (!interceptors) {
    imports.push(['withInterceptors', '@angular/common/http']);
    const feature = `withInterceptors([${INTERCEPTOR}])`;
    change = inserted(path, call.arguments, call.getEnd() - 1, feature);
  } else if (list && ts.isArrayLiteralExpression(list)) {
    if (list.elements.some((element) => element.getText() === INTERCEPTOR)) return;
    change = inserted(path, list.elements, list.getEnd() - 1, INTERCEPTOR);
  } else {
    // Somebody keeps the list elsewhere: one more feature of the same kind is allowed, and runs after it.
    change = inserted(
      path,
      call.arguments,
      call.getEnd() - 1,
      `withInterceptors([${INTERCEPTOR}])`,
    );
  }
  applyChangesToFile(tree, path, [change]);
  for (const [symbol, module] of imports) {
    applyChangesToFile(tree, path, [insertImport(getSourceFile(tree, path), path, symbol, module)]);
  }
}

/** Adds text after the last of some nodes, or at a place when there are none. */
function inserted(
  path: string,
  nodes: ts.NodeArray<ts.Node>,
  whenEmpty: number,
  text: string,
): Change {
  const last = nodes.at(-1);
  return last
    ? new InsertChange(path, last.getEnd(), `, ${text}`)
    : new InsertChange(path, whenEmpty, text);
}
