import { accessesOf, type ServiceCall } from './accesses-of.ts';
import { grantsFor, shortArn } from './grants.ts';
import type { FunctionRole, IamModel } from './iam-model.ts';
import { operatorCredentials } from './operator-credentials.ts';
import type { Access } from './policy.ts';

/** A call that a function's role does not allow. */
export interface Denial {
  readonly functionName: string;
  /** In IAM's words, as the function gets it. */
  readonly message: string;
  /** For the person at the terminal: who, what, on what, and where to grant it. */
  readonly advice: string;
}

/** Says who may do what, as IAM would, and remembers which permissions were used. */
export interface AccessControl {
  /** Until then only the operator may do anything. */
  enforce(model: IamModel): void;
  /** @returns why a call is denied; undefined when it is allowed */
  check(accessKeyId: string, call: ServiceCall): Denial | undefined;
  /** The lines of `grantsIn` that a function's calls needed. */
  used(functionName: string): ReadonlySet<string>;
}

export function accessControl(): AccessControl {
  let model: IamModel = { roles: [], partitionKeys: {}, senderIdentity: undefined };
  const used = new Map<string, Set<string>>();

  const usedBy = (name: string): Set<string> => {
    const known = used.get(name) ?? new Set();
    used.set(name, known);
    return known;
  };

  function denied(role: FunctionRole, call: ServiceCall): Denial | undefined {
    for (const access of accessesFor(call, model)) {
      const grants = access instanceof Error ? [] : grantsFor(role.statements, access);
      if (grants.length === 0) return denial(role, access);
      for (const grant of grants) usedBy(role.functionName).add(grant);
    }
    return undefined;
  }

  return {
    enforce(next) {
      model = next;
    },
    check(accessKeyId, call) {
      if (accessKeyId === operatorCredentials.accessKeyId) return undefined;
      const role = model.roles.find(({ functionName }) => functionName === accessKeyId);
      return role === undefined ? noRole(accessKeyId) : denied(role, call);
    },
    used: usedBy,
  };
}

/** What is not known here is denied, with the error that says so. */
function accessesFor(call: ServiceCall, model: IamModel): readonly (Access | Error)[] {
  try {
    return accessesOf(call, model);
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error))];
  }
}

function denial({ functionName, user, construct }: FunctionRole, access: Access | Error): Denial {
  if (access instanceof Error) {
    const message = `IAM on this machine can't judge a call of ${functionName}: ${access.message}`;
    return { functionName, message, advice: message };
  }
  const { action, resource, leadingKeys = [], fromAddress } = access;
  const details = [
    ...(leadingKeys.length === 0 ? [] : [`keys ${[...new Set(leadingKeys)].join(', ')}`]),
    ...(fromAddress === undefined ? [] : [`from ${fromAddress}`]),
  ];
  const where = [shortArn(resource), ...details].join(', ');
  return {
    functionName,
    message: `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    advice: `${functionName} may not ${action} on ${where}. AWS would refuse it, too. Grant it in ${construct}.`,
  };
}

function noRole(functionName: string): Denial {
  const message = `The access key id ${functionName} is no function's and not the operator's.`;
  return { functionName, message, advice: message };
}
