import type {
  AddCustomAttributesRequest,
  AttributeDataType,
  SchemaAttributeType,
} from '@poolhouse/model';
import {
  attributeBoundsProblem,
  isCustomAttributeName,
  LONGEST_VALUE,
  type AttributeBoundsProblem,
} from '@poolhouse/rules';

/** A custom attribute that is about to be added; it can never be changed or removed afterwards. */
export interface CustomAttribute {
  readonly name: string;
  readonly type: AttributeDataType;
  readonly least: string;
  readonly most: string;
  readonly mutable: boolean;
}

/** Why it cannot be added; the texts are the form's. */
export type CustomProblem = 'name' | 'taken' | 'number' | 'order';

const problems: Readonly<Record<AttributeBoundsProblem, CustomProblem>> = {
  'not-whole': 'number',
  'too-long': 'number',
  crossed: 'order',
};

/** What stands against it. Source: API model, CustomAttributeNameType; behaviour.md 3.3. */
export function customProblem(
  attribute: CustomAttribute,
  schema: readonly SchemaAttributeType[],
): CustomProblem | undefined {
  const { name } = attribute;
  if (!isCustomAttributeName(name)) return 'name';
  if (schema.some(({ Name }) => Name === `custom:${name}`)) return 'taken';
  const problem = attributeBoundsProblem(schemaOf(attribute));
  return problem && problems[problem];
}

/** What adds it. */
export function addInput(
  UserPoolId: string,
  attribute: CustomAttribute,
): AddCustomAttributesRequest {
  return { UserPoolId, CustomAttributes: [schemaOf(attribute)] };
}

function schemaOf({ name, type, mutable, least, most }: CustomAttribute): SchemaAttributeType {
  const [low, high] = [least || undefined, most || undefined];
  return {
    Name: name,
    AttributeDataType: type,
    Mutable: mutable,
    ...(type === 'String' && {
      StringAttributeConstraints: {
        MinLength: low ?? '0',
        MaxLength: high ?? String(LONGEST_VALUE),
      },
    }),
    ...(type === 'Number' &&
      (low ?? high) !== undefined && {
        NumberAttributeConstraints: { MinValue: low, MaxValue: high },
      }),
  };
}
