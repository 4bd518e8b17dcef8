import type { Tree } from '@angular-devkit/schematics';
import { getAppModulePath, isStandaloneApp } from '@schematics/angular/utility/ng-ast-utils';
import { findAppConfig } from '@schematics/angular/utility/standalone/app_config';
import {
  findBootstrapApplicationCall,
  getSourceFile,
} from '@schematics/angular/utility/standalone/util';
import * as ts from 'typescript';

/** A call such as `provideHttpClient()` among the providers of an application. */
export interface ProviderCall {
  readonly path: string;
  readonly call: ts.CallExpression;
}

/** Finds a call by its name where an application has its providers. */
export function findProviderCall(tree: Tree, main: string, name: string): ProviderCall | undefined {
  const path = providersFile(tree, main);
  const visit = (node: ts.Node): ts.CallExpression | undefined =>
    isCallOf(node, name) ? node : ts.forEachChild(node, visit);
  const call = visit(getSourceFile(tree, path));
  return call && { path, call };
}

/** Whether a node is a call of a function with this name. */
export function isCallOf(node: ts.Node, name: string): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name
  );
}

function providersFile(tree: Tree, main: string): string {
  if (!isStandaloneApp(tree, main)) return getAppModulePath(tree, main);
  return findAppConfig(findBootstrapApplicationCall(tree, main), tree, main)?.filePath ?? main;
}
