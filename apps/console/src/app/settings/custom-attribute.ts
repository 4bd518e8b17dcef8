import type {
  AddCustomAttributesRequest,
  AttributeDataType,
  SchemaAttributeType,
} from '@poolhouse/model';

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

/** What stands against it. Source: API model, CustomAttributeNameType; behaviour.md 3.3. */
export function customProblem(
  { name, type, least, most }: CustomAttribute,
  schema: readonly SchemaAttributeType[],
): CustomProblem | undefined {
  if (!/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u.test(name)) return 'name';
  if (schema.some(({ Name }) => Name === `custom:${name}`)) return 'taken';
  if (type !== 'String' && type !== 'Number') return undefined;
  const limit = type === 'String' ? /^(\d{1,4})?$/ : /^-?\d{0,15}$/;
  if (!limit.test(least) || !limit.test(most) || least === '-' || most === '-') return 'number';
  if (type === 'String' && Number(most) > 2048) return 'number';
  return least !== '' && most !== '' && Number(least) > Number(most) ? 'order' : undefined;
}

/** What adds it. */
export function addInput(
  UserPoolId: string,
  attribute: CustomAttribute,
): AddCustomAttributesRequest {
  const { name: Name, type: AttributeDataType, mutable: Mutable, least, most } = attribute;
  const [low, high] = [least || undefined, most || undefined];
  return {
    UserPoolId,
    CustomAttributes: [
      {
        Name,
        AttributeDataType,
        Mutable,
        ...(AttributeDataType === 'String' && {
          StringAttributeConstraints: { MinLength: low ?? '0', MaxLength: high ?? '2048' },
        }),
        ...(AttributeDataType === 'Number' &&
          (low ?? high) !== undefined && {
            NumberAttributeConstraints: { MinValue: low, MaxValue: high },
          }),
      },
    ],
  };
}
