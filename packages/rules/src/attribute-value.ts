/** A pool's schema for an attribute's values, as in the API (SchemaAttributeType). */
export interface AttributeSchema {
  readonly AttributeDataType?: 'String' | 'Number' | 'DateTime' | 'Boolean' | undefined;
  readonly StringAttributeConstraints?:
    | { readonly MinLength?: string | undefined; readonly MaxLength?: string | undefined }
    | undefined;
  readonly NumberAttributeConstraints?:
    { readonly MinValue?: string | undefined; readonly MaxValue?: string | undefined } | undefined;
}

/** The part of the schema that a value violates, with the limit if there is one. */
export type AttributeValueProblem =
  | { readonly rule: 'not-text' | 'not-a-number' | 'not-a-boolean' | 'not-a-date' }
  | {
      readonly rule: 'too-short' | 'too-long' | 'too-small' | 'too-large';
      readonly limit: number | string;
    };

/** In UTF-16 units: no attribute is longer, whatever its schema says. Source: API model and behaviour.md 3.1. */
export const LONGEST_VALUE = 2048;
const number = /^[+-]?\d{1,400}(?:\.\d{1,400})?$/;
const dateTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Why a value does not fit the schema, or `undefined`. An empty text is a value here. Takes time linear in the value's length.
 * Source: behaviour.md 5.2.
 */
export function attributeValueProblem(
  schema: AttributeSchema,
  value: string,
): AttributeValueProblem | undefined {
  // A NUL ends strings in databases and mail headers; half a surrogate pair has no UTF-8 form.
  if (value.includes('\0') || /\p{Cs}/u.test(value)) return { rule: 'not-text' };
  switch (schema.AttributeDataType) {
    case 'Number':
      return numberProblem(schema, value);
    case 'Boolean':
      return /^(?:true|false)$/i.test(value) ? undefined : { rule: 'not-a-boolean' };
    case 'DateTime':
      return dateTime.test(value) && !Number.isNaN(Date.parse(value))
        ? undefined
        : { rule: 'not-a-date' };
    default:
      return lengthProblem(schema, value);
  }
}

function lengthProblem(schema: AttributeSchema, value: string): AttributeValueProblem | undefined {
  const { MinLength, MaxLength } = schema.StringAttributeConstraints ?? {};
  const least = Number(MinLength ?? 0);
  const most = Math.min(LONGEST_VALUE, Number(MaxLength ?? LONGEST_VALUE));
  if (value.length < least) return { rule: 'too-short', limit: least };
  return value.length > most ? { rule: 'too-long', limit: most } : undefined;
}

function numberProblem(schema: AttributeSchema, value: string): AttributeValueProblem | undefined {
  const { MinValue, MaxValue } = schema.NumberAttributeConstraints ?? {};
  if (!number.test(value)) return { rule: 'not-a-number' };
  if (MinValue !== undefined && Number(value) < Number(MinValue)) {
    return { rule: 'too-small', limit: MinValue };
  }
  return MaxValue !== undefined && Number(value) > Number(MaxValue)
    ? { rule: 'too-large', limit: MaxValue }
    : undefined;
}
