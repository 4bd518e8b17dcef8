import type { Area, OperationAccess, PoolMember, Authorisation, Shape } from '@poolhouse/model';
import {
  accessOf,
  areaOf,
  isForAccounts,
  leavesOutOtherPools,
  namesUser,
  poolMemberOf,
} from './access.ts';
import { authorisationOf } from './authorisation.ts';
import type { PublicModel, PublicShape } from './public-model.ts';
import { readMemberType, readThrownErrors, readUnsignedOperations } from './sdk-declarations.ts';
import {
  readSdkEnums,
  readSdkErrors,
  readSdkOperations,
  readSdkStructures,
  type SdkType,
} from './sdk-schema.ts';

/** An operation of the merged model. */
export interface MergedOperation {
  readonly name: string;
  readonly input: string;
  readonly output: string | null;
  readonly errors: readonly string[];
  readonly authorisation: Authorisation;
  readonly access: OperationAccess;
  readonly area: Area;
  readonly poolMember: PoolMember | null;
  readonly namesUser: boolean;
  readonly isForAccounts: boolean;
  readonly leavesOutOtherPools: boolean;
}

/** The API as the SDK knows it, with the ranges and patterns of the public API model. */
export interface MergedModel {
  readonly operations: readonly MergedOperation[];
  readonly shapes: ReadonlyMap<string, Shape>;
  /** The names of the modelled errors. */
  readonly errors: readonly string[];
}

/** Merges the installed SDK, which has the newest operations and members, with the public model, which has the constraints. */
export function mergeModel(publicModel: PublicModel): MergedModel {
  const shapes = new Map<string, Shape>();
  const memberShapes = new MemberShapes(publicModel);
  const enums = readSdkEnums();
  const structures = readSdkStructures();

  const addShape = (name: string): string => {
    if (shapes.has(name)) return name;
    const known = publicModel.shapes[name];
    const structure = structures.get(name);
    if (structure !== undefined && known?.document !== true) addStructure(name);
    else if (known !== undefined) addPublicShape(name, known);
    else if (enums.has(name)) shapes.set(name, { type: 'string', enum: enums.get(name) });
    else throw new Error(`Neither the SDK nor the public model has the shape ${name}.`);
    return name;
  };

  const addStructure = (name: string): void => {
    const structure = structures.get(name);
    if (structure === undefined) throw new Error(`The SDK has no structure ${name}.`);
    const known = publicModel.shapes[name];
    const members: Record<string, string> = {};
    const names = [...structure.members.keys()];
    shapes.set(name, {
      type: 'structure',
      members,
      ...(structure.requiredCount > 0 && { required: names.slice(0, structure.requiredCount) }),
      ...(known?.sensitive && { sensitive: true }),
    });
    for (const [member, type] of structure.members) {
      const shape = known?.members?.[member]?.shape;
      members[member] =
        shape !== undefined
          ? addShape(shape)
          : addNewMember(type, member, readMemberType(name, member));
    }
  };

  // A member that the public model lacks: an equally named member of the public model tells its constraints.
  const addNewMember = (type: SdkType, member: string, declared = ''): string => {
    const element = declared.replace(/\[\]$|^Record<string, |>$/g, '');
    if (enums.has(declared)) return addShape(declared);
    const same = memberShapes.unanimous(member, type);
    if (same !== undefined && (type.name === undefined || type.name === same))
      return addShape(same);
    if (type.name !== undefined && publicModel.shapes[type.name] !== undefined) {
      return addShape(type.name);
    }
    switch (type.kind) {
      case 'structure':
        return addShape(type.name ?? '');
      case 'list':
      case 'map': {
        const item = type.item ?? { kind: 'string' };
        const itemShape = addNewMember(item, '', element);
        const name = type.name ?? `${itemShape}${type.kind === 'list' ? 'List' : 'Map'}`;
        shapes.set(
          name,
          type.kind === 'list'
            ? { type: 'list', member: itemShape }
            : { type: 'map', key: addShape('StringType'), value: itemShape },
        );
        return name;
      }
      default:
        if (type.kind !== 'string' || type.name === undefined || !type.sensitive) {
          return addShape(plainShapes[type.kind]);
        }
        shapes.set(type.name, { type: 'string', sensitive: true });
        return type.name;
    }
  };

  const addPublicShape = (name: string, shape: PublicShape): void => {
    shapes.set(name, toShape(shape));
    for (const reference of [shape.member, shape.key, shape.value]) {
      if (reference !== undefined) addShape(reference.shape);
    }
  };

  const unsigned = readUnsignedOperations();
  const operations = readSdkOperations().map(({ name, input, output }) => {
    addShape(input);
    if (output !== null) addShape(output);
    const declared = publicModel.operations[name]?.errors?.map((error) => error.shape) ?? [];
    const errors = [...new Set([...declared, ...readThrownErrors(name)])];
    const members = [...(structures.get(input)?.members.keys() ?? [])];
    return {
      name,
      input,
      output,
      errors,
      authorisation: authorisationOf(name, unsigned.has(name), members),
      access: accessOf(name),
      area: requireArea(name),
      poolMember: poolMemberOf(members),
      namesUser: namesUser(members),
      isForAccounts: isForAccounts(name),
      leavesOutOtherPools: leavesOutOtherPools(name),
    };
  });
  return { operations, shapes: new Map([...shapes].sort(byName)), errors: readSdkErrors() };
}

function requireArea(name: string): Area {
  const area = areaOf(name);
  if (area === undefined)
    throw new Error(`${name} has no area: add it to tools/src/generate/access.ts.`);
  return area;
}

const plainShapes = {
  string: 'StringType',
  number: 'IntegerType',
  boolean: 'BooleanType',
  timestamp: 'DateType',
  document: 'Document',
  blob: 'ImageFileType',
} as const;

/** Answers which shape all equally named members of the public model share. */
class MemberShapes {
  readonly #shapesByMember = new Map<string, Set<string>>();
  readonly #model: PublicModel;

  constructor(model: PublicModel) {
    this.#model = model;
    for (const shape of Object.values(model.shapes)) {
      for (const [member, reference] of Object.entries(shape.members ?? {})) {
        const known = this.#shapesByMember.get(member) ?? new Set();
        this.#shapesByMember.set(member, known.add(reference.shape));
      }
    }
  }

  unanimous(member: string, type: SdkType): string | undefined {
    const [shape, ...others] = this.#shapesByMember.get(member) ?? [];
    return shape !== undefined && others.length === 0 && this.#agrees(shape, type)
      ? shape
      : undefined;
  }

  #agrees(name: string, type: SdkType): boolean {
    const shape = this.#model.shapes[name];
    const kind = shape?.type === 'integer' || shape?.type === 'long' ? 'number' : shape?.type;
    const item = shape?.member ?? shape?.value;
    return (
      kind === type.kind &&
      (item === undefined || type.item === undefined || this.#agrees(item.shape, type.item))
    );
  }
}

function toShape(shape: PublicShape): Shape {
  if (shape.document) return { type: 'document' };
  const sensitive = shape.sensitive === true ? { sensitive: true as const } : {};
  const range = {
    ...(shape.min !== undefined && { min: shape.min }),
    ...(shape.max !== undefined && { max: shape.max }),
  };
  switch (shape.type) {
    case 'list':
      return { type: 'list', member: shape.member?.shape ?? '', ...range, ...sensitive };
    case 'map':
      return {
        type: 'map',
        key: shape.key?.shape ?? '',
        value: shape.value?.shape ?? '',
        ...range,
        ...sensitive,
      };
    case 'string':
      return {
        type: 'string',
        ...range,
        ...(shape.pattern !== undefined && { pattern: shape.pattern }),
        ...(shape.enum !== undefined && { enum: shape.enum }),
        ...sensitive,
      };
    case 'integer':
    case 'long':
    case 'blob':
      return { type: shape.type, ...range, ...sensitive };
    case 'boolean':
    case 'timestamp':
      return { type: shape.type, ...sensitive };
    default:
      throw new Error(`The public model has a shape of an unknown type: ${shape.type}`);
  }
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
