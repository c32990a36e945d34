import * as z from 'zod/mini';

/** What a policy may say once or in a list. */
const texts = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => [value].flat()),
);

/** Strict: a form that is not listed is refused, as ignoring it could allow what AWS denies. */
export const statementSchema = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.literal('Allow'),
  Action: texts,
  Resource: texts,
  Condition: z.optional(
    z.strictObject({
      'ForAllValues:StringLike': z.optional(z.strictObject({ 'dynamodb:LeadingKeys': texts })),
      StringEquals: z.optional(z.strictObject({ 'ses:FromAddress': texts })),
    }),
  ),
});

/** A statement of an identity-based policy, in the forms that our template has. */
export type Statement = z.infer<typeof statementSchema>;

/** What IAM is asked about a call. */
export interface Access {
  /** e.g. `dynamodb:PutItem` */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  /** The partition keys of the items: the condition key `dynamodb:LeadingKeys`. */
  readonly leadingKeys?: readonly string[];
  /** The address in the email's From header: the condition key `ses:FromAddress`. */
  readonly fromAddress?: string;
}
