import type { ResourceServerType } from '@poolhouse/model';
import { isResourceServerIdentifier, isResourceServerName, isScopeName } from '@poolhouse/rules';

/** A scope as entered. */
export interface ScopeValues {
  readonly name: string;
  readonly description: string;
}

/** What is entered for a resource server. */
export interface ServerValues {
  readonly name: string;
  readonly identifier: string;
  readonly scopes: readonly ScopeValues[];
}

/** Why a resource server cannot be saved; the texts are the form's. */
export type ServerProblem =
  | 'no-name'
  | 'name'
  | 'no-identifier'
  | 'identifier'
  | 'no-scope'
  | 'scope'
  | 'scope-twice'
  | 'no-description';

/** Problems by field: `name`, `identifier`, `scope-0`, `description-0`. */
export type ServerProblems = Readonly<Record<string, ServerProblem>>;

/** A resource server that is made or edited, and what stands against it. */
export class ServerDraft {
  readonly values: ServerValues;

  constructor(values: Partial<ServerValues> = {}) {
    this.values = { name: '', identifier: '', scopes: [], ...values };
  }

  /** A draft to edit a resource server with. */
  static of({ Name = '', Identifier = '', Scopes = [] }: ResourceServerType): ServerDraft {
    const scopes = Scopes.map((one) => ({
      name: one.ScopeName,
      description: one.ScopeDescription,
    }));
    return new ServerDraft({ name: Name, identifier: Identifier, scopes });
  }

  with(values: Partial<ServerValues>): ServerDraft {
    return new ServerDraft({ ...this.values, ...values });
  }

  withScope(at: number, values: Partial<ScopeValues>): ServerDraft {
    const scopes = this.values.scopes.map((one, index) =>
      index === at ? { ...one, ...values } : one,
    );
    return this.with({ scopes });
  }

  withOneMore(): ServerDraft {
    return this.with({ scopes: [...this.values.scopes, { name: '', description: '' }] });
  }

  without(at: number): ServerDraft {
    return this.with({ scopes: this.values.scopes.filter((_, index) => index !== at) });
  }

  get problems(): ServerProblems {
    const { name, identifier, scopes } = this.values;
    const found: Record<string, ServerProblem> = {};
    if (name.trim() === '') found['name'] = 'no-name';
    else if (!isResourceServerName(name)) found['name'] = 'name';
    if (identifier === '') found['identifier'] = 'no-identifier';
    else if (!isResourceServerIdentifier(identifier)) found['identifier'] = 'identifier';
    for (const [at, scope] of scopes.entries()) {
      if (scope.name === '') found[`scope-${at}`] = 'no-scope';
      else if (!isScopeName(scope.name)) found[`scope-${at}`] = 'scope';
      else if (scopes.findIndex((one) => one.name === scope.name) < at) {
        found[`scope-${at}`] = 'scope-twice';
      }
      if (scope.description.trim() === '') found[`description-${at}`] = 'no-description';
    }
    return found;
  }

  /** The input of CreateResourceServer, and of UpdateResourceServer. */
  input(UserPoolId: string) {
    const { name, identifier, scopes } = this.values;
    return {
      UserPoolId,
      Identifier: identifier,
      Name: name.trim(),
      Scopes: scopes.map((one) => ({
        ScopeName: one.name,
        ScopeDescription: one.description.trim(),
      })),
    };
  }
}
