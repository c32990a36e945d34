/** A type whose properties and lists are read-only, however deep they lie: what a schema infers is not. */
export type Immutable<Value> = { readonly [Key in keyof Value]: Immutable<Value[Key]> };
