/** What CloudFormation knows once it has made the resources. */
export interface Deployed {
  /** `{ Ref: id }`: a queue's URL, a table's name, a pseudo parameter ... */
  ref(id: string): string;
  /** `{ 'Fn::GetAtt': [id, attribute] }` */
  attribute(id: string, attribute: string): string;
}

/**
 * A template value with `Ref`, `Fn::GetAtt`, `Fn::Join` and `Fn::Sub` replaced by what they stand for.
 * Any other function is left as it is: the schema of whoever needs the value then refuses it by name.
 * @example resolveIntrinsics({ 'Fn::Join': ['/', ['a', { Ref: 'B' }]] }, deployed) // 'a/name-of-b'
 */
export function resolveIntrinsics(value: unknown, deployed: Deployed): unknown {
  const resolve = (inner: unknown): unknown => resolveIntrinsics(inner, deployed);
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== 'object' || value === null) return value;
  const [only, ...others] = Object.entries(value);
  if (only === undefined) return value;
  if (others.length === 0) {
    const [name, argument] = only;
    const call = intrinsics[name];
    if (call !== undefined) return call(resolve(argument), deployed);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
}

const intrinsics: Readonly<Record<string, (argument: unknown, deployed: Deployed) => unknown>> = {
  Ref: (id, deployed) => deployed.ref(String(id)),
  'Fn::GetAtt': (path, deployed) => {
    const [id = '', ...attribute] = Array.isArray(path) ? path.map(String) : String(path).split('.');
    return deployed.attribute(id, attribute.join('.'));
  },
  'Fn::Join': (argument) => {
    const [separator, parts]: unknown[] = Array.isArray(argument) ? argument : [];
    return Array.isArray(parts) ? parts.join(String(separator)) : argument;
  },
  'Fn::Sub': (argument, deployed) => {
    const [text, variables]: unknown[] = Array.isArray(argument) ? argument : [argument, {}];
    const own = new Map(Object.entries(variables ?? {}));
    return String(text).replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
      const [id = '', ...attribute] = name.split('.');
      if (own.has(name)) return String(own.get(name));
      return attribute.length === 0 ? deployed.ref(id) : deployed.attribute(id, attribute.join('.'));
    });
  },
};
