import * as z from 'zod/mini';
import { MalformedValueError, NewerVersionError } from './stored-errors.ts';

/** How a value lies in a table or crosses a queue: as JSON of its schema, with a version. */
export interface StoredShape<Schema extends z.ZodMiniType> {
  /** What it is, as an error begins: `The certificate of an account`. */
  readonly what: string;
  /**
   * What this release writes, from 1. It is raised when an older release would misread what is written, so not for a
   * new optional field: that survives in older releases, which know nothing of it.
   */
  readonly version: number;
  /** It only checks: what it says is of a value as it stands, so it may neither convert nor strip. */
  readonly schema: Schema;
  /** From each older version to the next, by the older one. */
  readonly upgrades?: Readonly<Record<number, (old: Readonly<Record<string, unknown>>) => object>>;
}

/** A value with the version that it is written in. @example written({ id: 'in_1' }, 1) // { version: 1, id: 'in_1' } */
export function written<Value extends object>(value: Value, version: number): Value & { version: number } {
  return { version, ...value };
}

/**
 * The value that `written` made, also one of an older release; without a version it is of version 1. Fields that the
 * schema does not know are kept at every level: a newer release put them there, and reads them after us.
 * For example, `readStored(certificateShape, JSON.parse(text))` is the certificate, without its version.
 * @throws {NewerVersionError} this release does not know its version
 * @throws {MalformedValueError} it is no value of the schema
 */
export function readStored<Schema extends z.ZodMiniType>(
  { what, version: known, schema, upgrades = {} }: StoredShape<Schema>,
  json: unknown,
): z.output<Schema> {
  if (!isFields(json)) throw new MalformedValueError(what, 'it is no object');
  const { version: found = 1, ...fields } = json;
  if (!isVersion(found)) throw new MalformedValueError(what, 'its version is no whole number from 1');
  if (found > known) throw new NewerVersionError(what, found, known);
  let value: object = fields;
  for (let version = found; version < known; version += 1) value = upgrades[version]?.({ ...value }) ?? value;
  return checked(what, schema, value);
}

/**
 * The value as it stands, with fields that the schema does not know.
 * @param what it is, as an error begins
 * @throws {MalformedValueError} it is no value of the schema
 */
export function checked<Schema extends z.ZodMiniType>(
  what: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  if (isOf(schema, value)) return value;
  throw new MalformedValueError(what, faultOf(schema, value));
}

function isOf<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): value is z.output<Schema> {
  return z.safeParse(schema, value).success;
}

function faultOf(schema: z.ZodMiniType, value: unknown): string {
  const path = z.safeParse(schema, value).error?.issues[0]?.path.join('.') ?? '';
  return path === '' ? 'it is of no known kind' : `there is no such value at ${path}`;
}

function isFields(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isVersion(version: unknown): version is number {
  return Number.isSafeInteger(version) && Number(version) >= 1;
}
