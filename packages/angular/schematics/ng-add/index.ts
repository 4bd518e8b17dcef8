import {
  chain,
  type Rule,
  type SchematicContext,
  SchematicsException,
  type Tree,
} from '@angular-devkit/schematics';
import { addRootProvider, readWorkspace } from '@schematics/angular/utility';
import { getMainFilePath } from '@schematics/angular/utility/standalone/util';
import { addInterceptor } from './add-interceptor';
import { askPool } from './ask-pool';
import { findProviderCall } from './find-provider-call';

/** What `ng add @poolhouse/angular` asks. */
export interface NgAddOptions {
  readonly project?: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Empty for Amazon Cognito. */
  readonly endpoint?: string;
}

/** Adds `providePoolhouse` and the interceptor to an application; what is there already stays as it is. */
export function ngAdd(options: NgAddOptions): Rule {
  return async (tree: Tree, { logger }: SchematicContext) => {
    const project = await applicationOf(tree, options.project);
    const main = await getMainFilePath(tree, project);
    const told = await askPool(options);
    if (told.isFine) logger.info(told.text);
    else logger.warn(told.text);
    const rules: Rule[] = [];
    if (!findProviderCall(tree, main, 'providePoolhouse')) {
      rules.push(
        addRootProvider(project, ({ code, external }) => {
          return code`${external('providePoolhouse', '@poolhouse/angular')}(${configOf(options)})`;
        }),
      );
    }
    if (findProviderCall(tree, main, 'provideHttpClient')) {
      rules.push((host) => addInterceptor(host, main));
    } else {
      rules.push(
        addRootProvider(project, ({ code, external }) => {
          const http = '@angular/common/http';
          const interceptor = external('poolhouseInterceptor', '@poolhouse/angular');
          return code`${external('provideHttpClient', http)}(${external('withInterceptors', http)}([${interceptor}]))`;
        }),
      );
    }
    return chain(rules);
  };
}

async function applicationOf(tree: Tree, name: string | undefined): Promise<string> {
  const { projects } = await readWorkspace(tree);
  const applications = [...projects]
    .filter(([, { extensions }]) => extensions['projectType'] === 'application')
    .map(([known]) => known);
  const chosen = name ?? applications[0];
  if (chosen === undefined) throw new SchematicsException('This workspace has no application.');
  if (!applications.includes(chosen)) {
    throw new SchematicsException(`The application "${chosen}" is not in this workspace.`);
  }
  return chosen;
}

/** The argument of providePoolhouse, as source text. */
function configOf({ userPoolId, clientId, endpoint = '' }: NgAddOptions): string {
  const members = Object.entries({ userPoolId, clientId, endpoint }).filter(([, value]) => value);
  const lines = members.map(([name, value]) => `  ${name}: ${quoted(value)},`);
  return ['{', ...lines, '}'].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll(/\s+/g, ' ')}'`;
}
