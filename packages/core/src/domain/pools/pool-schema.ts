import type { SchemaAttributeType } from '@poolhouse/model';
import { attributeBoundsProblem, LONGEST_VALUE } from '@poolhouse/rules';
import { invalid, type SettingsProblem } from './settings-problem.ts';
import { settingsTexts } from '../settings-texts.ts';
import { adjustableAttributes, identities, standardAttributes } from './standard-attributes.ts';

/** A pool's attributes, or why the request for them is refused. */
export type SchemaResult =
  | { readonly ok: true; readonly attributes: readonly SchemaAttributeType[] }
  | { readonly ok: false; readonly problem: SettingsProblem };

/** Source: features.md 1.1. */
const MOST_CUSTOM_ATTRIBUTES = 50;

/** The schema of a new pool: all standard attributes, adjusted as asked, then the custom ones. Source: behaviour.md 3.2. */
export function newSchema(requested: readonly SchemaAttributeType[] = []): SchemaResult {
  const adjusted = new Map<string | undefined, SchemaAttributeType>();
  const custom: SchemaAttributeType[] = [];
  for (const request of requested) {
    if (!adjustableAttributes.has(request.Name)) {
      custom.push(request);
      continue;
    }
    if (adjusted.has(request.Name)) {
      return refused(`${request.Name}: Existing attribute already has name ${request.Name}.`);
    }
    const problem = standardProblem(request);
    if (problem !== undefined) return refused(problem);
    adjusted.set(request.Name, request);
  }
  const twice = custom.find(
    ({ Name }, index) => custom.findIndex((one) => one.Name === Name) < index,
  );
  if (twice !== undefined) return refused(settingsTexts.customTwice(twice.Name ?? ''));
  const standard = standardAttributes.map((attribute) =>
    adjust(attribute, adjusted.get(attribute.Name)),
  );
  return withCustomAttributes(standard, custom);
}

/** The schema with further custom attributes at its end. Source: behaviour.md 3.3; API model, AddCustomAttributes. */
export function withCustomAttributes(
  schema: readonly SchemaAttributeType[],
  requested: readonly SchemaAttributeType[],
): SchemaResult {
  const attributes = [...schema];
  for (const request of requested) {
    const { Name = '' } = request;
    const problem = customProblem(request);
    if (problem !== undefined) return refused(problem);
    const taken = attributes.find(
      (other) => other.Name === `custom:${Name}` || other.Name === `dev:custom:${Name}`,
    );
    if (taken !== undefined) {
      return refused(`custom:${Name}: Existing attribute already has name ${taken.Name}.`);
    }
    attributes.push(customAttribute(request));
  }
  if (attributes.length - standardAttributes.length > MOST_CUSTOM_ATTRIBUTES) {
    return refused(`A user pool has at most ${MOST_CUSTOM_ATTRIBUTES} custom attributes.`); // [unsure]
  }
  return { ok: true, attributes };
}

/**
 * A pool's attributes as they are shown: with `identities`, which follows the last standard one and which nobody sets. Source: settings.md
 * 4.2.
 */
export function shownSchema(
  schema: readonly SchemaAttributeType[],
): readonly SchemaAttributeType[] {
  const count = standardAttributes.length;
  return [...schema.slice(0, count), identities, ...schema.slice(count)];
}

function refused(message: string): SchemaResult {
  return { ok: false, problem: invalid(message) };
}

/** Constraints count only together with the data type, as in the service. Source: behaviour.md 3.3. */
function adjust(
  standard: SchemaAttributeType,
  request: SchemaAttributeType | undefined,
): SchemaAttributeType {
  if (request === undefined || standard.Name === 'sub') return standard;
  return {
    ...standard,
    Mutable: request.Mutable ?? standard.Mutable,
    Required: request.Required ?? standard.Required,
    ...(request.AttributeDataType === undefined ? {} : constraintsOf(request, true)),
  };
}

/** Whether a custom attribute may change is unsure if the request does not say; here it may (behaviour.md 3.2). */
function customAttribute(request: SchemaAttributeType): SchemaAttributeType {
  const developerOnly = request.DeveloperOnlyAttribute ?? false;
  return {
    Name: `${developerOnly ? 'dev:' : ''}custom:${request.Name}`,
    AttributeDataType: request.AttributeDataType,
    DeveloperOnlyAttribute: developerOnly,
    Mutable: request.Mutable ?? true,
    Required: false,
    ...constraintsOf(request, false),
  };
}

type Constraints = Pick<
  SchemaAttributeType,
  'StringAttributeConstraints' | 'NumberAttributeConstraints'
>;

/** The effective constraints: those of the attribute's own kind, with only the given bounds. */
function constraintsOf(request: SchemaAttributeType, onlyGiven: boolean): Constraints {
  const { AttributeDataType, StringAttributeConstraints, NumberAttributeConstraints } = request;
  if (AttributeDataType === 'String' && !(onlyGiven && StringAttributeConstraints === undefined)) {
    return { StringAttributeConstraints: StringAttributeConstraints ?? {} };
  }
  if (AttributeDataType === 'Number' && NumberAttributeConstraints !== undefined) {
    return { NumberAttributeConstraints };
  }
  return {};
}

function standardProblem(request: SchemaAttributeType): string | undefined {
  const standard = standardAttributes.find(({ Name }) => Name === request.Name);
  const { AttributeDataType = standard?.AttributeDataType } = request;
  if (AttributeDataType !== standard?.AttributeDataType || request.DeveloperOnlyAttribute) {
    return settingsTexts.standardChanged(request.Name ?? '');
  }
  return request.AttributeDataType && constraintProblem(request, request.Name ?? '');
}

function customProblem(request: SchemaAttributeType): string | undefined {
  if (request.Name === undefined) return 'Invalid attribute name.'; // [unsure]
  if (request.Required) return settingsTexts.requiredCustom;
  if (request.AttributeDataType === undefined) {
    return 'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.';
  }
  return constraintProblem(request, `custom:${request.Name}`);
}

function constraintProblem(request: SchemaAttributeType, fullName: string): string | undefined {
  switch (attributeBoundsProblem(request)) {
    case undefined:
      return undefined;
    case 'not-whole':
      return `Invalid ${request.AttributeDataType}AttributeConstraints for schema attribute ${request.Name}`;
    case 'too-long':
      return `user.${fullName}: String attributes cannot have a length of more than ${LONGEST_VALUE}`;
    case 'crossed':
      return request.AttributeDataType === 'String'
        ? settingsTexts.lengthsCrossed(fullName)
        : settingsTexts.valuesCrossed(fullName);
  }
}
