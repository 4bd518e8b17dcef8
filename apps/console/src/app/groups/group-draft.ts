import type { CreateGroupRequest, GroupType, UpdateGroupRequest } from '@poolhouse/model';
import { isGroupName, ranges } from '@poolhouse/rules';
import { isArn } from '../shared/checks/arn.ts';
import { isTypedInRange } from '../shared/checks/whole-number.ts';

/** What is entered for a group; numbers as typed. */
export interface GroupValues {
  readonly name: string;
  readonly description: string;
  readonly role: string;
  readonly precedence: string;
}

/** Why a group cannot be saved; the texts are the form's. */
export type GroupProblem =
  'no-name' | 'long-name' | 'not-a-role' | 'role-stays' | 'not-a-number' | 'precedence-stays';

/** A group that is made or edited, and what stands against it. */
export class GroupDraft {
  readonly values: GroupValues;
  readonly #saved: GroupValues | undefined;

  constructor(values: Partial<GroupValues> = {}, saved?: GroupValues) {
    this.values = { name: '', description: '', role: '', precedence: '', ...values };
    this.#saved = saved;
  }

  /** A draft to edit a group with. */
  static of(group: GroupType): GroupDraft {
    const values = {
      name: group.GroupName ?? '',
      description: group.Description ?? '',
      role: group.RoleArn ?? '',
      precedence: group.Precedence === undefined ? '' : String(group.Precedence),
    };
    return new GroupDraft(values, values);
  }

  with(values: Partial<GroupValues>): GroupDraft {
    return new GroupDraft({ ...this.values, ...values }, this.#saved);
  }

  get isChanged(): boolean {
    const saved = this.#saved ?? new GroupDraft().values;
    return (Object.keys(saved) as (keyof GroupValues)[]).some(
      (name) => this.values[name] !== saved[name],
    );
  }

  /** Problems by field. The API changes what a request names: a role or a precedence that was set cannot be taken away. */
  get problems(): Readonly<Partial<Record<keyof GroupValues, GroupProblem>>> {
    const { name, role, precedence } = this.values;
    const found: Partial<Record<keyof GroupValues, GroupProblem>> = {};
    if (name.trim() === '') found.name = 'no-name';
    else if (!isGroupName(name.trim())) found.name = 'long-name';
    if (role === '' && this.#saved?.role) found.role = 'role-stays';
    else if (role !== '' && (!isArn(role) || role.length < 20)) found.role = 'not-a-role';
    if (precedence === '' && this.#saved?.precedence) found.precedence = 'precedence-stays';
    else if (precedence !== '' && !isTypedInRange(precedence, ranges.groupPrecedence)) {
      found.precedence = 'not-a-number';
    }
    return found;
  }

  create(UserPoolId: string): CreateGroupRequest {
    const { name, description, role, precedence } = this.values;
    return {
      UserPoolId,
      GroupName: name.trim(),
      Description: description || undefined,
      RoleArn: role || undefined,
      Precedence: precedence === '' ? undefined : Number(precedence),
    };
  }

  update(UserPoolId: string): UpdateGroupRequest {
    const { name: GroupName, description: Description, role, precedence } = this.values;
    return {
      UserPoolId,
      GroupName,
      Description,
      RoleArn: role || undefined,
      Precedence: precedence === '' ? undefined : Number(precedence),
    };
  }
}
